"""Instruments of our own making, put together from paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.documents import parse_symbol
from app.model import Language, Paragraph, Reading, Resolution, Role, Schedule
from app.obligations.clauses import AnalyzedParagraph, analyze
from app.obligations.phrase_matcher import phrase_matcher
from app.obligations.session_reference import BodyContext
from app.obligations.time_context import TimeContext
from app.obligations.time_reference import TimeKind, TimeReference
from app.obligations.time_resolver import resolve_times
from app.schedule.pipeline import derive
from app.timex import tag

ADOPTED = {
    "A/RES/90/7": date(2035, 12, 14),
    "S/RES/3901 (2035)": date(2035, 11, 14),
    "A/HRC/RES/90/2": date(2035, 10, 9),
    "E/RES/2036/4": date(2036, 7, 22),
}


def instrument(*paragraphs: str, symbol: str = "A/RES/90/7", language: Language = "en") -> Resolution:
    """A resolution whose operative paragraphs are numbered from 1; one that begins with ``(a) `` is a sub-paragraph."""
    text, operative, number = "", [], 0
    for paragraph in paragraphs:
        letters: tuple[str, ...] = ()
        words = paragraph
        if paragraph.startswith("(") and paragraph[2:4] == ") ":
            letters, words = (paragraph[1],), paragraph[4:]
        else:
            number += 1
        start = len(text)
        text += words + "\n"
        operative.append(Paragraph(Role.OPERATIVE, Reading(words, (0,), (start,)), str(number), letters))
    named = parse_symbol(symbol)
    return Resolution(
        text=text,
        language=language,
        symbol=named,
        body=named.body,
        session=named.session,
        adopted=ADOPTED[symbol],
        operative=tuple(operative),
    )


def schedule(*paragraphs: str, symbol: str = "A/RES/90/7", language: Language = "en") -> Schedule:
    """What such a resolution schedules."""
    return derive(instrument(*paragraphs, symbol=symbol, language=language))


def dated(*paragraphs: str, symbol: str = "A/RES/90/7", language: Language = "en") -> list[tuple[str, str]]:
    """Kind and time of every item with a time, in the order of the text."""
    found = schedule(*paragraphs, symbol=symbol, language=language)
    return [(event.kind.value, event.when) for event in found.events if event.when != "undated"]


def timed(
    text: str,
    words: str,
    when: str,
    kind: TimeKind,
    *,
    rule: str = "date",
    value: str = "",
    passing: bool = False,
    until: bool = False,
    language: Language = "en",
) -> tuple[AnalyzedParagraph, TimeReference]:
    """The analysis of a paragraph, and the time ``when`` that its ``words`` state."""
    start = text.index(words)
    time = TimeReference(
        start, start + len(words), when, kind, rule, value or when.removeprefix("../"), passing=passing, until=until
    )
    return analyze(text, phrase_matcher(language)), time


@dataclass(frozen=True)
class FewSessions:
    """An almanac of two bodies: the Assembly at its 90th session, the Economic and Social Council in 2035."""

    def token(self, body: str, number: int) -> str | None:
        return {"general-assembly": f"GA{number}", "economic-and-social-council": f"ECOSOC{number}"}.get(body)

    def standing(self, body: str) -> int | None:
        return {"general-assembly": 90, "economic-and-social-council": 2035}.get(body)

    def by_year(self, body: str) -> bool:
        return body == "economic-and-social-council"


def resolved(text: str, adopting: str = "general-assembly", language: Language = "en") -> TimeContext:
    """The times of a paragraph adopted on 14 December 2035, and the expressions that became none."""
    finder = phrase_matcher(language)
    context = TimeContext(analyze(text, finder), BodyContext(adopting, finder), FewSessions(), date(2035, 12, 14))
    resolve_times(context, tag(text, language))
    return context
