"""A resolution, what two decisions and a later resolution do to it, and a store that holds them."""

from dataclasses import replace
from datetime import UTC, date, datetime

from app.model import Action, Amendment, Certainty, Event, Kind, Review, ReviewStatus, Schedule, Symbol
from app.schedule.dating import dated
from app.schedule.history import histories
from app.store import Page, Store

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
CONFERENCE = "A-RES-72-251.5.meeting.1"
ORGANIZATIONAL = "A-RES-72-251.6.meeting.1"
PLENARY = "A-RES-72-251.16.meeting.1"
AGENDA = "A-RES-72-251.22.agenda.1"


def event(symbol: Symbol, paragraph: str, kind: Kind, when: str, adopted: date, **more: object) -> Event:
    uid = f"{symbol.slug}.{paragraph}.{kind.value}.1"
    made = Event(uid, kind, when, Certainty.DECIDED, symbol.text, adopted, paragraph)
    return replace(made, **more)  # type: ignore[arg-type]  # fields by name


def resolution() -> Schedule:
    symbol, day = Symbol("A/RES/72/251", "general-assembly", 72), date(2017, 12, 24)
    items = (
        event(symbol, "5", Kind.MEETING, "2018-05-14/2018-05-16", day, bearer="general-assembly",
              subject={"en": "High-level 100%_conference", "zh": "高级别国际会议"}, place="New York"),
        event(symbol, "6", Kind.MEETING, "2018-03-28", day, quote={"zh": "2018 年 3 月\n28 日"}),
        event(symbol, "16", Kind.MEETING, "R/--09-26", day, bearer="president-of-the-general-assembly"),
        event(symbol, "20", Kind.REPORT, "GA73", day, bearer="secretary-general",
              addressees=("general-assembly", "conference-on-disarmament")),
        event(symbol, "22", Kind.AGENDA, "GA73", day, addressees=("general-assembly",)),
        event(symbol, "7", Kind.OBLIGATION, "undated", day, bearer="secretary-general"),
    )  # fmt: skip
    return dated(
        Schedule(
            symbol,
            day,
            title={"en": "Follow-up to a meeting on nuclear disarmament", "zh": "核裁军会议的后续行动"},
            sources={"zh": "A-RES-72-251.zh.txt"},
            family="nuclear-disarmament-meeting",
            events=items,
            reviews={CONFERENCE: Review(ReviewStatus.CONFIRMED, "a reviewer", date(2026, 1, 4))},
        )
    )


def decision(number: int, day: date, *changes: tuple[str, Action, str | None]) -> Schedule:
    symbol = Symbol(f"A/DEC/72/{number}", "general-assembly", 72)
    return Schedule(
        symbol, day, amendments=tuple(Amendment(uid, action, symbol.text, day, when) for uid, action, when in changes)
    )


def later() -> Schedule:
    symbol, day = Symbol("A/RES/73/40", "general-assembly", 73), date(2018, 12, 5)
    items = (
        event(symbol, "5", Kind.MEETING, "TBD", day, same_as=CONFERENCE),
        event(symbol, "13", Kind.REPORT, "GA74", day, bearer="secretary-general"),
    )
    return dated(Schedule(symbol, day, events=items))


MOVED = decision(553, date(2018, 3, 26), (ORGANIZATIONAL, Action.MOVE, "2018-05-10"))
POSTPONED = decision(
    556, date(2018, 4, 26), (ORGANIZATIONAL, Action.POSTPONE, None), (CONFERENCE, Action.POSTPONE, None)
)
ALL = [resolution(), MOVED, POSTPONED, later()]


def load(store: Store, schedules: list[Schedule], at: datetime = NOON, name: str | None = None) -> bool:
    return store.load(schedules, histories(schedules), fingerprint=name or f"{at}", recorded=at)


def uids(page: Page) -> list[str]:
    return [item.event.uid for item in page.items]
