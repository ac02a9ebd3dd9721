"""Single expressions, each by the reader of its sort."""

import pytest

from tests.obligations.sample import resolved


@pytest.mark.parametrize(
    ("text", "times", "rejected"),
    [
        ("Decides to meet on a date to be decided;", [("TBD", "open")], []),
        ("Requests a report by 31 June 2036;", [], ["day.impossible"]),
        ("Decides to meet on 3 May 2036;", [("2036-05-03", "date")], []),
        ("Requests a report every year;", [("R/P1Y", "repeat")], []),
    ],
)
def test_expression_is_read_by_its_sort(text: str, times: list[tuple[str, str]], rejected: list[str]) -> None:
    context = resolved(text)
    assert [(time.when, time.shape.value) for time in context.times] == times
    assert [misread.reason for misread in context.misread] == rejected
