"""The nearest action of a clause."""

import pytest

from app.obligations.time_reference import TimeKind
from app.obligations.verb_acts import classify_nearest_verb
from tests.obligations.sample import timed


@pytest.mark.parametrize(
    ("text", "kind", "act"),
    [
        ("Requests him to submit lamps, and to convene a forum by 3 May 2037;", TimeKind.BY, ("meeting", "convene")),
        ("Requests the keepers to designate, by 3 May 2037, focal points;", TimeKind.BY, ("deadline", "act")),
        ("Requests him to establish a secretariat by 3 May 2037;", TimeKind.BY, ("deadline", "establish")),
        ("Decides that the ceiling is 500 from 3 May 2037;", TimeKind.FROM, ("mandate", "")),
        ("Lamps by 3 May 2037;", TimeKind.BY, None),
    ],
)
def test_classify_nearest_verb_of_a_clause(text: str, kind: TimeKind, act: tuple[str, str] | None) -> None:
    view, time = timed(text, "3 May 2037", "../2037-05-03" if kind is TimeKind.BY else "2037-05-03/..", kind)
    found = classify_nearest_verb(view, time, [time])
    assert ((found.kind.value, found.action) if found else None) == act
