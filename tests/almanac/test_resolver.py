"""From a notation to days."""

import re
import sys
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.almanac import Context, almanac, resolve
from app.errors import AlmanacError
from app.model import Certainty, Duration, Outcome, Pending, Resolved, Step, Window

HERE = Context(date(2017, 12, 24), "general-assembly", 72)
D, DE, WI, FO, UC, UD = (
    Certainty.DECIDED,
    Certainty.DERIVED,
    Certainty.WINDOW,
    Certainty.FORECAST,
    Certainty.UNDECIDED,
    Certainty.UNDATED,
)


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def said(outcome: Outcome) -> Outcome:
    return replace(outcome, proof=())


def r(start: str, end: str, certainty: Certainty, recurrence: str | None = None) -> Resolved:
    return Resolved(date.fromisoformat(start), date.fromisoformat(end), certainty, recurrence)


def w(start: str, end: str, certainty: Certainty, recurrence: str | None = None) -> Window:
    return Window(day(start), day(end), certainty, recurrence)


CASES: list[tuple[str, Outcome]] = [
    ("2018-03-28", r("2018-03-28", "2018-03-28", D)),
    ("2018-05-14/2018-05-16", r("2018-05-14", "2018-05-16", D)),
    ("2018-05", w("2018-05-01", "2018-05-31", WI)),
    ("2018", w("2018-01-01", "2018-12-31", WI)),
    ("2019-01/2019-06", w("2019-01-01", "2019-06-30", WI)),
    ("2021/2030", w("2021-01-01", "2030-12-31", WI)),
    ("2024-03-29/2024-10", w("2024-03-29", "2024-10-31", WI)),
    ("../2019-06-30", w("", "2019-06-30", D)),
    ("../2018-02", w("", "2018-02-28", D)),
    ("2020-01-01/..", w("2020-01-01", "", D)),
    ("2020/..", w("2020-01-01", "", D)),
    ("GA73", w("2018-09-18", "2019-09-16", WI)),
    ("session:next", w("2018-09-18", "2019-09-16", WI)),
    ("GA73/main", w("2018-09-18", "2018-12-31", WI)),
    ("GA73/resumed", w("2019-01-01", "2019-09-16", WI)),
    ("GA81/main", w("2026-09-08", "2026-12-31", WI)),
    ("GA82", w("2027-09-07", "2028-09-05", FO)),
    ("../GA73", w("", "2018-09-18", DE)),
    ("../GA82", w("", "2027-09-07", FO)),
    ("GA75/..", w("2020-09-15", "", WI)),
    ("GA75/GA77", w("2020-09-15", "2023-09-05", WI)),
    ("GA72/main/GA72/resumed", w("2017-09-12", "2018-09-17", WI)),
    ("CSW63", w("", "", WI)),
    ("../CSW63", w("", "", WI)),
    ("XYZ7", w("", "", WI)),
    ("adoption+P60D", r("2018-02-22", "2018-02-22", DE)),
    ("../adoption+P60D", w("", "2018-02-22", DE)),
    ("adoption+P1Y", r("2018-12-24", "2018-12-24", DE)),
    ("adoption+PT48H", r("2017-12-26", "2017-12-26", DE)),
    ("adoption+P45D/..", w("2018-02-07", "", DE)),
    ("2019-07-01+P3Y", r("2019-07-01", "2022-06-30", DE)),
    ("GA73-P6W", r("2018-08-07", "2018-08-07", DE)),
    ("GA82-P6W", r("2027-07-27", "2027-07-27", FO)),
    ("GA73+P30D", r("2019-10-16", "2019-10-16", DE)),
    ("HRC58-P6W", r("2025-01-13", "2025-01-13", DE)),
    ("HRC64-P6W", w("2027-01-04", "2027-03-12", FO)),
    ("HRC40-P6W", w("2018-12-21", "2019-03-19", FO)),
    ("expiry-P30D", Pending(UC)),
    ("../expiry", Pending(UC)),
    ("event+P60D", Pending(UC)),
    ("event/event", Pending(UC)),
    ("TBD", Pending(UC)),
    ("undated", Pending(UD)),
    ("R/--09-26", r("2018-09-26", "2018-09-26", D, "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=26")),
    ("R/--12-24", r("2017-12-24", "2017-12-24", D, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24")),
    ("R/--02-01/--02-07", r("2018-02-01", "2018-02-07", D, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=1")),
    ("R/--12-28/--01-03", r("2017-12-28", "2018-01-03", D, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=28")),
    ("R/--12", w("2018-12-01", "2018-12-31", WI, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1")),
    (
        "R/FREQ=YEARLY;BYMONTH=5;BYDAY=2SU",
        r("2018-05-13", "2018-05-13", D, "FREQ=YEARLY;BYMONTH=5;BYDAY=2SU"),
    ),
    ("R/P1Y", Pending(UD, "FREQ=YEARLY")),
    ("R/P90D", Pending(UD, "FREQ=DAILY;INTERVAL=90")),
    ("R/P3M", Pending(UD, "FREQ=MONTHLY;INTERVAL=3")),
    ("R/P24M", Pending(UD, "FREQ=YEARLY;INTERVAL=2")),
    ("R/P2W", Pending(UD, "FREQ=WEEKLY;INTERVAL=2")),
    ("R/session", Pending(UD)),
    ("GA73;R/P1Y", w("2018-09-18", "2019-09-16", WI, "FREQ=YEARLY")),
    ("2019-07-01;R/P6M", r("2019-07-01", "2019-07-01", D, "FREQ=MONTHLY;INTERVAL=6")),
    ("2019-01-31;R/P1M", r("2019-01-31", "2019-01-31", D, "FREQ=MONTHLY;BYMONTHDAY=-1")),
    ("2019-07-01/2024-06-30;R/P6M", r("2019-07-01", "2019-07-01", D, "FREQ=MONTHLY;INTERVAL=6;UNTIL=20240630")),
    ("adoption+P11M;R/P12M", r("2018-11-24", "2018-11-24", DE, "FREQ=YEARLY")),
    ("2024;R/--09-26", r("2024-09-26", "2024-09-26", D, "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=26")),
    ("expiry;R/P1Y", Pending(UC, "FREQ=YEARLY")),
]


@pytest.mark.parametrize(("when", "outcome"), CASES)
def test_resolve(when: str, outcome: Outcome) -> None:
    assert said(resolve(when, HERE)) == outcome


def test_what_the_context_does_not_say_is_pending() -> None:
    nowhere = Context()
    assert said(resolve("adoption+P30D", nowhere)) == Pending(UC)
    assert said(resolve("next", nowhere)) == Pending(UD)
    assert said(resolve("R/--09-26", nowhere)) == Pending(UD, "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=26")
    ends = Context(expiry=date(2025, 1, 31))
    assert said(resolve("expiry-P30D", ends)) == r("2025-01-01", "2025-01-01", DE)


def test_the_proof_of_a_session() -> None:
    assert resolve("GA82", HERE).proof == (
        Step(
            "session.forecast",
            {"body": "general-assembly", "session": "82", "opens": "2027-09-07", "rule": "A/RES/75/325"},
        ),
        Step(
            "session.until-forecast",
            {"body": "general-assembly", "session": "82", "next": "83", "closes": "2028-09-05"},
        ),
    )


def test_the_proof_of_a_day_after_adoption() -> None:
    facts = {"anchor": "adoption", "from": "2017-12-24", "duration": "P30D", "day": "2018-01-23"}
    assert resolve("adoption+P30D", HERE).proof == (Step("offset.after", facts),)


BAD = (
    "",
    "soon",
    "2018-13",
    "2018-02-30",
    "../..",
    "a/b/c",
    "2018-05-02/2018-05-01",
    "GA73+P",
    "GA73+PXD",
    "R/",
    "R/--13-01",
    "R/--02-30",
    "R/FREQ=HOURLY",
    "R/PT1H",
    "R/P0D",
    "9999-12-31+P1Y",
    "2018-05-02;R/--2",
    "2018" * 100,
)


@pytest.mark.parametrize("when", BAD)
def test_a_notation_that_is_none_is_named(when: str) -> None:
    with pytest.raises(AlmanacError) as caught:
        resolve(when, HERE)
    assert caught.value.where.startswith(("when:", "recurrence:"))


def test_every_rule_of_a_proof_is_in_the_closed_list() -> None:
    doc = sys.modules["app.almanac.resolver"].__doc__ or ""
    documented = set(re.findall(r"^([a-z]+\.[a-z-]+) ", doc, re.MULTILINE))
    used = {step.rule for when, _ in CASES for step in resolve(when, HERE).proof}
    assert used - documented == set()
    assert documented - used == {
        "milestone.before",
        "pending.adoption",
        "pending.session",
        "session.closing",
    }


@given(st.dates(date(1946, 1, 1), date(2100, 1, 1)), st.integers(1, 999))
def test_days_after_adoption_do_not_count_the_day_of_adoption(adopted: date, days: int) -> None:
    outcome = resolve(f"adoption+P{days}D", Context(adopted))
    assert said(outcome) == Resolved(adopted + timedelta(days), adopted + timedelta(days), DE)


@given(st.dates(date(1946, 1, 1), date(2090, 1, 1)), st.integers(1, 12), st.integers(1, 28))
def test_a_yearly_day_begins_on_or_after_adoption(adopted: date, month: int, number: int) -> None:
    outcome = resolve(f"R/--{month:02}-{number:02}", Context(adopted))
    assert isinstance(outcome, Resolved)
    assert (outcome.start.month, outcome.start.day) == (month, number)
    assert adopted <= outcome.start < Duration.parse("P1Y").add_to(adopted)


@given(st.text(alphabet="GAHRC0123456789-/.;+PYMDWTR=adoption", max_size=30))
def test_any_text_gives_an_outcome_or_the_error(when: str) -> None:
    try:
        outcome = resolve(when, HERE)
    except AlmanacError:
        return
    if not isinstance(outcome, Pending) and outcome.start and outcome.end:
        assert outcome.start <= outcome.end


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 48))
def test_months_keep_the_day_or_end_on_the_last(start: date, months: int) -> None:
    moved = Duration.parse(f"P{months}M").add_to(start)
    assert (moved.year * 12 + moved.month) - (start.year * 12 + start.month) == months
    assert moved.day == start.day or (moved + timedelta(1)).day == 1


@pytest.mark.parametrize(
    ("when", "adopted", "day"),
    [
        ("adoption+P15WD", date(2025, 12, 15), date(2026, 1, 7)),  # Christmas and New Year's Day are holidays
        ("adoption+P7WD", date(2025, 12, 15), date(2025, 12, 24)),
        ("adoption+P1WD", date(2027, 3, 25), date(2027, 3, 29)),  # 26 March 2027 is Good Friday
        ("2027-05-04-P5WD", None, date(2027, 4, 27)),
        ("2027-05-04+P5WD", None, date(2027, 5, 11)),
    ],
)
def test_working_days_skip_holidays_at_headquarters(when: str, adopted: date | None, day: date) -> None:
    outcome = resolve(when, Context(adopted))
    assert said(outcome) == Resolved(day, day, DE)


@pytest.mark.parametrize("year", range(1999, 2040))
def test_working_days_land_on_working_days(year: int) -> None:
    outcome = resolve("adoption+P20WD", Context(date(year, 12, 10)))
    assert isinstance(outcome, Resolved)
    book = almanac().holidays
    assert book.is_working_day(outcome.start)
    assert book.working_days(date(year, 12, 11), outcome.start) == 20


def test_end_of_session_is_its_last_day() -> None:
    whole, end = resolve("GA79", HERE), resolve("../GA79/end", HERE)
    assert isinstance(whole, Window)
    assert said(end) == Window(None, date(2025, 9, 9), DE)
    assert whole.end == date(2025, 9, 9)
    assert resolve("../GA79", HERE) != end


def test_end_of_session_of_months_is_forecast() -> None:
    outcome = resolve("ECOSOC2035/end", HERE)
    assert isinstance(outcome, Resolved)
    assert outcome.certainty is Certainty.FORECAST


def test_week_is_a_window_of_its_days() -> None:
    outcome = resolve("[2027-04-12..2027-04-18]", HERE)
    assert said(outcome) == Window(date(2027, 4, 12), date(2027, 4, 18), Certainty.WINDOW)
