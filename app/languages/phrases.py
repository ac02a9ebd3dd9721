"""The part of a lexicon that is about who shall do what, typed and checked."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.errors import LexiconError
from app.languages.loader import FOLDER, location, raw

SECTIONS: Final = ("verbs", "actors", "bodies", "actions", "places", "cues", "structure")
"""The sections read here; `verbs`, `actions`, `cues` and `structure` ignore case."""

ACTIONS: Final = frozenset(
    {
        *("submit", "transmit", "report", "brief", "update", "inform", "present", "include-in-report"),
        *("convene", "hold", "organize", "meet", "postpone", "cancel"),
        *("put-on-agenda", "consider", "review", "evaluate", "assess"),
        *("extend", "authorize", "begin", "end", "establish", "deploy"),
        *("proclaim", "observe", "elect", "serve", "appropriate", "complete", "carry-out", "act", "reach"),
        *("the-report", "the-meeting", "the-agenda", "the-review", "the-mandate", "the-observance"),
        *("the-term", "the-budget", "the-programme", "the-target", "the-election"),
    }
)
"""The actions that the rules know; one that begins with ``the-`` is a thing that something is done to."""

VERBS: Final = frozenset(
    {
        *("request", "demand", "urge", "call-upon", "invite", "encourage", "recommend", "authorize"),
        *("decide", "establish", "extend", "proclaim", "appoint", "approve", "endorse", "intend"),
        *("look-forward", "welcome", "note", "recall", "reaffirm", "stress", "express"),
    }
)
"""The forces of operative verbs."""

CUES: Final = frozenset(
    {
        *("past", "while", "to", "joined", "told", "by", "in", "due", "till", "start", "inside", "counted"),
        *(
            "article",
            "through",
            "of",
            "considered",
            "gone",
            "perfect",
            "at",
            "definite",
            "period",
            "part-of",
            "reference",
            "agent",
            "passive",
            "by-which",
            "attributive",
        ),
        *("adoption", "expiry", "term-end", "followed-by", "put-off", "nothing", "idle"),
        *("to-request", "to-invite", "to-urge"),
    }
)
"""The cues that the rules know."""

STRUCTURE: Final = frozenset(
    {
        *("negator", "denial", "not-a-negator", "attribute", "relative", "contrast", "given-up", "origin", "instead"),
        *("off-course", "same-session", "same-date", "mandate-expires", "body-noun", "adoption-line"),
        "first-time",
        "condition",
    }
)
"""The markers of sentence structure that the rules know."""

GAP: Final = "…"
"""In a phrase: up to eight words, within a sentence."""

_FORBIDDEN: Final = re.compile(r"[\\{}+^$]")
_MOST: Final = 4000


@dataclass(frozen=True, slots=True)
class Deontic:
    """The words of one language about who shall do what.

    Patterns are by section and key, in the order of the file.
    """

    language: str
    path: Path
    sections: Mapping[str, Mapping[str, tuple[str, ...]]]


def phrases(pattern: str) -> tuple[str, ...]:
    """Return the phrases that a pattern stands for: ``(also )?requests?`` for four.

    ``(a|b)`` is either, ``?`` makes the letter, class or group before it optional, ``[sz]`` is either letter. ``*``
    ends or begins a word anyhow or is any one word, ``…`` is up to six words; both stay in the phrases. Raises
    ValueError.
    """
    if _FORBIDDEN.search(pattern):
        raise ValueError("only (|) ? [] * … have a meaning")
    expanded, end = _either(pattern, 0)
    if end != len(pattern):
        raise ValueError("a bracket too many")
    return tuple(dict.fromkeys(expanded))


def _either(pattern: str, at: int) -> tuple[list[str], int]:
    done: list[str] = []
    expanded = [""]
    while at < len(pattern) and pattern[at] != ")":
        char = pattern[at]
        if char == "|":
            done, expanded, at = [*done, *expanded], [""], at + 1
            continue
        if char == "(":
            parts, at = _either(pattern, at + 1)
            if at >= len(pattern):
                raise ValueError("a bracket is not closed")
        elif char == "[":
            closing = pattern.index("]", at)
            parts, at = list(pattern[at + 1 : closing]), closing
        else:
            parts = [char]
        at += 1
        if at < len(pattern) and pattern[at] == "?":
            parts, at = [*parts, ""], at + 1
        expanded = [begun + part for begun in expanded for part in parts]
        if len(expanded) > _MOST:
            raise ValueError(f"stands for more than {_MOST} phrases")
    return [*done, *expanded], at


def _patterns(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise LexiconError("is no list of patterns", where=where)
    for pattern in value:
        try:
            phrases(pattern)
        except ValueError as error:
            raise LexiconError(f"{pattern!r} cannot be read", where=where, hint=str(error)) from error
    return tuple(value)


def _section(data: Mapping[str, object], name: str, where: str) -> dict[str, tuple[str, ...]]:
    section = data.get(name, {})
    if not isinstance(section, dict):
        raise LexiconError("is no mapping", where=where)
    known = {"verbs": VERBS, "actions": ACTIONS, "cues": CUES, "structure": STRUCTURE}.get(name)
    for key in section:
        if known is not None and key not in known:
            raise LexiconError(
                f"unknown key {key!r}", where=f"{where}.{key}", hint=f"one of {', '.join(sorted(known))}"
            )
    return {key: _patterns(value, f"{where}.{key}") for key, value in section.items()}


@functools.cache
def deontic(language: str, folder: Path | None = None) -> Deontic:
    """Return the phrases of ``language``, from ``folder`` or from the package.

    Raises UnknownLanguage where there is no such file, and LexiconError with file and path of what is wrong.
    """
    data = raw(language, folder)
    sections = {name: _section(data, name, location(language, name, folder)) for name in SECTIONS}
    return Deontic(language, (folder or FOLDER) / language, sections)
