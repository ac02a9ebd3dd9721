"""A year on one line a kind: small multiples of months, drawn with figures that a reader without sight has too."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.almanac import occurrences
from app.i18n import format_days, format_month, format_month_name, format_session, profile, translate_kind
from app.model import INACTIVE_STATUSES, Event, Kind, Revision
from app.schedule.time_status import event_on
from app.web.pages.date_display import certain
from app.web.pages.event_view import kind_letter

DRAWN: Final = 240
"""The most events of a year that are drawn one by one; of more, months show how many begin."""
_LANES: Final = 8
AROUND: Final = 10
"""The years shown on each side of the chosen one."""


@dataclass(frozen=True, slots=True)
class Tick:
    """One day in a month's cell, ``x`` from 0 to 30; ``look`` is the certainty, or ``gone``."""

    x: int
    look: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month's cell in a kind's row: events that begin, their days or the height of a bar."""

    month: str
    name: str
    count: int
    ticks: tuple[Tick, ...]
    height: int


@dataclass(frozen=True, slots=True)
class Lane:
    """A kind's row."""

    kind: Kind
    word: str
    letter: str
    months: tuple[Month, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A window across the year, ``x`` and ``width`` in days.

    ``before`` and ``after`` tell that it extends beyond the year.
    """

    words: str
    days: str
    count: int
    x: int
    width: int
    before: bool
    after: bool
    look: str


@dataclass(frozen=True, slots=True)
class Year:
    """A year: names of months, a lane a kind, the windows that touch it.

    ``today`` is the day of the year, from 0, or None in another year.
    """

    year: int
    names: tuple[tuple[str, str, str], ...]
    lanes: tuple[Lane, ...]
    bars: tuple[Bar, ...]
    hidden: int
    today: int | None
    drawn: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A year among its neighbours: how much begins in it."""

    year: int
    count: int
    height: int
    chosen: bool


def years(found: Mapping[int, int], chosen: int, around: int = AROUND) -> list[Column]:
    """Return the years with events, at most ``around`` on each side of ``chosen``.

    ``found`` is how many events begin in each.
    """
    first, last = min((*found, chosen)), max((*found, chosen))
    first, last = max(first, chosen - around), min(last, chosen + around)
    most = max([found.get(year, 0) for year in range(first, last + 1)] or [0]) or 1
    return [
        Column(year, found.get(year, 0), _height(found.get(year, 0), most), year == chosen)
        for year in range(first, last + 1)
    ]


def _height(count: int, most: int) -> int:
    """Return a bar's height, 0 to 20; at least 2 where there is anything."""
    return 0 if not count else max(2, round(20 * count / most))


def year_of(
    year: int,
    revisions: Sequence[Revision],
    counts: Mapping[tuple[str, str], int],
    language: str,
    today: date,
    *,
    drawn: bool,
    left: Sequence[Event] = (),
) -> Year:
    """Return the chart of a year.

    ``revisions`` are its events where they are ``drawn`` one by one; else ``counts`` (by kind and month) make bars.
    ``left`` are earlier states of events that were moved away from days of the year.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    ticks: dict[tuple[Kind, int], list[Tick]] = {}
    windows: dict[tuple[date, date, str, str], int] = {}
    for revision in revisions if drawn else ():
        event = event_on(revision.event, today)
        days = _days(event, first, last)
        if days is None:
            key = (event.start or date.min, event.end or date.max, event.certainty.value, event.when)
            windows[key] = windows.get(key, 0) + 1
            continue
        look = "gone" if event.status in INACTIVE_STATUSES else event.certainty.value
        for day in days:
            ticks.setdefault((event.kind, day.month), []).append(Tick(day.day - 1, look))
    for event in left if drawn else ():
        for day in _days(event, first, last) or ():
            ticks.setdefault((event.kind, day.month), []).append(Tick(day.day - 1, "gone"))
    lanes = []
    most = max([count for (_, month), count in counts.items() if month[:4] == f"{year:04}"] or [1])
    for kind in Kind:
        months = []
        for number in range(1, 13):
            month = f"{year:04}-{number:02}"
            held = ticks.get((kind, number), ())
            found = tuple(sorted(set(held), key=lambda tick: (tick.x, tick.look)))
            count = len(held) if drawn else counts.get((kind.value, month), 0)
            name = format_month(date(year, number, 1), language)
            months.append(Month(month, name, count, found, 0 if drawn else _height(count, most)))
        total = sum(month.count for month in months)
        if total:
            lanes.append(Lane(kind, translate_kind(kind, language), kind_letter(kind, language), tuple(months), total))
    bars = sorted(windows.items(), key=lambda item: (-item[1], item[0]))
    names = tuple(
        (f"{year:04}-{number:02}", _short(number, language), format_month_name(number, language))
        for number in range(1, 13)
    )
    return Year(
        year=year,
        names=names,
        lanes=tuple(lanes),
        bars=tuple(_bar(key, count, first, last, language) for key, count in bars[:_LANES]),
        hidden=len(bars[_LANES:]),
        today=(today - first).days if today.year == year else None,
        drawn=drawn,
    )


def _short(number: int, language: str) -> str:
    """Return a month's name, short enough for a column of the year."""
    return str(number) if profile(language).short_months == "figures" else format_month_name(number, language)[:3]


def _days(event: Event, first: date, last: date) -> Iterable[date] | None:
    """Return the first days of an event within the year; None where it only has a window."""
    start = event.start or event.end
    if start is None:
        return ()
    if not certain(event):
        return None
    if event.recurrence:
        return list(occurrences(start, event.recurrence, first, last))
    if start < first and event.end is not None and event.end > first:
        return None
    if event.end and event.end - start > timedelta(days=45):
        return None
    return (start,) if first <= start <= last else ()


def _bar(key: tuple[date, date, str, str], count: int, first: date, last: date, language: str) -> Bar:
    start, end, look, when = key
    shown_from, shown_to = max(start, first), min(end, last)
    x = (shown_from - first).days
    if start == date.min or end == date.max:
        known = end if start == date.min else start
        text = format_days(known, known, language)
        words = f"… – {text}" if start == date.min else f"{text} – …"
    else:
        words = format_days(start, end, language)
    session = format_session(when, language)
    return Bar(
        words=session or words,
        days=words if session else "",
        count=count,
        x=x,
        width=max(2, (shown_to - shown_from).days + 1),
        before=start < first,
        after=end > last,
        look=look,
    )


def month_end(first: date) -> date:
    """Return the last day of the month of ``first``."""
    return first.replace(day=monthrange(first.year, first.month)[1])
