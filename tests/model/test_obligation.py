"""What a paragraph asks: time expressions as times, and words that are names."""

import pytest

from app.model import Relation, Span, TemporalExpression, TimexType, Unread, When


def expression(value: str, modifier: str = "") -> TemporalExpression:
    return TemporalExpression(0, 4, "2018", TimexType.DATE, value, "year", modifier)


def test_expression_has_its_value_and_relation() -> None:
    found = expression("2018", "by")
    assert (found.when, found.relation) == (When.parse("2018"), Relation.BY)


def test_expression_of_an_impossible_day_has_no_time() -> None:
    assert expression("2018-02-30").when is None


def test_expression_of_an_unknown_modifier_raises() -> None:
    with pytest.raises(ValueError, match="sideways"):
        _ = expression("2018", "sideways").relation


@pytest.mark.parametrize(
    ("reason", "is_name"),
    [("year.in-a-name", True), ("repeat.in-a-name", True), ("day.impossible", False), ("", False)],
)
def test_unread_words_of_a_name_are_no_time(reason: str, is_name: bool) -> None:
    assert Unread("1", Span(0, 4), "2030", "2030", reason).is_name is is_name
