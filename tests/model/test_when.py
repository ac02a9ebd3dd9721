"""The notation of times: what it parses, what it refuses, and what is worked out from it without an almanac."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import Anchor, CalendarDate, Duration, Point, Recurrence, Relation, SessionName, When

NOTATIONS = [
    *("2018-03-28", "2018-03", "2018", "2018-05-14/2018-05-16", "2019-01/2019-06", "2024/2025"),
    *(
        "../2019-06-30",
        "2020-01-01/..",
        "2020/..",
        "GA73",
        "../GA73",
        "GA73/..",
        "GA73/main",
        "GA73/resumed",
        "GA79/end",
    ),
    *(
        "../GA79/end",
        "GA73/GA75",
        "GA73/main/GA74/resumed",
        "ECOSOC2019",
        "session:73",
        "session:next",
        "next",
        "current",
    ),
    *("adoption", "adoption+P60D", "expiry-P30D", "event+P2W", "GA73-P6W", "2019-07-01+P3Y", "2027-05-04-P5WD"),
    *("adoption+P20WD", "../expiry", "adoption+P11M;R/P12M", "R/P1Y", "R/P90D", "R5/P1Y", "R/--09-26", "R/--12"),
    *("R/--02-01/--02-07", "R/--07/--12", "R/session", "R/FREQ=YEARLY;BYMONTH=5;BYDAY=2SU", "GA73;R/P1Y"),
    *("2019-07-01;R/P6M", "2024/2027;R/--03-01", "XXXX-09-26", "XXXX-05", "XXXX-06-09/XXXX-06-13", "P60D", "PT48H"),
    *("[2027-09-01..2027-09-07]", "[GA73..GA74]", "P7.5M", "P0D", "P1Y6M", "TBD", "undated", "UNSCEAR73", "PCB53"),
]

DAYS = st.dates(date(1, 1, 2), date(9999, 12, 30))


@pytest.mark.parametrize("text", NOTATIONS)
def test_parse_then_format_gives_the_notation(text: str) -> None:
    assert str(When.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "soon",
            "..",
            "../..",
            "/2018",
            "2018/",
            "2018/2019/2020",
            "2018-13",
            "2018-02-30",
            "2018-2-3",
            "18",
        ),
        *(
            "2020/2019",
            "2018-03-28/2018-03-27",
            "XXXX",
            "XXXX-02-30",
            "P",
            "PT",
            "P3",
            "-P3D",
            "73",
            "GA",
            "GA73/first",
        ),
        *(
            "R/",
            "R/P",
            "R/--13",
            "R/--02-30",
            "R/weekly",
            "session:",
            "session",
            "adoption+",
            "adoption+60",
            "GA73;GA74",
            "[2027]",
            "[../2027]",
            "[2027-01-01..]",
        ),
        *("2018-03-28\n", "２０１８", "G" * 301, "2018 ", "R/P1Y;R/P2Y;"),
    ],
)
def test_parse_refuses_what_is_no_notation(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):  # the reason is said
        When.parse(text)
    assert When.try_parse(text) is None


@given(st.text("0123456789-/.;PRXYMWDTGAsession:+FREQ= ", max_size=24))
def test_parse_of_any_text_refuses_or_round_trips(text: str) -> None:
    when = When.try_parse(text)
    if when is not None:
        assert When.parse(str(when)) == when


def test_parse_names_the_parts() -> None:
    assert When.parse("../GA79/end") == When(None, Point(SessionName("GA", 79, part="end")))
    assert When.parse("expiry-P30D").single == Point(Anchor.EXPIRY, Duration(days=30), -1)
    assert When.parse("session:next").session == SessionName(relative="next", prefixed=True)
    assert When.parse("R/--09-26").recurrence == Recurrence(
        yearly=(CalendarDate(None, 9, 26), CalendarDate(None, 9, 26))
    )
    assert When.parse("XXXX-05").is_yearless
    assert When.parse("TBD").state == "TBD"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2024/2025", date(2024, 1, 1), date(2025, 12, 31)),
        ("../2019", None, date(2019, 12, 31)),
        ("2020-03/..", date(2020, 3, 1), None),
        ("2019-07-01+P3Y", date(2019, 7, 1), date(2022, 6, 30)),
        ("2027-05-04-P2W", date(2027, 4, 20), date(2027, 4, 20)),
        ("2027-05-04-P5WD", None, None),
        ("GA73", None, None),
        ("XXXX-09-26", None, None),
        ("2028;R/P2Y", date(2028, 1, 1), date(2028, 12, 31)),
        ("R/P1Y", None, None),
        ("TBD", None, None),
    ],
)
def test_days_are_given_where_the_calendar_knows(text: str, first: date | None, last: date | None) -> None:
    assert (When.parse(text).first_day, When.parse(text).last_day) == (first, last)


@pytest.mark.parametrize(
    ("text", "relation", "bound"),
    [
        ("2028", Relation.BY, "../2028-12-31"),
        ("2028", Relation.BEFORE, "../2027-12-31"),
        ("2028", Relation.AFTER, "2029-01-01/.."),
        ("2028", Relation.FROM, "2028/.."),
        ("2028-03", Relation.BEFORE, "../2028-02-29"),
        ("2028-03", Relation.AFTER, "2028-04-01/.."),
        ("2027-04-30", Relation.AFTER, "2027-05-01/.."),
        ("2028-03-01", Relation.NOT_BEFORE, "2028-03-01/.."),
        ("2027-07-01", Relation.UNTIL_EXCLUDING, "../2027-06-30"),
        ("2027-07-01", Relation.UNTIL, "../2027-07-01"),
        ("2026/2027", Relation.BY, "../2027-12-31"),
        ("2026/2027", Relation.BEFORE, "../2025-12-31"),
        ("GA79", Relation.BEFORE, "../GA79"),
        ("GA79/end", Relation.BY, "../GA79/end"),
        ("GA79", Relation.FROM, "GA79/.."),
        ("2027-05-03", Relation.AT, "2027-05-03"),
        ("2027-04-12/2027-04-18", Relation.WITHIN, "[2027-04-12..2027-04-18]"),
        ("adoption+P60D", Relation.BY, "../adoption+P60D"),
    ],
)
def test_related_gives_inclusive_bounds(text: str, relation: Relation, bound: str) -> None:
    assert str(When.parse(text).related(relation)) == bound


@pytest.mark.parametrize("text", ["R/P1Y", "P60D", "TBD", "GA73;R/P1Y"])
def test_related_of_what_has_no_bounds_raises(text: str) -> None:
    with pytest.raises(ValueError, match="no bounds"):
        When.parse(text).related(Relation.BY)


@pytest.mark.parametrize(
    ("text", "length", "sign", "moved"),
    [
        ("2027-01-31", "P1M", 1, "2027-02-28"),
        ("2026-11-30", "P3M", 1, "2027-02-28"),
        ("2026-12-31", "P2M", 1, "2027-02-28"),
        ("2027-09-06/2027-09-10", "P6W", -1, "2027-07-26"),
        ("2027-03-01/2027-03-05", "P2W", 1, "2027-03-19"),
        ("2027-05-04", "P5WD", -1, "2027-05-04-P5WD"),
        ("GA73", "P6W", -1, "GA73-P6W"),
        ("expiry", "P30D", -1, "expiry-P30D"),
        ("2027-06", "P1M", 1, "2027-07-30"),
    ],
)
def test_shifted_counts_from_the_near_side(text: str, length: str, sign: int, moved: str) -> None:
    assert str(When.parse(text).shifted(Duration.parse(length), sign)) == moved


@pytest.mark.parametrize("text", ["../2027-01-31", "R/P1Y", "GA73-P6W", "TBD"])
def test_shifted_without_a_free_side_raises(text: str) -> None:
    with pytest.raises(ValueError, match="cannot be shifted"):
        When.parse(text).shifted(Duration.parse("P1M"), 1 if text.startswith("GA") else -1)


@given(DAYS, DAYS, DAYS, DAYS)
def test_overlaps_is_symmetric_and_means_a_common_day(one: date, two: date, three: date, four: date) -> None:
    (a, b), (c, d) = sorted((one, two)), sorted((three, four))
    first, second = When.of_days(a, b), When.of_days(c, d)
    assert first.overlaps(second) == second.overlaps(first) == (max(a, c) <= min(b, d))


@given(DAYS)
def test_bounds_beside_a_day_do_not_overlap_it(day: date) -> None:
    when = When.of_days(day, day)
    assert not when.overlaps(when.related(Relation.BEFORE))
    assert not when.overlaps(when.related(Relation.AFTER))
    assert when.related(Relation.AFTER).first_day == day + timedelta(1)


def test_order_is_by_first_day_then_last_day() -> None:
    texts = ["GA73", "2020", "../2018", "2019-06-30", "2019-06", "2019-06-01/2019-06-03"]
    ordered = ["../2018", "2019-06-01/2019-06-03", "2019-06", "2019-06-30", "2020", "GA73"]
    assert [str(when) for when in sorted(map(When.parse, texts))] == ordered


@pytest.mark.parametrize(
    ("text", "year", "dated"),
    [
        ("XXXX-09-26", 2027, "2027-09-26"),
        ("XXXX-12-15/XXXX-01-03", 2027, "2027-12-15/2028-01-03"),
        ("XXXX-06-09/XXXX-06-13", 2028, "2028-06-09/2028-06-13"),
        ("2019-01-01", 2028, "2019-01-01"),
    ],
)
def test_in_year_fills_in_the_missing_year(text: str, year: int, dated: str) -> None:
    assert str(When.parse(text).in_year(year)) == dated


def test_in_year_of_a_day_that_it_lacks_raises() -> None:
    with pytest.raises(ValueError, match="day is out of range"):
        When.parse("XXXX-02-29").in_year(2027)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("2037", {"is_year": True, "year": 2037}),
        ("2037-05", {"year": 2037}),
        ("2037-05-03", {"year": 2037, "names_day": True}),
        ("2037/2038", {}),
        ("2037;R/P1Y", {}),
        ("XXXX-05-03", {"names_day": True}),
        ("2036-05-03/2037-06", {"names_day": True}),
        ("2036-05-03+P3Y", {"names_day": True}),
        ("R/--05-03", {"names_day": True}),
        ("R/--05", {}),
        ("../2037-12-31", {"names_day": True, "is_until_year_end": True}),
        ("../2037-12", {}),
        ("../2037-12-30", {"names_day": True}),
        ("2037-12-31/..", {"names_day": True}),
        ("../XXXX-12-31", {"names_day": True}),
        ("session:73", {"unresolved_session": "session:73"}),
        ("session:next", {"unresolved_session": "session:next"}),
        ("session:73/main", {}),
        ("../session:73", {}),
        ("session:73-P6W", {}),
        ("GA73", {}),
        ("next", {}),
        ("P60D", {}),
        ("TBD", {}),
    ],
)
def test_properties_answer_for_each_notation(text: str, asked: dict[str, object]) -> None:
    when = When.parse(text)
    session = when.unresolved_session
    answers = {
        "is_year": when.is_year,
        "year": when.year,
        "names_day": when.names_day,
        "is_until_year_end": when.is_until_year_end,
        "unresolved_session": str(session) if session else None,
    }
    assert {name: answer for name, answer in answers.items() if answer} == asked


@pytest.mark.parametrize("text", ["2037", "2037-05/..", "GA73", "R/P1Y", "TBD"])
def test_every_year_without_day_or_month_raises(text: str) -> None:
    with pytest.raises(ValueError, match="no day or month"):
        When.parse(text).every_year()


@pytest.mark.parametrize(
    ("text", "yearly"),
    [("XXXX-05", "R/--05"), ("2037-05-03", "R/--05-03"), ("XXXX-05-03/XXXX-06-02", "R/--05-03/--06-02")],
)
def test_every_year_drops_the_year(text: str, yearly: str) -> None:
    assert str(When.parse(text).every_year()) == yearly
