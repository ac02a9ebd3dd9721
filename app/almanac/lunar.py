"""Full moons, for observances of the lunar calendar: J. Meeus, Astronomical Algorithms, chapter 49, to some minutes."""

from __future__ import annotations

from datetime import date
from math import radians, sin

_NEW_MOON_2000 = 2451550.09766
_MONTH = 29.530588861
_JULIAN_DAY_OF_ORDINAL_0 = 1721424.5


def full_moon(year: int, month: int) -> date | None:
    """Return the day (UTC) of the first full moon of a month; None for a month without one.

    For the years 1900 to 2100.

    >>> full_moon(2026, 5)
    datetime.date(2026, 5, 1)
    """
    first = round((date(year, month, 1).toordinal() + _JULIAN_DAY_OF_ORDINAL_0 - _NEW_MOON_2000) / _MONTH)
    for turn in (first - 1.5, first - 0.5, first + 0.5, first + 1.5):
        day = date.fromordinal(int(_julian_day(turn) - _JULIAN_DAY_OF_ORDINAL_0))
        if (day.year, day.month) == (year, month):
            return day
    return None


def _julian_day(turn: float) -> float:
    """Return the Julian day of a phase, in lunations after the first new moon of 2000."""
    century = turn / 1236.85
    sun = radians(2.5534 + 29.10535670 * turn)
    moon = radians(201.5643 + 385.81693528 * turn)
    latitude = radians(160.7108 + 390.67050284 * turn)
    eccentricity = 1 - 0.002516 * century
    return (
        _NEW_MOON_2000
        + _MONTH * turn
        - 0.40614 * sin(moon)
        + 0.17302 * eccentricity * sin(sun)
        + 0.01614 * sin(2 * moon)
        + 0.01043 * sin(2 * latitude)
        + 0.00734 * eccentricity * sin(moon - sun)
        - 0.00515 * eccentricity * sin(moon + sun)
        + 0.00209 * eccentricity**2 * sin(2 * sun)
    )
