"""The status of an event on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.model import DECIDED_STATUSES, Certainty, Event, Kind, Milestone, Status
from app.schedule.dating import dated
from app.schedule.files import find_schedule_files, read_file
from app.schedule.time_status import event_on, is_past, same_view, status_on

SCHEDULES = Path(__file__).parents[2] / "schedules"
MANDATE = Event(
    uid="S-RES-3901-2035.1.mandate.1",
    kind=Kind.MANDATE,
    when="../2036-03-31",
    certainty=Certainty.DECIDED,
    instrument="S/RES/3901 (2035)",
    decided=date(2035, 3, 14),
    end=date(2036, 3, 31),
    action="extend",
)


def event(kind: Kind, start: date | None, end: date | None, **more: object) -> Event:
    named = Event(f"A-RES-90-1.1.{kind}.1", kind, "", Certainty.DECIDED, "A/RES/90/1", None, start=start, end=end)
    return replace(named, **more)  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize(
    ("event", "day", "status"),
    [
        (MANDATE, date(2035, 6, 1), "running"),
        (MANDATE, date(2036, 3, 31), "running"),
        (MANDATE, date(2036, 4, 1), "lapsed"),
        (replace(MANDATE, action="end"), date(2036, 4, 1), "ended"),
        (replace(MANDATE, action="end"), date(2036, 3, 31), "running"),
        (replace(MANDATE, start=date(2035, 10, 1)), date(2035, 9, 30), "scheduled"),
        (replace(MANDATE, status=Status.CANCELLED), date(2035, 6, 1), "cancelled"),
        (replace(MANDATE, status=Status.SUPERSEDED), date(2035, 6, 1), "superseded"),
        (replace(MANDATE, end=None, start=date(2035, 4, 1)), date(2040, 1, 1), "running"),
        (replace(MANDATE, start=date(2036, 3, 31)), date(2035, 6, 1), "running"),
    ],
)
def test_status_on_of_a_mandate(event: Event, day: date, status: str) -> None:
    assert status_on(event, day) == status


FIRST, LAST = date(2036, 5, 4), date(2036, 5, 6)


@pytest.mark.parametrize(
    ("kind", "statuses"),
    [
        (Kind.MEETING, ["scheduled", "running", "running", "past"]),
        (Kind.OBSERVANCE, ["scheduled", "running", "running", "past"]),
        (Kind.AGENDA, ["scheduled", "due", "due", "past"]),
        (Kind.PERIOD, ["scheduled", "running", "running", "ended"]),
        (Kind.MANDATE, ["scheduled", "running", "running", "lapsed"]),
        (Kind.REPORT, ["scheduled", "due", "due", "overdue"]),
        (Kind.DEADLINE, ["scheduled", "due", "due", "overdue"]),
        (Kind.REVIEW, ["scheduled", "due", "due", "overdue"]),
        (Kind.OBLIGATION, ["scheduled", "due", "due", "overdue"]),
    ],
)
def test_status_on_before_during_and_after(kind: Kind, statuses: list[str]) -> None:
    days = (FIRST - timedelta(1), FIRST, LAST, LAST + timedelta(1))
    assert [status_on(event(kind, FIRST, LAST), day).value for day in days] == statuses


@pytest.mark.parametrize(
    ("shown", "statuses"),
    [
        # A last day alone: to be done from now on, until then.
        (event(Kind.REPORT, None, LAST), ["due", "due", "overdue"]),
        (event(Kind.REPORT, LAST, LAST), ["due", "due", "overdue"]),
        # A first day alone has no end to pass.
        (event(Kind.PERIOD, FIRST, None), ["scheduled", "running", "running"]),
        (event(Kind.REPORT, FIRST, None), ["scheduled", "due", "due"]),
        # Within a window the day is not known, so nothing is said to run.
        (event(Kind.MEETING, FIRST, LAST, certainty=Certainty.WINDOW), ["scheduled", "scheduled", "past"]),
        # No day at all, and what was decided for good.
        (event(Kind.MEETING, None, None), ["scheduled", "scheduled", "scheduled"]),
        (event(Kind.MEETING, FIRST, LAST, status=Status.HELD), ["held", "held", "held"]),
        (event(Kind.MEETING, FIRST, LAST, status=Status.MOVED), ["moved", "running", "past"]),
        (event(Kind.MEETING, FIRST, LAST, status=Status.POSTPONED), ["postponed", "postponed", "postponed"]),
    ],
)
def test_status_on_with_open_or_uncertain_days(shown: Event, statuses: list[str]) -> None:
    days = (FIRST - timedelta(1), LAST, LAST + timedelta(1))
    assert [status_on(shown, day).value for day in days] == statuses


@pytest.mark.parametrize(
    ("rule", "statuses"),
    [
        ("FREQ=YEARLY", ["scheduled", "running", "scheduled", "running", "scheduled"]),
        ("FREQ=YEARLY;COUNT=2", ["scheduled", "running", "scheduled", "running", "past"]),
        ("FREQ=YEARLY;UNTIL=20370601", ["scheduled", "running", "scheduled", "running", "past"]),
    ],
)
def test_status_on_of_the_next_occurrence(rule: str, statuses: list[str]) -> None:
    yearly = event(Kind.OBSERVANCE, FIRST, LAST, recurrence=rule)
    days = (date(2036, 1, 1), LAST, date(2036, 9, 1), date(2037, 5, 5), date(2037, 5, 7))
    assert [status_on(yearly, day).value for day in days] == statuses


def test_event_on_names_no_past_day_a_forecast() -> None:
    milestone = Milestone("issue", date(2036, 2, 1), Certainty.FORECAST, (), "")
    span = event(Kind.AGENDA, FIRST, LAST, certainty=Certainty.FORECAST, milestones=(milestone,))
    derived = replace(milestone, certainty=Certainty.DERIVED)
    assert event_on(span, date(2036, 1, 1)) is span
    assert event_on(span, date(2036, 3, 1)) == replace(span, milestones=(derived,))
    after = replace(span, status=Status.PAST, certainty=Certainty.WINDOW, milestones=(derived,))
    assert event_on(span, date(2036, 6, 1)) == after
    single = event(Kind.REPORT, FIRST, FIRST, certainty=Certainty.FORECAST)
    assert event_on(single, LAST) == replace(single, status=Status.OVERDUE, certainty=Certainty.DERIVED)


def test_same_view_differs_where_status_does() -> None:
    views = [event_on(MANDATE, day) for day in (date(2035, 6, 1), date(2036, 3, 31), date(2036, 4, 1))]
    assert [same_view(views[0], view) for view in views] == [True, True, False]


FUTURE = {Status.SCHEDULED, Status.MOVED, Status.RUNNING, Status.DUE}


@pytest.mark.parametrize("day", [date(2000, 1, 1), date(2018, 5, 15), date(2026, 12, 1), date(2100, 1, 1)])
def test_no_past_event_of_a_schedule_is_to_come(day: date) -> None:
    schedules = [dated(read_file(path)) for path in find_schedule_files([SCHEDULES])]
    events = [item for schedule in schedules for item in schedule.events]
    seen = [event_on(item, day) for item in events]
    past = [item for item in seen if not item.recurrence and item.end is not None and item.end < day]
    wrong = [(item.uid, item.status) for item in past if item.status in FUTURE or item.certainty is Certainty.FORECAST]
    assert wrong == []
    assert [is_past(item, day) for item in past] == [True] * len(past)
    ahead = [item for item in seen if item.start is not None and item.start > day]
    done = {Status.PAST, Status.OVERDUE, Status.ENDED, Status.LAPSED}
    assert [item.uid for item in ahead if item.status in done] == []
    assert {item.status for item in events} <= set(DECIDED_STATUSES)
    assert len(events) > 50
