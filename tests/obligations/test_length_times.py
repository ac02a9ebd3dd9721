"""Lengths of time and frequencies as times."""

import pytest

from tests.obligations.sample import resolved


@pytest.mark.parametrize(
    ("text", "times", "rejected"),
    [
        ("Requests a report within sixty days;", [("adoption+P60D", "offset")], []),
        ("Decides to extend the mandate for a period of one year;", [("adoption+P1Y", "length")], []),
        ("Notes the work of the last ten years;", [], ["length.mentioned"]),
        ("Requests a report every two years;", [("R/P2Y", "repeat")], []),
        ("Requests a report thirty days before the expiry of the mandate;", [("expiry-P30D", "offset")], []),
    ],
)
def test_length_counts_from_its_anchor(text: str, times: list[tuple[str, str]], rejected: list[str]) -> None:
    context = resolved(text)
    assert [(time.when, time.shape.value) for time in context.times] == times
    assert [misread.reason for misread in context.misread] == rejected
