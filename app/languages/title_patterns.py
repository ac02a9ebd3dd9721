"""The ``titles`` section of a language: patterns that find in a text what titles are made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias, cast

import re2

from app.errors import LexiconError
from app.languages.loader import location, raw

Pattern: TypeAlias = "re.Pattern[str]"
Keyed: TypeAlias = tuple[tuple[str, Pattern], ...]
"""Patterns by act, in order."""

_NEVER: Final = re.compile(r"(?!)")
_CASED: Final = frozenset({"session_of", "infinitive", "bearers", "reporters"})
"""Patterns for which capitals count."""

_SCANNED: Final = frozenset({"operative"})
"""Patterns that go over whole paragraphs: RE2 is thirty times as fast on them, and takes no lookaround."""
_WORD_END: Final = r"(?:[^\pL\pN_]|\z)"
"""The end of a word in any script, with the character after; the ``\\b`` of RE2 knows ASCII letters only."""


@dataclass(frozen=True, slots=True)
class TitlePatterns:
    """The patterns of a language; one that it does not give matches nothing."""

    lead: tuple[Pattern, ...]
    tail: tuple[Pattern, ...]
    about: tuple[Pattern, ...]
    theme_lead: tuple[Pattern, ...]
    empty: tuple[Pattern, ...]
    bearers: tuple[Pattern, ...]
    """Who is asked or shall act, as the group ``who``."""
    reporters: tuple[Pattern, ...]
    """Whose report it is, as the group ``who``."""
    single: dict[str, Pattern]
    reports: Keyed
    meetings: Keyed
    mandates: Keyed
    periods: Keyed
    generic: frozenset[str]
    phrase_stops: frozenset[str]
    """Words before which a noun phrase begins."""
    name_stops: frozenset[str]
    """Words in small letters before which a name ends, in a language that writes names in them."""
    named_heads: str
    name_links: frozenset[str]
    lower_names: bool
    """Whether names of meetings and observances go on in small letters."""
    observances: str
    observance_lead: str
    english_slugs: bool
    """Whether a name outside the vocabulary makes a slug: slugs are English words."""

    def one(self, name: str) -> Pattern:
        """Return the pattern ``name``, one that matches nothing where the language has none."""
        return self.single.get(name, _NEVER)


_SINGLE: Final = (
    *("page_head", "operative", "asked", "infinitive", "passive", "theme", "theme_of", "stop", "context_item"),
    *("sub_item", "object_of_agenda", "modalities", "considers", "inscribes", "session_of", "mandate_of", "extended"),
    *(
        "targets",
        "year_only",
        "by_year",
        "phrase_end",
        "event_on",
        "observance_strip",
        "operated",
        "risen",
        "efforts",
        *("deliverables", "organ_nouns", "modal", "gerund", "submits", "report_verb", "at_session"),
        *("in_force", "in_force_of", "time_lead", "goal_noun", "mandate_words"),
    ),
)
_LISTS: Final = ("lead", "tail", "about", "theme_lead", "empty", "bearers", "reporters")
_KEYED: Final = ("reports", "meetings", "mandates", "periods")
_WORDS: Final = (
    *("generic", "phrase_stops", "name_stops", "named_heads", "name_links", "name_lower", "observances"),
    "observance_lead",
)


@cache
def title_patterns(language: str, folder: Path | None = None) -> TitlePatterns:
    """Return the patterns of ``language``. Raises LexiconError naming file and key.

    >>> bool(title_patterns("en").one("considers").search("Decides to consider the question"))
    True
    """
    section = cast("dict[str, object]", raw(language, folder).get("titles") or {})
    for key in section:
        if key not in (*_SINGLE, *_LISTS, *_KEYED, *_WORDS):
            raise LexiconError(f"unknown key {key!r}", where=location(language, f"titles.{key}", folder))

    def compiled(key: str, text: str) -> Pattern:
        try:
            if key in _SCANNED:
                return cast("Pattern", re2.compile("(?i)" + text.replace(r"\b", _WORD_END)))
            return re.compile(text, 0 if key in _CASED else re.I)
        except (re.error, re2.error) as error:
            where = location(language, f"titles.{key}", folder)
            raise LexiconError(f"not a pattern: {error}", where=where, hint=text[:60]) from error

    def many(key: str) -> tuple[Pattern, ...]:
        return tuple(compiled(key, text) for text in cast("list[str]", section.get(key) or []))

    def keyed(key: str) -> Keyed:
        pairs = cast("list[list[str]]", section.get(key) or [])
        return tuple((act, compiled(key, f"(?<!\\w)(?:{text})" if text[0].isascii() else text)) for act, text in pairs)

    def text(key: str) -> str:
        return str(section.get(key) or "")

    return TitlePatterns(
        lead=many("lead"),
        tail=many("tail"),
        about=many("about"),
        theme_lead=many("theme_lead"),
        empty=many("empty"),
        bearers=many("bearers"),
        reporters=many("reporters"),
        single={key: compiled(key, text(key)) for key in _SINGLE if section.get(key)},
        reports=keyed("reports"),
        meetings=keyed("meetings"),
        mandates=keyed("mandates"),
        periods=keyed("periods"),
        generic=frozenset(cast("list[str]", section.get("generic") or [])),
        phrase_stops=frozenset(cast("list[str]", section.get("phrase_stops") or [])),
        name_stops=frozenset(cast("list[str]", section.get("name_stops") or [])),
        named_heads=text("named_heads"),
        name_links=frozenset(text("name_links").split("|")),
        lower_names=text("name_lower") == "yes",
        observances=text("observances"),
        observance_lead=text("observance_lead"),
        english_slugs=language == "en",
    )
