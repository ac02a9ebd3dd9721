"""Sessions as times."""

import pytest

from tests.obligations.sample import resolved


@pytest.mark.parametrize(
    ("text", "times", "rejected"),
    [
        ("Requests a report at its ninety-first session;", [("GA91", "session")], []),
        ("Requests a report at its next session;", [("GA91", "session")], []),
        ("Requests a report by its ninety-first session;", [("../GA91", "session")], []),
        ("Requests a report from its ninety-first session;", [("GA91/..", "session")], []),
        ("Recalls the report of its eightieth session;", [], ["time.cited"]),
        ("Requests the Economic and Social Council to meet at its 2036 session;", [("ECOSOC2036", "session")], []),
        ("Requests the Economic and Social Council at its 2034 session;", [], ["session.past"]),
    ],
)
def test_session_becomes_time_of_its_body(text: str, times: list[tuple[str, str]], rejected: list[str]) -> None:
    context = resolved(text)
    assert [(time.when, time.shape.value) for time in context.times] == times
    assert [misread.reason for misread in context.misread] == rejected
