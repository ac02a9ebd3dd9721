"""Amendments and proposed ones as blocks of a schedule file."""

from datetime import date

import pytest

from app.errors import ScheduleError
from app.model import Action, Amendment, Proposal, Symbol
from app.schedule.amendment_fields import read_amendment, read_proposal, write_amendment, write_proposal
from app.yaml_document import Node, dump

SYMBOL = Symbol("A/DEC/90/501", "general-assembly", 90)
DAY = date(2036, 1, 9)
MOVE = Amendment("A-RES-90-7.3.meeting.1", Action.MOVE, SYMBOL.text, DAY, "2036-07-01", paragraph="2", note="later")


def test_amendment_written_is_read_again() -> None:
    held = Amendment(MOVE.target, Action.HOLD, SYMBOL.text, DAY, evidence=("A/90/PV.5",))
    for amendment in (MOVE, held):
        assert read_amendment(Node.parse(dump(write_amendment(amendment)), "a.yaml"), SYMBOL, DAY) == amendment


@pytest.mark.parametrize("rejected", [True, False])
def test_proposal_written_is_read_again(rejected: bool) -> None:
    plain = Amendment(MOVE.target, Action.MOVE, SYMBOL.text, DAY, "2036-07-01", paragraph="2")
    proposal = Proposal(plain, "2036-06-02", ("date", "symbol"), {"en": "to move"}, "why", ("u",), "low", rejected)
    assert read_proposal(Node.parse(dump(write_proposal(proposal)), "a.yaml"), SYMBOL, DAY) == proposal


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{target: x}", "the key 'action' is missing"),
        ("{target: x, action: stop}", "unexpected value 'stop'"),
        ("{target: x, action: hold}", 'the status "held" requires evidence'),
        ("{target: x, action: cancel, why: y}", "unknown key 'why'"),
    ],
)
def test_amendment_of_another_form_is_refused(text: str, what: str) -> None:
    with pytest.raises(ScheduleError, match=what):
        read_amendment(Node.parse(text, "a.yaml"), SYMBOL, DAY)


def test_proposal_of_another_status_is_refused() -> None:
    with pytest.raises(ScheduleError, match="unexpected value 'confirmed'"):
        read_proposal(Node.parse("{target: x, action: cancel, status: confirmed}", "a.yaml"), SYMBOL, DAY)
