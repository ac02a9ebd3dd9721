"""Values of rules: templates filled with captures, and the shape of a value."""

import pytest

from app.model import TimexType
from app.timex.constructors import Capture
from app.timex.values import RuleValue, fill_templates, shape_of


def day(number: int, month: int, year: int) -> dict[str, Capture]:
    return {"d": Capture("day", number, 0, 2), "m": Capture("month", month, 3, 11), "y": Capture("year", year, 12, 16)}


@pytest.mark.parametrize(
    ("number", "month", "value", "doubt"),
    [(28, 2, "2027-02-28", ""), (30, 2, "2027-02-30", "day.impossible"), (3, 12, "2027-12-03", "")],
)
def test_fill_templates_doubts_an_impossible_day(number: int, month: int, value: str, doubt: str) -> None:
    (found,) = fill_templates(("{y}-{m}-{d}",), day(number, month, 2027), 16)
    assert found == RuleValue(value, 0, 16, doubt)


@pytest.mark.parametrize(
    ("value", "kind", "precision", "session"),
    [
        ("2027-05", TimexType.DATE, "month", False),
        ("2027-05-03", TimexType.DATE, "day", False),
        ("R/P1Y", TimexType.SET, "", False),
        ("P60D", TimexType.DURATION, "", False),
    ],
)
def test_shape_of_a_value_has_type_and_precision(value: str, kind: TimexType, precision: str, session: bool) -> None:
    shape = shape_of(value)
    assert (shape.type, shape.precision, shape.is_session) == (kind, precision, session)


def test_shape_of_a_session_and_of_a_yearless_day() -> None:
    assert (shape_of("session:73").is_session, shape_of("GA73").is_session) == (True, True)
    assert (shape_of("XXXX-09-26").is_yearless, shape_of("2027-09-26").is_yearless) == (True, False)
