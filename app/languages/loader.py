"""Load the language folders: YAML as strings, unknown sections refused with file and path."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path

from app.errors import LexiconError, UnknownLanguage, message
from app.registry import registry
from app.registry.loader import FOLDER as REGISTRY
from app.yaml_document import load_yaml

LABELS = "labels.yaml"
"""File of conventions for writing; ``app.i18n.profile`` reads it."""
FOLDER = Path(__file__).parent
"""Folder of the six languages; every function here takes another folder as well."""

TIME_SECTIONS = frozenset(
    {"language", "script", "months", "ordinals", "cardinals", "tables", "words", "modifiers", "citations", "rules"}
    | {"absent", "anchors"}
)
"""Sections about numbers and time, typed by this package."""
OTHER_SECTIONS = frozenset(
    {"document", "verbs", "actors", "bodies", "actions", "places", "cues", "structure", "amendments", "clock"}
    | {"mandates", "titles", "title_acts"}
)
"""Sections that the documents, obligations and amendments packages type."""
REGISTERED = ("actors", "bodies", "places")
"""Sections whose forms the registry gives; ``entities.yaml`` of a language adds to them."""


def languages(folder: Path | None = None) -> tuple[str, ...]:
    """Return the languages that have a subfolder with a profile in ``folder``, sorted."""
    return tuple(sorted(path.parent.name for path in (folder or FOLDER).glob("*/profile.yaml")))


@functools.cache
def raw(language: str, folder: Path | None = None) -> Mapping[str, object]:
    """Return all sections of ``language`` from the YAML files of its folder.

    Every scalar is a string.

    Raises UnknownLanguage if there is no such folder, LexiconError if a file is no mapping of known sections or a
    section stands in two files.
    """
    return _sections(language, folder)[0]


def location(language: str, key: str, folder: Path | None = None) -> str:
    """Return the file and path of ``key``: ``…/en/times.yaml: words.of``.

    ``key`` is ``section`` or ``section.name``.
    """
    section = re.split(r"[.\[]", key, maxsplit=1)[0]
    return f"{_sections(language, folder)[1].get(section, (folder or FOLDER) / language)}: {key}"


@functools.cache
def _sections(language: str, folder: Path | None) -> tuple[dict[str, object], dict[str, Path]]:
    home = (folder or FOLDER) / language
    if not language.isalpha() or not (home / "profile.yaml").is_file():
        known = ", ".join(languages(folder))
        raise UnknownLanguage(
            message("unknown language {asked}", asked=repr(language)),
            where="language",
            hint=message("use one of {known}", known=known),
        )
    sections: dict[str, object] = {}
    files: dict[str, Path] = {}
    for path in sorted(home.glob("*.yaml")):
        if path.name == LABELS:
            continue
        for key, value in _read(path).items():
            if key not in TIME_SECTIONS and key not in OTHER_SECTIONS:
                known = ", ".join(sorted(TIME_SECTIONS | OTHER_SECTIONS))
                raise LexiconError(f"unknown section {key!r}", where=str(path), hint=f"one of {known}")
            if key in sections:
                raise LexiconError(f"section {key!r} stands twice", where=str(path), hint=f"it is in {files[key]} too")
            sections[key] = value
            files[key] = path
    for section in REGISTERED:
        own = sections.get(section, {})
        if not isinstance(own, dict):
            raise LexiconError("is no mapping", where=f"{files[section]}: {section}")
        forms = {slug: list(values) for slug, values in registry().forms(section, language).items()}
        for slug, values in own.items():
            forms[slug] = [*forms.get(slug, []), *values] if isinstance(values, list) else values
        sections[section] = forms
        files.setdefault(section, REGISTRY)
    if sections.get("language") != language:
        where = f"{home / 'profile.yaml'}: language"
        raise LexiconError("language is not the file's name", where=where, hint=f"language: {language}")
    return sections, files


def _read(path: Path) -> Mapping[str, object]:
    data = load_yaml(path.read_bytes(), str(path), LexiconError)
    if not isinstance(data, dict):
        raise LexiconError("is no mapping", where=str(path), hint="sections by name, such as months:")
    return data
