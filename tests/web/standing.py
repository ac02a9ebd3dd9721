"""The conference of 72/251 and what two decisions did to it: schedules for a real store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from app.almanac import almanac
from app.documents import parse_symbol
from app.model import Action, Amendment, Certainty, Event, Kind, Milestone, Schedule
from app.schedule.history import histories
from app.store import Store

BASE = "https://calendar.example"
TITLE = {
    "en": "Follow-up to the 2013 high-level meeting of the General Assembly on nuclear disarmament",
    "zh": "2013年核裁军问题大会高级别会议的后续行动",
    "ar": "متابعة الاجتماع الرفيع المستوى للجمعية العامة المعني بنزع السلاح النووي لعام 2013",
}


def item(paragraph: str, kind: Kind, when: str, certainty: Certainty, **more: object) -> Event:
    return Event(
        uid=f"A-RES-72-251.{paragraph}.{kind.value}.1",
        kind=kind,
        when=when,
        certainty=certainty,
        instrument="A/RES/72/251",
        decided=date(2017, 12, 24),
        paragraph=paragraph,
        **more,  # type: ignore[arg-type]  # fields by name
    )


CONFERENCE = item(
    "5",
    Kind.MEETING,
    "2018-05-14/2018-05-16",
    Certainty.DECIDED,
    start=date(2018, 5, 14),
    end=date(2018, 5, 16),
    bearer="general-assembly",
    place="new-york",
    subject={
        "en": "United Nations high-level international conference on nuclear disarmament",
        "zh": "联合国核裁军问题高级别国际会议",
        "ar": "مؤتمر الأمم المتحدة الدولي الرفيع المستوى بشأن نزع السلاح النووي",
    },
    quote={"zh": "决定于2018年5月14日至16日在纽约召开一次联合国核裁军问题高级别国际会议"},
    rule="day.range",
)
ORGANIZATIONAL = item(
    "6",
    Kind.MEETING,
    "2018-03-28",
    Certainty.DECIDED,
    start=date(2018, 3, 28),
    end=date(2018, 3, 28),
    bearer="general-assembly",
    place="new-york",
    subject={"en": "organizational meeting of the conference"},
)
PLENARY = item(
    "16",
    Kind.MEETING,
    "R/--09-26",
    Certainty.DECIDED,
    start=date(2018, 9, 26),
    end=date(2018, 9, 26),
    recurrence="FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=26",
    bearer="president-of-the-general-assembly",
)
REPORT = item(
    "20",
    Kind.REPORT,
    "GA73",
    Certainty.WINDOW,
    start=date(2018, 9, 18),
    end=date(2019, 9, 16),
    bearer="secretary-general",
    addressees=("general-assembly", "conference-on-disarmament"),
    milestones=(Milestone("provisional-agenda", date(2018, 7, 20), Certainty.DERIVED),),
)
UNDATED = item("7", Kind.OBLIGATION, "undated", Certainty.UNDATED, bearer="secretary-general")


def amends(symbol: str, day: date, *amendments: tuple[str, Action, str | None]) -> Schedule:
    return Schedule(
        symbol=parse_symbol(symbol),
        adopted=day,
        body="general-assembly",
        session=72,
        evidence=("A/72/PV.80",),
        amendments=tuple(Amendment(target, action, symbol, day, when) for target, action, when in amendments),
    )


RESOLUTION = Schedule(
    symbol=parse_symbol("A/RES/72/251"),
    adopted=date(2017, 12, 24),
    title=TITLE,
    body="general-assembly",
    session=72,
    meeting=76,
    family="nuclear-disarmament",
    events=(CONFERENCE, ORGANIZATIONAL, UNDATED, PLENARY, REPORT),
)
MOVED = amends("A/DEC/72/553", date(2018, 3, 26), (ORGANIZATIONAL.uid, Action.MOVE, "2018-05-10"))
POSTPONED = amends(
    "A/DEC/72/556",
    date(2018, 4, 26),
    (CONFERENCE.uid, Action.POSTPONE, None),
    (ORGANIZATIONAL.uid, Action.POSTPONE, None),
)
SCHEDULES = (RESOLUTION, MOVED, POSTPONED)


def load(store: Store, schedules: Sequence[Schedule], fingerprint: str) -> bool:
    book = almanac()
    return store.load(
        schedules, histories(schedules, book), fingerprint=fingerprint, recorded=datetime(2026, 11, 24, tzinfo=UTC)
    )
