"""Sessions of bodies by number and by day: published rows where there are any, forecasts elsewhere.

A forecast gives way to a published row.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Final

from app.almanac.session_forecast import forecast_session
from app.almanac.session_rows import BodySession, PublishedBody, published_bodies

_MOST_AHEAD: Final = 40
"""Numbers after the last published row that are forecast at most: four a year for ten years."""


def body_session(body: str, number: int, part: str = "") -> BodySession | None:
    """Return session ``number`` (or year) of ``body``, published or forecast.

    None where the rows give no rule.

    >>> body_session("commission-on-narcotic-drugs", 69).start
    datetime.date(2026, 3, 9)
    """
    known = published_bodies().get(body)
    if known is None:
        return None
    row = next((row for row in known.sessions if row.part == part and row.number == number), None)
    return row or forecast_session(known.sessions, number, part, known.months)


def sessions_between(first: date, last: date) -> list[BodySession]:
    """Return the sessions of all bodies, published and forecast, in a period.

    It holds those that touch ``first`` to ``last`` (inclusive).

    >>> [(row.token, row.number) for row in sessions_between(date(2026, 3, 9), date(2026, 3, 9)) if row.token == "CND"]
    [('CND', 69)]
    """
    found = []
    for known in published_bodies().values():
        found += [row for row in known.sessions if row.start <= last and row.end >= first]
        for part in dict.fromkeys(row.part for row in known.sessions):
            found += _following(known, part, first, last)
    return sorted(found, key=lambda item: (item.start, item.body, item.part, item.number))


def _following(known: PublishedBody, part: str, first: date, last: date) -> Iterator[BodySession]:
    """Yield the forecasts of a part after its last published row, as far as ``last``.

    Those without a day are left out. A part is continued in the step of its numbers (the Development Cooperation Forum
    every other year, the Migration Review Forum every fourth), and not at all where it was seen once: nothing says
    that a Summit of the Future or a special meeting on credit ratings comes again.
    """
    numbers = sorted({row.number for row in known.sessions if row.part == part})
    if part and len(numbers) < 2:
        return
    step = min((later - earlier for earlier, later in pairwise(numbers)), default=1)
    for number in range(numbers[-1] + step, numbers[-1] + _MOST_AHEAD * step, step):
        found = forecast_session(known.sessions, number, part, known.months)
        if found is None or found.start > last:
            return
        if found.end >= first and found.expected is not None:
            yield found
