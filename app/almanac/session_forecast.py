"""Forecasts of body sessions from the published rows of the same body.

A forecast has three steps. Rows that fall in the same weeks of different years form a slot, and the rule "first WEEKDAY
on or after a day of the year" is fitted to each slot. The session numbers that are missing between two published rows
(or after the last, or before the first) are then aligned, in order, with the days that the slots give. Last, the window
around the day is as wide as forecasts of its class (``_MARGINS``) strayed when rows were left out one by one.

A part that no row has (a resumed session, say) gets a window of a year around the session of its number and no day.
Tried on held-out rows and left out, because it gained nothing: more weight for recent years. Errors around Holy Week
and the Chinese New Year were only looked at; no shift was tried.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from app.almanac.session_rows import BodySession
from app.almanac.weekday_rule import WeekdayRule, day_of_year, fit_rule

_NEAR: Final = 21
"""Days between two rows, in the order of the year, that may belong to one slot of the year."""
_WIDE: Final = 28
"""Days that the rows of one slot may lie apart."""
_WEEK: Final = timedelta(7)
_HALF_YEAR: Final = timedelta(183)
_FIRM_ROWS: Final = 3
"""Rows that make the rule of a slot firm, if they keep to it within a week."""
_MARGINS: Final = {
    "firm.between": timedelta(10),
    "firm.beyond": timedelta(14),
    "loose": timedelta(28),
    "pair.beyond": timedelta(84),
    "single": _HALF_YEAR,
}
"""Margins by class of forecast.

They were chosen so that nine of ten rows left out one at a time lay within them (a single row: seven of eight). Where
more rows are missing they hold fewer: of random fifths of all rows .855, with .618 within a week of the day.
"""
_YEAR: Final = 365.25
_MONTHS_A_YEAR: Final = 12
_FIRST_YEAR: Final = 2022
"""The first year of the published rows: what lies before is not forecast backwards."""
_LAST_YEAR: Final = 2035
"""Forecasts end here: calendars are decided two to three years ahead, and rules change."""
_CENTURY: Final = 1900
"""Numbers above it are years: the body names its sessions by year."""
_APART: Final = timedelta(14)
"""Days that lie at least between the openings of two numbered sessions of one part."""
_MOST_MISSING: Final = 60
"""Numbers that are aligned at most; a body meets at most four times a year."""

# Weights of an alignment, in points; a slot that occurred in every year gets _REGULAR points.
_REGULAR: Final = 1.5
_OTHER_PARITY: Final = 0.15
"""Weight of a row of an odd year for an even year and the reverse: many bodies alternate between two patterns."""
_PRIOR: Final = 0.3
_FOLLOWS: Final = 1.5
"""Points for a day that follows another part as earlier rows do, as working groups follow their committee's session."""
_DISTANCE: Final = 0.01
"""Points lost by each day of distance from where the pace of the numbers puts the session."""
_UNPLACED: Final = -3.0
"""Points of a number that gets no day."""


class _Candidate(NamedTuple):
    """A day on which a session may open, by the rule of a slot, with its points."""

    day: date
    slot: tuple[BodySession, ...]
    rule: WeekdayRule
    points: float


class _Series(NamedTuple):
    """The rows of one part in order of numbers, the target number and the pace.

    The pace is in sessions a year.
    """

    rows: tuple[BodySession, ...]
    number: int
    pace: float

    @property
    def before(self) -> BodySession | None:
        """The last row of a lower number."""
        return next((row for row in reversed(self.rows) if row.number < self.number), None)

    @property
    def after(self) -> BodySession | None:
        """The first row of a higher number."""
        return next((row for row in self.rows if row.number > self.number), None)

    @property
    def by_year(self) -> bool:
        """Whether the number is a year."""
        return self.number > _CENTURY

    def due(self, number: int) -> date | None:
        """Return the day around which session ``number`` is due; None out of range.

        It follows from the pace of the numbers.
        """
        low, high = self.before, self.after
        if low is not None and high is not None:
            share = (number - low.number) / (high.number - low.number)
            return low.start + (high.start - low.start) * share
        origin = low or high
        if origin is None:
            return None
        days = (number - origin.number) * _YEAR / self.pace
        if abs(days) > (_LAST_YEAR - _FIRST_YEAR) * _YEAR:
            return None
        due = origin.start + timedelta(days)
        return due if due.year >= _FIRST_YEAR - 1 else None


def forecast_session(
    rows: Sequence[BodySession], number: int, part: str = "", months: int = _MONTHS_A_YEAR
) -> BodySession | None:
    """Forecast session ``number`` of ``part`` from the published ``rows`` of one body.

    ``months`` is the body's usual interval between two sessions, for bodies of which there is but one row to go by; 0
    for a body that meets once: its numbers are not continued. ``expected`` is absent where only the year is known.
    Returns None where the rows give neither.

    >>> starts = (date(2024, 3, 11), date(2025, 3, 10), date(2026, 3, 9))
    >>> rows = [BodySession("body", "B", n, "", day, day + timedelta(4), "Vienna") for n, day in enumerate(starts, 67)]
    >>> forecast_session(rows, 70).expected
    datetime.date(2027, 3, 8)
    """
    series = tuple(sorted((row for row in rows if row.part == part), key=lambda row: (row.number, row.start)))
    if not rows:
        return None
    # Numbers and years are not compared: a session named by its year says nothing of the last number.
    alike = [row.number for row in rows if (row.number > _CENTURY) == (number > _CENTURY)]
    if not months and number > max(alike, default=0):
        return None
    pace = _MONTHS_A_YEAR / (months or _MONTHS_A_YEAR)
    if not series:
        return _unknown_part(rows, number, part, pace)
    if len(series) >= (_FIRM_ROWS if months != _MONTHS_A_YEAR else 2):
        pace = _pace_of(series) or pace
    target = _Series(series, number, pace)
    due = target.due(number)
    if (number if target.by_year else due.year if due else _LAST_YEAR) > _LAST_YEAR:
        return None
    found = _place(target, _following_days(rows, part))
    if found is None:
        unknown = target.by_year or due is None or due.year < _FIRST_YEAR
        return None if unknown or due is None else _within(series[-1], number, due - _HALF_YEAR, due)
    margin = _margin(found, target)
    length = max(row.end - row.start for row in found.slot)
    latest = found.slot[-1]
    return BodySession(
        latest.body,
        latest.token,
        number,
        part,
        found.day - margin,
        found.day + length + margin,
        latest.place,
        confirmed=False,
        expected=found.day,
        rule=found.rule.text(),
    )


def _within(like: BodySession, number: int, first: date, last: date, part: str | None = None) -> BodySession:
    """Return a forecast of a window alone, half a year longer than ``last``."""
    part = like.part if part is None else part
    rule = "the year of the session"
    return BodySession(
        like.body, like.token, number, part, first, last + _HALF_YEAR, like.place, confirmed=False, rule=rule
    )


def _unknown_part(rows: Sequence[BodySession], number: int, part: str, pace: float) -> BodySession | None:
    """Return the year within which a part lies that no row has."""
    if number > _CENTURY:
        if not _FIRST_YEAR <= number <= _LAST_YEAR:
            return None
        first = date(number, 1, 1)
        return _within(rows[0], number, first, date(number, 12, 31) - _HALF_YEAR, part)
    same = [row for row in rows if row.number == number]
    if same:
        return _within(same[0], number, same[0].start - _HALF_YEAR, max(row.end for row in same), part)
    ordered = tuple(sorted((row for row in rows if row.number < _CENTURY), key=lambda row: (row.number, row.start)))
    due = _Series(ordered, number, _pace_of(ordered) or pace).due(number)
    if due is None or due.year < _FIRST_YEAR:
        return None
    return _within(ordered[0], number, due - _HALF_YEAR, due, part)


def _pace_of(ordered: Sequence[BodySession]) -> float | None:
    """Return the sessions a year that the rows show; None where they show none."""
    if not ordered:
        return None
    first, last = ordered[0], ordered[-1]
    if last.number <= first.number or last.start <= first.start:
        return None
    return (last.number - first.number) / ((last.start - first.start).days / _YEAR)


def _margin(found: _Candidate, target: _Series) -> timedelta:
    """Return how far the real opening may lie from the day found."""
    between = target.before is not None and target.after is not None
    if _is_firm(found.slot, found.rule):
        return _MARGINS["firm.between" if between else "firm.beyond"]
    if len(found.slot) == 1:
        return _MARGINS["single"]
    if len(found.slot) < _FIRM_ROWS and not between:
        return _MARGINS["pair.beyond"]
    return _MARGINS["loose"]


def _is_firm(slot: Sequence[BodySession], rule: WeekdayRule) -> bool:
    strayed = [abs(rule.day(row.start.year) - row.start) for row in slot]
    return len(slot) >= _FIRM_ROWS and max(strayed) <= _WEEK


# --- alignment of numbers and days ----------------------------------------------------------------------------------


def _place(target: _Series, following: Sequence[date]) -> _Candidate | None:
    """Return the day of the target number, by aligning the missing numbers with days."""
    candidates = sorted(_candidates(target, following), key=lambda item: item.day)
    due = target.due(target.number)
    if not candidates or due is None:
        return None
    numbers = _missing(target)
    if target.by_year or len(numbers) > _MOST_MISSING:
        best = max(candidates, key=lambda item: _score(item, due))
    else:
        days = [target.due(number) for number in numbers]
        aligned = _align(tuple(candidates), tuple(day or due for day in days)).get(numbers.index(target.number))
        if aligned is None:
            return None  # every day fits another number better
        best = aligned
    near = [day for day in following if abs((day - best.day).days) <= _WIDE]
    return best._replace(day=min(near, key=lambda day: abs((day - best.day).days))) if near else best


def _missing(target: _Series) -> range:
    """Return the numbers without a row around the target.

    After the last row they go on as far as forecasts do, so that each of them is aligned with the same others.
    """
    low, high = target.before, target.after
    first = low.number + 1 if low is not None else target.number
    if high is not None or low is None:
        last = high.number - 1 if high is not None else target.number
    else:
        years = (date(_LAST_YEAR, 12, 31) - low.start).days / _YEAR
        last = max(target.number, min(first + _MOST_MISSING - 1, low.number + int(years * target.pace)))
    return range(first, last + 1)


def _score(candidate: _Candidate, due: date) -> float:
    return candidate.points - _DISTANCE * abs((candidate.day - due).days)


@functools.lru_cache(1024)
def _align(candidates: tuple[_Candidate, ...], due: tuple[date, ...]) -> Mapping[int, _Candidate]:
    """Give each place of ``due`` a candidate, in order, for the highest sum of points.

    Some places may get no candidate. All missing numbers of a part share one alignment: it is kept.
    """
    best: list[list[tuple[float, dict[int, _Candidate]]]] = []
    for taken in range(len(candidates) + 1):
        row: list[tuple[float, dict[int, _Candidate]]] = []
        for placed in range(len(due) + 1):
            if not taken and not placed:
                row.append((0.0, {}))
                continue
            choices: list[tuple[float, dict[int, _Candidate]]] = []
            if placed:
                choices.append((row[placed - 1][0] + _UNPLACED, row[placed - 1][1]))
            if taken:
                choices.append(best[taken - 1][placed])
            if taken and placed:
                points, alignment = best[taken - 1][placed - 1]
                candidate = candidates[taken - 1]
                gain = _score(candidate, due[placed - 1])
                choices.append((points + gain, {**alignment, placed - 1: candidate}))
            row.append(max(choices, key=lambda choice: choice[0]))
        best.append(row)
    return best[-1][-1][1]


def _candidates(target: _Series, following: Sequence[date]) -> Iterator[_Candidate]:
    """Yield the days of all slots between the rows before and after the target number."""
    low, high, due = target.before, target.after, target.due(target.number)
    if due is None:
        return
    apart = timedelta(0) if target.by_year else _APART
    first = low.start + apart if low is not None else due - 2 * _HALF_YEAR
    last = high.start - apart if high is not None else date(_LAST_YEAR, 12, 31)
    years = {row.start.year for row in target.rows}
    for slot in slots_of(target.rows):
        rule = fit_rule([row.start for row in slot])
        taken = {row.start.year for row in slot}
        for year in range(max(_FIRST_YEAR, first.year), min(_LAST_YEAR, last.year) + 1):
            day = rule.day(year)
            if year in taken or (target.by_year and year != target.number) or not first <= day <= last:
                continue
            points = _regularity(taken, years, year)
            if any(abs((other - day).days) <= _NEAR for other in following):
                points += _FOLLOWS
            yield _Candidate(day, slot, rule, points)


def _regularity(taken: set[int], years: set[int], year: int) -> float:
    """Return points for how regularly a slot occurred in years of the same parity as ``year``."""
    weights = {other: 1.0 if (other - year) % 2 == 0 else _OTHER_PARITY for other in years}
    present = sum(weights[other] for other in taken)
    return _REGULAR * present / (sum(weights.values()) + _PRIOR)


def _following_days(rows: Sequence[BodySession], part: str) -> list[date]:
    """Return the days that follow other parts of the body as earlier rows of ``part`` did.

    Empty where they did not. The pre-sessional working groups of the treaty bodies open on the Monday after a session's
    last day.
    """
    own = [row for row in rows if row.part == part]
    others = [row for row in rows if row.part != part]
    gaps = Counter(
        min(after)
        for row in own
        if (after := [days for other in others if 0 <= (days := (row.start - other.end).days) <= _APART.days])
    )
    if not gaps:
        return []
    gap, count = gaps.most_common(1)[0]
    # Two rows, and three of five, make it a habit.
    return [other.end + timedelta(gap) for other in others] if count >= 2 and count * 5 >= len(own) * 3 else []


# --- slots and rules ------------------------------------------------------------------------------------------------


def slots_of(rows: Sequence[BodySession]) -> list[tuple[BodySession, ...]]:
    """Group rows that fall in the same weeks of different years, each group in order of days.

    >>> days = (date(2024, 2, 5), date(2024, 9, 2), date(2025, 2, 3))
    >>> rows = [BodySession("body", "B", n, "", day, day, "Geneva") for n, day in enumerate(days, 1)]
    >>> [[row.number for row in slot] for slot in slots_of(rows)]
    [[1, 3], [2]]
    """
    slots: list[list[BodySession]] = []
    for row in sorted(rows, key=lambda item: day_of_year(item.start)):
        slot = slots[-1] if slots else None
        near = slot is not None and (
            day_of_year(row.start) - day_of_year(slot[-1].start) <= _NEAR
            or day_of_year(row.start) - day_of_year(slot[0].start) <= _WIDE
        )
        if slot is not None and near and row.start.year not in {item.start.year for item in slot}:
            slot.append(row)
        else:
            slots.append([row])
    return [tuple(sorted(slot, key=lambda item: item.start)) for slot in slots]
