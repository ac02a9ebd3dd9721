"""Options of the command line as values: days, moments and symbols."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from app.cli.parsing import day_of, moment_of, symbol_of
from app.errors import UsageError
from app.model import Symbol


def test_day_of_a_date_is_that_day() -> None:
    assert (day_of("2028-02-29", "--as-of"), day_of(None, "--as-of")) == (date(2028, 2, 29), None)


@pytest.mark.parametrize("text", ["", "24.12.2017", "2018-02-30", "tomorrow"])
def test_day_of_other_text_names_the_option(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        day_of(text, "--as-of")
    assert str(caught.value) == f"invalid date {text!r}: --as-of: write it as 2018-04-01"


def test_moment_of_a_timestamp_is_utc_by_default() -> None:
    east = timezone(timedelta(hours=2))
    assert [
        moment_of(text, "--at") for text in ("2018-04-01T12:00", "2018-04-01T12:00Z", "2018-04-01T14:00+02:00")
    ] == [
        datetime(2018, 4, 1, 12, tzinfo=UTC),
        datetime(2018, 4, 1, 12, tzinfo=UTC),
        datetime(2018, 4, 1, 14, tzinfo=east),
    ]
    assert moment_of(None, "--at") is None


def test_moment_of_other_text_names_the_option() -> None:
    with pytest.raises(UsageError) as caught:
        moment_of("noon", "--known-at")
    assert str(caught.value) == "invalid timestamp 'noon': --known-at: write it as 2018-04-01T12:00:00Z"


def test_symbol_of_a_symbol_has_its_body_and_session() -> None:
    assert symbol_of("a/res/72/251") == Symbol("A/RES/72/251", "general-assembly", 72)
    assert symbol_of(None) is None


def test_symbol_of_other_text_names_the_option() -> None:
    with pytest.raises(UsageError) as caught:
        symbol_of("nonsense", "--of")
    assert caught.value.where == "--of"
    assert caught.value.exit_code == 2
