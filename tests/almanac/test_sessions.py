"""Sessions: openings that happened, the rule over a century, what "next" and "current" mean."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.almanac import Context, almanac, body_of, parts, session, session_on, settle, token_of, window
from app.model import Certainty, Session, When

GA = "general-assembly"
REAL = {
    55: date(2000, 9, 5),
    56: date(2001, 9, 12),
    57: date(2002, 9, 10),
    58: date(2003, 9, 16),
    59: date(2004, 9, 14),
    60: date(2005, 9, 13),
    61: date(2006, 9, 12),
    62: date(2007, 9, 18),
    63: date(2008, 9, 16),
    64: date(2009, 9, 15),
    65: date(2010, 9, 14),
    66: date(2011, 9, 13),
    67: date(2012, 9, 18),
    68: date(2013, 9, 17),
    69: date(2014, 9, 16),
    70: date(2015, 9, 15),
    71: date(2016, 9, 13),
    72: date(2017, 9, 12),
    73: date(2018, 9, 18),
    74: date(2019, 9, 17),
    75: date(2020, 9, 15),
    76: date(2021, 9, 14),
    77: date(2022, 9, 13),
    78: date(2023, 9, 5),
    79: date(2024, 9, 10),
    80: date(2025, 9, 9),
    81: date(2026, 9, 8),
}


def test_openings_as_they_happened() -> None:
    assert {n: found.opens for n in range(55, 82) if (found := session(GA, n))} == REAL


def test_the_rule_gives_all_openings_but_one() -> None:
    book = almanac()
    by_rule = {}
    for number in REAL:
        rule = next(r for r in book.rules[GA] if r.first <= number and (r.last is None or number <= r.last))
        by_rule[number] = rule.opens.day(1945 + number)
    assert {n for n in REAL if by_rule[n] != REAL[n]} == {56}
    assert by_rule[56] == date(2001, 9, 11)


def test_forecasts_say_so() -> None:
    found = [session(GA, n) for n in range(82, 101)]
    assert all(at is not None and at.forecast and at.opens is not None and at.general_debate_forecast for at in found)
    assert session(GA, 82) == Session(
        body=GA,
        number=82,
        token="GA82",
        opens=date(2027, 9, 7),
        closes=date(2028, 9, 5),
        forecast=True,
        source="A/RES/75/325 (adopted 2021-09-10, first used in 2023)",
        general_debate=date(2027, 9, 21),
        general_debate_forecast=True,
    )


@given(st.integers(78, 178))
def test_the_rule_over_a_century(number: int) -> None:
    at = session(GA, number)
    assert at is not None
    assert at.opens is not None
    assert at.closes is not None
    assert at.general_debate is not None
    assert (at.opens.year, at.opens.month, at.opens.strftime("%A")) == (1945 + number, 9, "Tuesday")
    # The second week that holds a Monday to Friday: its Tuesday is 5 to 12 September at the most.
    assert 5 <= at.opens.day <= 12
    assert (at.general_debate - at.opens).days == 14
    assert 364 <= (at.closes - at.opens).days <= 371


@given(st.dates(date(2000, 9, 5), date(2090, 1, 1)))
def test_every_day_lies_in_the_session_that_stands(day: date) -> None:
    number = session_on(GA, day)
    assert number is not None
    at = session(GA, number)
    assert at is not None
    assert at.opens is not None
    assert at.closes is not None
    assert at.opens <= day <= at.closes


def test_general_debates() -> None:
    real = {n: session(GA, n) for n in (56, 59, 64, 70, 73, 78)}
    assert {n: (at.general_debate, at.general_debate_forecast) for n, at in real.items() if at} == {
        56: (date(2001, 11, 10), False),
        59: (date(2004, 9, 21), True),
        64: (date(2009, 9, 23), False),
        70: (date(2015, 9, 28), False),
        73: (date(2018, 9, 25), False),
        78: (date(2023, 9, 19), False),
    }


@pytest.mark.parametrize(
    ("body", "number", "start", "end", "certainty"),
    [
        (GA, 73, date(2018, 9, 18), date(2019, 9, 16), Certainty.WINDOW),
        (GA, 80, date(2025, 9, 9), date(2026, 9, 8), Certainty.WINDOW),
        (GA, 81, date(2026, 9, 8), date(2027, 9, 7), Certainty.FORECAST),
        (GA, 50, date(1995, 9, 1), date(1996, 9, 30), Certainty.FORECAST),
        ("human-rights-council", 49, date(2022, 2, 28), date(2022, 4, 1), Certainty.WINDOW),
        ("human-rights-council", 53, date(2023, 6, 19), date(2023, 7, 14), Certainty.WINDOW),
        ("human-rights-council", 58, date(2025, 2, 24), date(2025, 4, 4), Certainty.WINDOW),
        ("human-rights-council", 64, date(2027, 2, 15), date(2027, 4, 23), Certainty.FORECAST),
        ("human-rights-council", 40, date(2019, 2, 1), date(2019, 4, 30), Certainty.FORECAST),
        ("economic-and-social-council", 2019, date(2018, 7, 1), date(2019, 7, 31), Certainty.WINDOW),
        ("economic-and-social-council", 2005, date(2005, 1, 1), date(2005, 12, 31), Certainty.WINDOW),
    ],
)
def test_windows(body: str, number: int, start: date, end: date, certainty: Certainty) -> None:
    found = window(body, number)
    assert found is not None
    assert (found.start, found.end, found.certainty) == (start, end, certainty)


def test_bodies_without_dates_have_no_window() -> None:
    assert window("commission-on-the-status-of-women", 63) is None
    assert session("security-council", 1) is None
    assert token_of("security-council", 1) is None


@pytest.mark.parametrize(
    ("when", "context", "body", "settled"),
    [
        ("session:73", Context(None, GA, 72), None, "GA73"),
        ("session:next", Context(None, GA, 72), None, "GA73"),
        ("../session:current", Context(None, GA, 72), None, "../GA72"),
        ("next;R/P1Y", Context(date(2017, 12, 24), GA, None), None, "GA73;R/P1Y"),
        ("next", Context(date(2017, 12, 24), GA, 72), "commission-on-the-status-of-women", "CSW62"),
        ("next", Context(date(2018, 7, 1), GA, 72), "commission-on-the-status-of-women", "CSW63"),
        ("next", Context(None, "human-rights-council", 54), None, "HRC55"),
        ("current", Context(date(2024, 4, 5), "human-rights-council"), None, "HRC55"),
        ("current", Context(date(2024, 1, 5), "human-rights-council"), None, "HRC54"),
        ("next", Context(date(2017, 7, 5), "economic-and-social-council", 2017), None, "ECOSOC2018"),
        ("next", Context(date(2024, 7, 24), "economic-and-social-council"), None, "ECOSOC2025"),
        ("current", Context(date(2024, 11, 24), "economic-and-social-council"), None, "ECOSOC2025"),
        ("next", Context(date(2024, 11, 24), "security-council"), None, "next"),
        ("next", Context(), None, "next"),
        ("session:5", Context(), None, "session:5"),
        ("GA73/main", Context(None, GA, 72), None, "GA73/main"),
    ],
)
def test_settle(when: str, context: Context, body: str | None, settled: str) -> None:
    assert str(settle(When.parse(when), context, body=body)) == settled


@pytest.mark.parametrize(
    ("number", "closes", "rule"),
    [
        (69, date(2015, 9, 14), "session.until-next"),
        (73, date(2019, 9, 16), "session.until-next"),
        (74, date(2020, 9, 15), "session.until-opening"),
        (75, date(2021, 9, 14), "session.until-opening"),
        (76, date(2022, 9, 13), "session.until-opening"),
        (77, date(2023, 9, 5), "session.until-opening"),
        (78, date(2024, 9, 10), "session.until-opening"),
        (79, date(2025, 9, 9), "session.until-opening"),
        (80, date(2026, 9, 8), "session.until-opening"),
        (81, date(2027, 9, 7), "session.until-forecast"),
    ],
)
def test_session_closes_as_it_happened(number: int, closes: date, rule: str) -> None:
    found = window(GA, number)
    assert found is not None
    assert (found.end, found.proof[-1].rule) == (closes, rule)


@pytest.mark.parametrize(
    ("year", "first", "last", "dated"),
    [
        (2022, date(2022, 9, 29), date(2022, 11, 4), True),
        (2023, date(2023, 9, 25), date(2023, 11, 14), False),
        (2025, date(2025, 10, 3), date(2025, 11, 7), True),
        (2026, date(2026, 10, 1), date(2026, 11, 6), True),
        (2031, date(2031, 9, 25), date(2031, 11, 14), False),
    ],
)
def test_first_committee_meets_as_published(year: int, first: date, last: date, dated: bool) -> None:
    (found,) = parts("first-committee", year)
    assert (found.start, found.end, found.dated) == (first, last, dated)


def test_tokens() -> None:
    assert (token_of(GA, 73), body_of("GA73"), body_of("CCPCJ30"), body_of("XYZ1")) == (
        "GA73",
        GA,
        "commission-on-crime-prevention-and-criminal-justice",
        None,
    )
