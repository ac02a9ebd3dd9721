"""What the readers of a paragraph's times share."""

import pytest

from app.model import TemporalExpression, TimexType
from app.obligations.time_context import session_of
from tests.obligations.sample import resolved


@pytest.mark.parametrize(
    ("value", "session"),
    [("session:73", "session:73"), ("session:next", "session:next"), ("GA73", None), ("2037", None)],
)
def test_session_of_an_expression(value: str, session: str | None) -> None:
    found = session_of(TemporalExpression(0, 4, "text", TimexType.DATE, value, "rule"))
    assert (str(found) if found else None) == session


@pytest.mark.parametrize(
    ("text", "follows"),
    [
        ("within 30 days of the adoption of this resolution", True),
        ("within 30 days, and the adoption of this resolution", False),
        ("within 30 days of the work that somebody else may have done before the adoption of this resolution", False),
    ],
)
def test_follows_cue_soon_and_without_comma(text: str, follows: bool) -> None:
    context = resolved(text)
    assert context.follows_cue("adoption", text.index("days") + 4) is follows
