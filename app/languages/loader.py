"""Reads the lexicon files: YAML as strings, unknown keys refused with file and path."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

import yaml

from app.errors import LexiconError, UnknownLanguage

FOLDER = Path(__file__).parent
"""Where the six files lie; every function here takes another folder as well."""

TIME_SECTIONS = frozenset(
    {"language", "script", "months", "ordinals", "cardinals", "tables", "words", "modifiers", "citations", "rules"}
    | {"absent", "anchors"}
)
"""The sections about numbers and time, typed by this package."""
OTHER_SECTIONS = frozenset(
    {"document", "verbs", "actors", "bodies", "actions", "places", "cues", "amendments", "clock"}
)
"""The sections that the text and norms rooms own and type."""


def languages(folder: Path | None = None) -> tuple[str, ...]:
    """The languages that have a file in ``folder``, sorted."""
    return tuple(sorted(path.stem for path in (folder or FOLDER).glob("*.yaml")))


@functools.cache
def raw(language: str, folder: Path | None = None) -> Mapping[str, object]:
    """The file of ``language`` with every scalar a string; sections are not looked into.

    Raises UnknownLanguage where there is no such file, LexiconError where it is no mapping of known sections.
    """
    path = (folder or FOLDER) / f"{language}.yaml"
    if not language.isalpha() or not path.is_file():
        known = ", ".join(languages(folder))
        raise UnknownLanguage(f"unknown language {language!r}", where="language", hint=f"one of {known}")
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 (strings only)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise LexiconError("cannot be read as YAML", where=str(path), hint=str(error)) from error
    if not isinstance(data, dict):
        raise LexiconError("is no mapping", where=str(path), hint="sections by name, such as months:")
    for key in data:
        if key not in TIME_SECTIONS and key not in OTHER_SECTIONS:
            known = ", ".join(sorted(TIME_SECTIONS | OTHER_SECTIONS))
            raise LexiconError(f"unknown section {key!r}", where=str(path), hint=f"one of {known}")
    if data.get("language") != language:
        raise LexiconError("language is not the file's name", where=f"{path}: language", hint=f"language: {language}")
    return data
