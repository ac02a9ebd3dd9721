"""Sessions of bodies with published days: the official calendar where it has them, a forecast from its rows elsewhere.

A forecast takes the rows of the body (and part) that fall in the same weeks of different years, fits the rule "first
WEEKDAY on or after a day of the year" to them, and gives a window around the day of the rule that is as wide as the
rows have strayed from it. A forecast gives way to a published row.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources
from typing import Final

from app.errors import AlmanacError
from app.yaml_document import load_yaml

_NEAR: Final = 21
"""Days between two rows, in the order of the year, that may belong to one slot of the year."""
_WIDE: Final = 28
"""Days that the rows of one slot may lie apart."""
_FIRM_ROWS: Final = 3
"""Rows that make the rule of a slot firm, if they keep to it within a week."""
_WEEK: Final = timedelta(7)
_LOOSE: Final = timedelta(28)
"""Margin of a forecast whose rule is not firm."""
_YEAR: Final = 365.25
_SUPPORT: Final = 20.0
"""Days of distance from the expected moment that one more row of a slot makes up for."""
_NEIGHBOURS: Final = 2
"""Years around the expected moment in which a slot is looked for."""
_FIRST_YEAR: Final = 2022
"""The first year of the published rows: what lies before is not forecast backwards."""
_LAST_YEAR: Final = 2035
"""Forecasts end here: calendars are decided two to three years ahead, and rules change."""


@dataclass(frozen=True, slots=True)
class BodySession:
    """A session or meeting of a body: ``start`` and ``end`` are inclusive days.

    ``confirmed`` is whether the organization has confirmed a published row. Of a forecast ``expected`` is the day on
    which the rule has it begin, and ``rule`` the rule; both are empty for a published row. ``part`` is empty for a
    session as a whole.
    """

    body: str
    token: str
    number: int
    part: str
    start: date
    end: date
    place: str
    confirmed: bool = True
    expected: date | None = None
    rule: str = ""

    @property
    def forecast(self) -> bool:
        """Whether a rule gives the days, not the official calendar."""
        return self.expected is not None


@dataclass(frozen=True, slots=True)
class WeekdayRule:
    """The first ``weekday`` (0 is Monday) on or after day ``offset`` of the year (0 is 1 January)."""

    weekday: int
    offset: int

    def day(self, year: int) -> date:
        """Return the day of ``year``.

        >>> WeekdayRule(0, 50).day(2027)
        datetime.date(2027, 2, 22)
        """
        first = date(year, 1, 1) + timedelta(self.offset)
        return first + timedelta((self.weekday - first.weekday()) % 7)

    def text(self) -> str:
        """Return the rule in English.

        >>> WeekdayRule(0, 50).text()
        'first Monday on or after 20 February'
        """
        # The offset is counted in a year without a leap day.
        day = date(2023, 1, 1) + timedelta(self.offset)
        names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
        return f"first {names[self.weekday]} on or after {day.day} {day:%B}"


@functools.cache
def published_sessions() -> Mapping[str, tuple[BodySession, ...]]:
    """Return the published sessions by slug of the body, each in order of days. Raises AlmanacError for a bad file."""
    source = resources.files("app.almanac").joinpath("body_sessions.yaml")
    data = load_yaml(source.read_bytes(), str(source), AlmanacError)
    found: dict[str, tuple[BodySession, ...]] = {}
    for body, entry in data.items():
        rows = []
        for row in entry["sessions"]:
            try:
                number, part, start, end, place, status = row
                days = date.fromisoformat(start), date.fromisoformat(end)
                rows.append(
                    BodySession(body, entry["token"], int(number), part, *days, place or entry["place"], not status)
                )
            except ValueError as error:
                where = f"body_sessions.yaml: {body}"
                raise AlmanacError(f"a row that cannot be read: {row}", where=where, hint=str(error)) from error
        found[body] = tuple(sorted(rows, key=lambda item: (item.start, item.part, item.number)))
    return found


def body_session(body: str, number: int, part: str = "") -> BodySession | None:
    """Return session ``number`` (or year) of ``body``, published or forecast; None where the rows give no rule.

    >>> body_session("commission-on-narcotic-drugs", 69).start
    datetime.date(2026, 3, 9)
    """
    rows = [row for row in published_sessions().get(body, ()) if row.part == part]
    known = next((row for row in rows if row.number == number), None)
    return known or forecast_session(rows, number)


def sessions_between(first: date, last: date) -> list[BodySession]:
    """Return the published and forecast sessions of all bodies that touch ``first`` to ``last`` (inclusive)."""
    found = [row for rows in published_sessions().values() for row in rows if row.start <= last and row.end >= first]
    for rows in published_sessions().values():
        for part in dict.fromkeys(row.part for row in rows):
            found += _following([row for row in rows if row.part == part], first, last)
    return sorted(found, key=lambda item: (item.start, item.body, item.part, item.number))


def _following(rows: Sequence[BodySession], first: date, last: date) -> Iterator[BodySession]:
    """Forecasts after the last published row, as far as ``last``."""
    latest = max(rows, key=lambda row: row.number)
    for number in range(latest.number + 1, latest.number + 40):
        found = forecast_session(rows, number)
        if found is None or found.start > last:
            return
        if found.end >= first:
            yield found


def forecast_session(rows: Sequence[BodySession], number: int) -> BodySession | None:
    """Forecast session ``number`` from the published ``rows`` of one body and part.

    The moment at which the session is due follows from the numbers around it; the slot of the year that is nearest to
    that moment, between the sessions before and after, gives the day.
    """
    ordered = sorted(rows, key=lambda row: (row.number, row.start))
    if not ordered:
        return None
    before = [row for row in ordered if row.number < number]
    after = [row for row in ordered if row.number > number]
    moment = _moment(ordered, number)
    if moment is None:
        return None
    best: tuple[float, date, tuple[BodySession, ...], WeekdayRule] | None = None
    for slot in slots_of(ordered):
        rule = fit_rule([row.start for row in slot])
        taken = {row.start.year for row in slot}
        for year in range(moment.year - _NEIGHBOURS, moment.year + _NEIGHBOURS + 1):
            day = rule.day(year)
            if year in taken or not _FIRST_YEAR <= year <= _LAST_YEAR:
                continue
            if (before and day <= before[-1].start) or (after and day >= after[0].start):
                continue
            distance = abs((day - moment).days) - _SUPPORT * min(len(slot), _FIRM_ROWS)
            if best is None or distance < best[0]:
                best = (distance, day, slot, rule)
    if best is None:
        return None
    _, day, slot, rule = best
    margin = _WEEK if _is_firm(slot, rule) else _LOOSE
    length = max(row.end - row.start for row in slot)
    last = slot[-1]
    return BodySession(
        last.body,
        last.token,
        number,
        last.part,
        day - margin,
        day + length + margin,
        last.place,
        confirmed=False,
        expected=day,
        rule=rule.text(),
    )


def _is_firm(slot: Sequence[BodySession], rule: WeekdayRule) -> bool:
    strayed = [abs(rule.day(row.start.year) - row.start) for row in slot]
    return len(slot) >= _FIRM_ROWS and max(strayed) <= _WEEK


def _moment(ordered: Sequence[BodySession], number: int) -> date | None:
    """The day around which session ``number`` is due, by the pace of the numbers; None if it is out of range."""
    first, last = ordered[0], ordered[-1]
    pace = _YEAR
    if last.number > first.number and last.start > first.start:
        pace = (last.start - first.start).days / (last.number - first.number)
    before = [row for row in ordered if row.number < number]
    after = [row for row in ordered if row.number > number]
    if before and after:
        low, high = before[-1], after[0]
        share = (number - low.number) / (high.number - low.number)
        return low.start + (high.start - low.start) * share
    origin = before[-1] if before else after[0]
    days = (number - origin.number) * pace
    if abs(days) > (_LAST_YEAR - origin.start.year) * _YEAR:
        return None
    return origin.start + timedelta(days)


def slots_of(rows: Sequence[BodySession]) -> list[tuple[BodySession, ...]]:
    """Group rows that fall in the same weeks of different years."""
    slots: list[list[BodySession]] = []
    for row in sorted(rows, key=lambda item: _day_of_year(item.start)):
        slot = slots[-1] if slots else None
        near = slot is not None and (
            _day_of_year(row.start) - _day_of_year(slot[-1].start) <= _NEAR
            or _day_of_year(row.start) - _day_of_year(slot[0].start) <= _WIDE
        )
        if slot is not None and near and row.start.year not in {item.start.year for item in slot}:
            slot.append(row)
        else:
            slots.append([row])
    return [tuple(sorted(slot, key=lambda item: item.start)) for slot in slots]


def _day_of_year(day: date) -> int:
    return (day - date(day.year, 1, 1)).days


@functools.lru_cache(4096)
def _fit(starts: tuple[date, ...]) -> WeekdayRule:
    weekdays = Counter(day.weekday() for day in starts)
    offsets = [_day_of_year(day) for day in starts]
    middle = sorted(offsets)[len(offsets) // 2]
    best: tuple[tuple[float, ...], WeekdayRule] | None = None
    for weekday, count in sorted(weekdays.items()):
        for offset in range(max(0, min(offsets) - 13), max(offsets) + 2):
            rule = WeekdayRule(weekday, offset)
            error = sum(min(abs((rule.day(day.year) - day).days), 30) for day in starts)
            # Of equally good rules the one that leaves the same room on both sides.
            rank = (error, -count, abs(offset + 3 - middle))
            if best is None or rank < best[0]:
                best = (rank, rule)
    # There is a weekday and an offset for any day, so there is a best rule.
    return best[1] if best else WeekdayRule(0, 0)


def fit_rule(starts: Sequence[date]) -> WeekdayRule:
    """Return the weekday rule that fits ``starts`` best. Raises ValueError where there are none.

    >>> fit_rule([date(2024, 3, 11), date(2025, 3, 10), date(2026, 3, 9)]).day(2027)
    datetime.date(2027, 3, 8)
    """
    if not starts:
        raise ValueError("no days to fit a rule to")
    return _fit(tuple(starts))
