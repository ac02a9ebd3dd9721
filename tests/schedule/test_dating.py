"""Dating of items: from their notation, in the context of their instrument."""

from dataclasses import replace
from datetime import date

import pytest

from app.almanac import Context
from app.errors import AlmanacError
from app.model import Certainty, DocumentWarning, Event, Kind, Review, ReviewStatus, Schedule, Symbol, WarningCode
from app.schedule.dating import context_of, date_event, dated, without_doubtful_dates

DAY = date(2035, 10, 3)
SYMBOL = Symbol("A/RES/90/7", "general-assembly", 90)


def item(when: str, section: str = "") -> Event:
    uid = f"A-RES-90-7.{section or 1}.report.1"
    return Event(uid, Kind.REPORT, when, Certainty.UNDATED, SYMBOL.text, DAY, "1", section=section)


def test_context_is_that_of_the_symbol_unless_the_file_says() -> None:
    assert context_of(Schedule(SYMBOL, DAY)) == Context(adopted=DAY, body="general-assembly", session=90)
    other = Schedule(SYMBOL, None, body="security-council", session=7)
    assert context_of(other) == Context(adopted=None, body="security-council", session=7)


def test_date_event_counts_from_adoption() -> None:
    found = date_event(item("adoption+P60D"), Context(adopted=DAY))
    assert (found.start, found.end, found.certainty) == (date(2035, 12, 2), date(2035, 12, 2), Certainty.DERIVED)
    with pytest.raises(AlmanacError):
        date_event(item("soon"), Context(adopted=DAY))


def test_dated_counts_parts_from_their_own_day() -> None:
    schedule = Schedule(
        SYMBOL, DAY, events=(item("adoption+P1D"), item("adoption+P1D", "B")), part_adopted={"B": date(2036, 1, 1)}
    )
    assert [event.start for event in dated(schedule).events] == [date(2035, 10, 4), date(2036, 1, 2)]


def test_doubtful_dates_go_unless_reviewed() -> None:
    doubtful = Schedule(
        SYMBOL,
        DAY,
        events=(item("2036-03-01"), item("2036-03-01", "B")),
        warnings=(DocumentWarning(WarningCode.READING_ORDER),),
        reviews={"A-RES-90-7.B.report.1": Review(ReviewStatus.CONFIRMED, "a reviewer", DAY)},
    )
    first, second = dated(doubtful).events
    assert (first.start, second.start) == (None, date(2036, 3, 1))
    clear = replace(doubtful, warnings=())
    assert without_doubtful_dates(clear) is clear
