"""Days, months, years and spans as times."""

import pytest

from tests.obligations.sample import resolved


@pytest.mark.parametrize(
    ("text", "times", "rejected"),
    [
        ("Requests a report by 30 June 2036;", [("../2036-06-30", "by")], []),
        ("Requests a report before 31 May 2036;", [("../2036-05-31", "by")], []),
        ("Requests a report before May 2036;", [("../2036-04-30", "by")], []),
        ("Decides that it begins after 31 May 2036;", [("2036-06-01/..", "from")], []),
        ("Decides to meet on 3 May 2036;", [("2036-05-03", "date")], []),
        ("Recalls the meeting of 3 May 2034;", [], ["time.past"]),
        ("Decides to observe 26 September;", [("R/--09-26", "yearly")], []),
        ("Requests a report from 1 to 3 February;", [("R/--02-01/--02-03", "yearly")], []),
    ],
)
def test_date_becomes_time_of_its_relation(text: str, times: list[tuple[str, str]], rejected: list[str]) -> None:
    context = resolved(text)
    assert [(time.when, time.shape.value) for time in context.times] == times
    assert [misread.reason for misread in context.misread] == rejected
