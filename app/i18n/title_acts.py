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
from app.model import When
from app.yaml_document import load_yaml

_SOURCE: Final = "en"


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
    """Return the act in ``language``, with its actor where the pattern has a place for one.

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
    time = When.try_parse(when)
    session = time.session if time is not None and time.end is not None else None
    if session is None or not session.is_numbered or session.part == "end":
        return ""
    words = title_words(language)
    pattern = words.sessions.get(session.body) or words.sessions.get("default") or "{body}{n}"
    name = pattern.format(body=session.body, n=session.number)
    part = words.parts.get(session.part)
    return f"{name}, {part}" if part else name


def frequency_of(when: str, language: str) -> str:
    """Return how often ``when`` repeats as titles print it, or an empty string.

    >>> frequency_of("R/P60D", "en"), frequency_of("GA80;R/P3Y", "en")
    ('every 60 days', 'triennial')
    """
    time = When.try_parse(when)
    recurrence = time.recurrence if time is not None else None
    if recurrence is None or recurrence.count is not None:
        return ""
    words = title_words(language).frequencies
    if recurrence.each_session:
        return words.get("session", "")
    interval = recurrence.every.single_unit if recurrence.every is not None else None
    if interval is None:
        return ""
    unit, count = interval
    if recurrence.notation in words:
        return words[recurrence.notation]
    return words[unit].format(n=count) if unit in ("days", "months", "years") else ""
