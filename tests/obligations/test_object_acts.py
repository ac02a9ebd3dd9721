"""What the object of a generic verb makes of the act."""

import pytest

from app.obligations.object_acts import act_of_object
from app.obligations.time_reference import TimeKind
from tests.obligations.sample import timed


@pytest.mark.parametrize(
    ("text", "verb", "act"),
    [
        ("Decides to hold its review by 3 May 2037;", "hold", ("review", "the-review")),
        ("Decides that its meeting be held by 3 May 2037;", "hold", ("meeting", "hold")),
        ("Requests him to complete the lamps by 3 May 2037;", "complete", ("deadline", "complete")),
    ],
)
def test_act_of_object_of_generic_verb(text: str, verb: str, act: tuple[str, str]) -> None:
    view, time = timed(text, "3 May 2037", "../2037-05-03", TimeKind.BY)
    mention = next(m for m in view.mentions if m.key("actions") == verb)
    kind, action = act_of_object(view, mention, time)
    assert (kind.value, action) == act
