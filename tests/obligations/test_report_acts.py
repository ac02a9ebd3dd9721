"""Reports to a body at its session."""

import pytest

from app.obligations.report_acts import classify_report_to
from app.obligations.time_reference import TimeKind
from tests.obligations.sample import timed


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Requests him to report to the General Assembly at its ninety-first session;", "report.to-body"),
        ("Requests him to submit lamps to the General Assembly at its ninety-first session;", "report.to-body"),
        ("Requests him to report on lamps of the Human Rights Council at its ninety-first session;", None),
        ("Requests the General Assembly to convene a forum at its ninety-first session;", None),
    ],
)
def test_classify_report_to_asks_for_a_recipient(text: str, rule: str | None) -> None:
    view, time = timed(text, "ninety-first session", "GA91", TimeKind.SESSION, rule="session")
    found = classify_report_to(view, time)
    assert (found.rule if found else None) == rule


def test_classify_report_to_of_a_day_is_none() -> None:
    view, time = timed(
        "Requests him to report to the General Assembly by 3 May 2037;", "3 May 2037", "../2037-05-03", TimeKind.BY
    )
    assert classify_report_to(view, time) is None
