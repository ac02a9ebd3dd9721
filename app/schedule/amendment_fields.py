"""Amendments and proposals of them as blocks of a schedule file, read and written."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.errors import message
from app.model import Action, Amendment, Proposal, Symbol
from app.schedule.day_bounds import read_when
from app.schedule.fields import confidence_of, filled, ordered, strings_of, text_of, texts_of
from app.yaml_document import Node

_AMENDMENT: Final = ("target", "action", "when", "paragraph", "note", "evidence")
_PROPOSAL: Final = (*_AMENDMENT[:4], "stands", "because", "quote", "arithmetic", "covers", "confidence", "status")


def read_amendment(node: Node, symbol: Symbol, adopted: date) -> Amendment:
    """Return the amendment of a block.

    ``symbol`` is the instrument that decided it, ``adopted`` the day.
    Raises ScheduleError for an unknown key or action, a day outside the bounds, and "held" without evidence.

    >>> from app.documents import parse_symbol
    >>> block = Node.parse("{target: A-RES-72-251.5.meeting.1, action: cancel}", "a.yaml")
    >>> read_amendment(block, parse_symbol("A/RES/73/65"), date(2018, 12, 5)).action.value
    'cancel'
    """
    fields = node.mapping(_AMENDMENT, needed=("target", "action"))
    if fields["action"].one_of(Action) is Action.HOLD and not strings_of(fields, "evidence"):
        raise node.fail(message('the status "held" requires evidence'), message("name the record under evidence:"))
    return Amendment(
        target=fields["target"].text(),
        action=fields["action"].one_of(Action),
        instrument=symbol.text,
        decided=adopted,
        when=read_when(fields["when"]) or None if "when" in fields else None,
        paragraph=text_of(fields, "paragraph") or None,
        note=text_of(fields, "note"),
        evidence=strings_of(fields, "evidence"),
    )


def read_proposal(node: Node, symbol: Symbol, adopted: date) -> Proposal:
    """Return the proposed amendment of a block of ``symbol``. Raises ScheduleError.

    >>> from app.documents import parse_symbol
    >>> block = Node.parse("{target: A-RES-72-251.5.meeting.1, action: cancel, status: rejected}", "a.yaml")
    >>> read_proposal(block, parse_symbol("A/RES/73/65"), date(2018, 12, 5)).rejected
    True
    """
    fields = node.mapping(_PROPOSAL, needed=("target", "action", "status"))
    status = fields["status"].text()
    if status not in ("proposed", "rejected"):
        raise fields["status"].fail(
            message("unexpected value {value}", value=repr(status)), message("use one of proposed, rejected")
        )
    return Proposal(
        Amendment(
            target=fields["target"].text(),
            action=fields["action"].one_of(Action),
            instrument=symbol.text,
            decided=adopted,
            when=read_when(fields["when"]) or None if "when" in fields else None,
            paragraph=text_of(fields, "paragraph") or None,
        ),
        stands=text_of(fields, "stands"),
        because=strings_of(fields, "because"),
        quote=texts_of(fields, "quote"),
        arithmetic=text_of(fields, "arithmetic"),
        covers=strings_of(fields, "covers"),
        confidence=confidence_of(fields),
        rejected=status == "rejected",
    )


def write_amendment(amendment: Amendment) -> dict[str, object]:
    """Return the block of an amendment, without empty fields.

    >>> write_amendment(
    ...     Amendment("A-RES-72-251.5.meeting.1", Action.MOVE, "A/RES/73/65", date(2018, 12, 5), "2019-05-14")
    ... )
    {'target': 'A-RES-72-251.5.meeting.1', 'action': 'move', 'when': '2019-05-14'}
    """
    return filled(
        target=amendment.target,
        action=amendment.action.value,
        when=amendment.when,
        paragraph=amendment.paragraph,
        note=amendment.note,
        evidence=list(amendment.evidence),
    )


def write_proposal(proposal: Proposal) -> dict[str, object]:
    """Return the block of a proposed amendment, without empty fields.

    >>> amendment = Amendment("A-RES-72-251.5.meeting.1", Action.CANCEL, "A/RES/73/65", date(2018, 12, 5))
    >>> write_proposal(Proposal(amendment, "GA73", ("date",)))["stands"]
    'GA73'
    """
    return filled(
        target=proposal.amendment.target,
        action=proposal.amendment.action.value,
        when=proposal.amendment.when,
        paragraph=proposal.amendment.paragraph,
        stands=proposal.stands,
        because=list(proposal.because),
        quote=ordered(proposal.quote, str),
        arithmetic=proposal.arithmetic,
        covers=list(proposal.covers),
        confidence="" if proposal.confidence == "high" else proposal.confidence,
        status="rejected" if proposal.rejected else "proposed",
    )
