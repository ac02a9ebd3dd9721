"""Points of time, sessions and recurrences: their parts, and what is no notation of one."""

from datetime import date

import pytest

from app.model import Anchor, CalendarDate, Duration, Point, Recurrence, SessionName


@pytest.mark.parametrize(
    ("text", "name", "token"),
    [
        ("GA73", SessionName("GA", 73), "GA73"),
        ("GA73/main", SessionName("GA", 73, part="main"), "GA73"),
        ("session:73", SessionName(number=73, prefixed=True), "session:73"),
        ("session:next", SessionName(relative="next", prefixed=True), "session:next"),
        ("current", SessionName(relative="current"), "current"),
        ("ECOSOC2019", SessionName("ECOSOC", 2019), "ECOSOC2019"),
    ],
)
def test_session_name_parse_gives_its_parts(text: str, name: SessionName, token: str) -> None:
    assert (SessionName.parse(text), str(name), name.token) == (name, text, token)


@pytest.mark.parametrize("text", ["", "73", "GA", "GA73/first", "soon", "session:"])
def test_session_name_parse_refuses_other_text(text: str) -> None:
    with pytest.raises(ValueError, match="is no time"):
        SessionName.parse(text)


@pytest.mark.parametrize(
    ("text", "point", "days"),
    [
        ("2018-03", Point(CalendarDate(2018, 3)), (date(2018, 3, 1), date(2018, 3, 31))),
        ("adoption+P60D", Point(Anchor.ADOPTION, Duration(days=60)), (None, None)),
        ("GA73-P6W", Point(SessionName("GA", 73), Duration(weeks=6), -1), (None, None)),
        (
            "2019-07-01+P3Y",
            Point(CalendarDate(2019, 7, 1), Duration(years=3)),
            (date(2019, 7, 1), date(2022, 6, 30)),
        ),
        (
            "2019-07-01-P3D",
            Point(CalendarDate(2019, 7, 1), Duration(days=3), -1),
            (date(2019, 6, 28), date(2019, 6, 28)),
        ),
        ("2019-07-01-P3WD", Point(CalendarDate(2019, 7, 1), Duration(working_days=3), -1), (None, None)),
        ("XXXX-09-26", Point(CalendarDate(None, 9, 26)), (None, None)),
    ],
)
def test_point_parse_gives_base_shift_and_days(text: str, point: Point, days: tuple[date | None, date | None]) -> None:
    assert (Point.parse(text), str(point), point.days) == (point, text, days)


@pytest.mark.parametrize("text", ["", "adoption+", "adoption+60", "+P3D", "2018-02-30", "TBD"])
def test_point_parse_refuses_other_text(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Point.parse(text)


def test_point_beside_a_period_is_the_day_next_to_it() -> None:
    period = Point.parse("2019-07-01+P3Y")
    assert period.is_period
    assert [str(period.beside(sign)) for sign in (1, -1)] == ["2022-07-01", "2019-06-30"]
    assert (str(period.last_day), period.calendar_date) == ("2022-06-30", None)


@pytest.mark.parametrize(
    ("rule", "recurrence"),
    [
        ("P1Y", Recurrence(every=Duration(years=1))),
        ("session", Recurrence(each_session=True)),
        ("FREQ=YEARLY;BYMONTH=5", Recurrence(rule="FREQ=YEARLY;BYMONTH=5")),
        ("--09-26", Recurrence(yearly=(CalendarDate(None, 9, 26), CalendarDate(None, 9, 26)))),
        ("--07/--12", Recurrence(yearly=(CalendarDate(None, 7), CalendarDate(None, 12)))),
    ],
)
def test_recurrence_parse_and_notation_are_inverse(rule: str, recurrence: Recurrence) -> None:
    assert (Recurrence.parse(rule), recurrence.notation, str(recurrence)) == (recurrence, rule, f"R/{rule}")


@pytest.mark.parametrize("rule", ["", "yearly", "--13", "--02-30", "P", "09-26"])
def test_recurrence_parse_refuses_other_text(rule: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Recurrence.parse(rule)
