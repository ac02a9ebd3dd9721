"""The words of titles by language: acts, sessions, frequencies, short names of actors, marks of quotation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, cast

from app.errors import LexiconError
from app.i18n.labels import ordinal
from app.i18n.names import name_of
from app.yaml_document import load_yaml

_SOURCE: Final = "en"
_SESSION: Final = re.compile(
    r"(?:\.\./)?(?P<body>[A-Za-z]{2,12}?)(?P<number>\d{1,4})(?:/(?P<part>main|resumed))?(?=;|\Z)"
)
_CYCLE: Final = re.compile(r"(?:\A|;)R/(?P<rule>P(?P<count>\d{1,3})(?P<unit>[DWMY])|session)\Z")
_UNITS: Final = {"D": "days", "M": "months", "Y": "years"}


@dataclass(frozen=True, slots=True)
class TitleWords:
    """The ``title_acts`` section of a language; keys that it lacks are those of English."""

    acts: Mapping[str, str]
    sessions: Mapping[str, str]
    parts: Mapping[str, str]
    frequencies: Mapping[str, str]
    actors: Mapping[str, str]
    quotes: tuple[str, str]
    short: tuple[tuple[str, str], ...]
    heads: tuple[re.Pattern[str], ...]
    tails: re.Pattern[str]
    about: str


@cache
def title_words(language: str) -> TitleWords:
    """Return the words of titles in ``language``, English where it has none.

    >>> title_words("fr").acts["mandate-ends"]
    'fin du mandat'
    """
    english = _section(_SOURCE)
    own = _section(language) if language != _SOURCE else english

    def table(key: str) -> dict[str, str]:
        both = {**cast("dict[str, str]", english.get(key) or {}), **cast("dict[str, str]", own.get(key) or {})}
        return both if key == "acts" or language == _SOURCE else cast("dict[str, str]", own.get(key) or {})

    opening, closing = cast("list[str]", own.get("quotes") or english["quotes"])
    return TitleWords(
        acts=table("acts"),
        sessions=table("sessions"),
        parts=table("parts"),
        frequencies=table("frequencies"),
        actors=table("actors"),
        quotes=(opening, closing),
        heads=tuple(re.compile(text, re.I) for text in cast("list[str]", own.get("heads") or [])),
        tails=re.compile(rf",?\s+(?:{'|'.join(own.get('tails') or ['(?!)'])})(?:\s|\Z)", re.I),  # type: ignore[arg-type]  # the section lists texts
        about=str(own.get("about") or ""),
        short=tuple((long, brief) for long, brief in cast("list[list[str]]", own.get("short") or [])),
    )


@cache
def _section(language: str) -> Mapping[str, object]:
    file = resources.files("app.languages").joinpath(language, "acts.yaml")
    if not file.is_file():
        return {}
    loaded = load_yaml(file.read_bytes(), str(file), LexiconError)
    if not isinstance(loaded, dict) or not isinstance(loaded.get("title_acts"), dict):
        raise LexiconError("no section title_acts", where=str(file), hint="see app/languages/en/acts.yaml")
    return cast("Mapping[str, object]", loaded["title_acts"])


def format_act(
    key: str, language: str, actor: str | None, *, session: str = "", year: str = "", number: int | None = None
) -> str:
    """Return the act in ``language``, with the one who acts where the pattern has a place for it.

    >>> format_act("report", "en", "secretary-general"), format_act("report", "fr", "secretary-general")
    ('SG report', 'rapport du SG')
    """
    patterns = title_words(language).acts
    plain, _, acted = (part.strip() for part in patterns.get(key, patterns["deadline"]).partition(" | "))
    pattern = acted if actor and acted else plain
    name = author_name(actor, language) if actor and acted else ""
    nth = ordinal(number, language) if number is not None else ""
    if not name and "{actor}" in pattern:
        pattern = plain
    return " ".join(pattern.format(actor=name, session=session, year=year, ordinal=nth).split())


def author_name(slug: str, language: str) -> str:
    """Return the name of an actor in the form that an act takes: short, or as an author.

    >>> author_name("secretary-general", "es"), author_name("general-assembly", "en")
    ('del Secretario General', 'General Assembly')
    """
    short = title_words(language).actors.get(slug)
    if short is not None:
        return short.rpartition("|")[2].strip()
    name = name_of(slug, language)
    if language in ("en", "zh"):
        return name.name
    return name.of if name.inflected else ""


def session_of(when: str, language: str) -> str:
    """Return the session that ``when`` names as titles print it, or an empty string.

    >>> session_of("GA73;R/P1Y", "en"), session_of("../GA79", "fr"), session_of("2019-05-01", "en")
    ('GA73', 'AG79', '')
    """
    match = _SESSION.match(when)
    if match is None:
        return ""
    words = title_words(language)
    pattern = words.sessions.get(match["body"]) or words.sessions.get("default") or "{body}{n}"
    said = pattern.format(body=match["body"], n=match["number"])
    part = words.parts.get(match["part"] or "")
    return f"{said}, {part}" if part else said


def frequency_of(when: str, language: str) -> str:
    """Return how often ``when`` repeats as titles print it, or an empty string.

    >>> frequency_of("R/P60D", "en"), frequency_of("GA80;R/P3Y", "en")
    ('every 60 days', 'triennial')
    """
    match = _CYCLE.search(when)
    if match is None:
        return ""
    words = title_words(language).frequencies
    if match["rule"] in words:
        return words[match["rule"]]
    unit = _UNITS.get(match["unit"] or "")
    return words[unit].format(n=match["count"]) if unit else ""
