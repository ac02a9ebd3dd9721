"""The choice of events in words."""

from datetime import date

import pytest

from app.feeds import FeedOptions
from app.model import Kind
from app.web.pages.filter_form import describe_choice, without_days


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (FeedOptions(), ""),
        (FeedOptions(kinds=(Kind.REPORT,), text="river"), "Report · “river”"),
        (FeedOptions(topics=("nuclear-disarmament",)), "nuclear disarmament"),
        (FeedOptions(start=date(2018, 1, 1), end=date(2018, 12, 31)), "2018"),
        (FeedOptions(start=date(2018, 1, 1), end=date(2019, 12, 31)), "2018–2019"),
        (FeedOptions(start=date(2018, 5, 14)), "14 May 2018"),
    ],
)
def test_describe_choice_joins_what_is_chosen(choice: FeedOptions, words: str) -> None:
    assert describe_choice(choice, "en") == words


def test_without_days_keeps_the_rest_of_the_choice() -> None:
    choice = FeedOptions(kinds=(Kind.REPORT,), start=date(2018, 5, 14), end=date(2018, 5, 16))
    assert without_days(choice) == FeedOptions(kinds=(Kind.REPORT,))
