"""The times of a whole paragraph."""

import pytest

from tests.obligations.sample import resolved


@pytest.mark.parametrize(
    ("text", "times", "rejected"),
    [
        (
            "Requests reports by 4 July 2036 and 3 January 2037;",
            [("../2036-07-04", "by"), ("../2037-01-03", "by")],
            [],
        ),
        (
            "Requests a report, from its ninety-second session on, on the lamps on a yearly basis;",
            [("GA92;R/P1Y", "repeat")],
            [],
        ),
        ("Recalls its eighty-first session, held in Paris on 1 May 2026;", [], ["session.past", "time.past"]),
    ],
)
def test_times_of_a_paragraph(text: str, times: list[tuple[str, str]], rejected: list[str]) -> None:
    context = resolved(text)
    assert [(time.when, time.shape.value) for time in context.times] == times
    assert [misread.reason for misread in context.misread] == rejected
