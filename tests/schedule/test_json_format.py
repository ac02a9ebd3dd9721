"""Schedules as JSON: the answers of the command line and of the API."""

from dataclasses import replace
from datetime import date

from app.model import (
    Action,
    Amendment,
    DocumentWarning,
    Proposal,
    Schedule,
    Span,
    Symbol,
    Unread,
    WarningCode,
)
from app.schedule.json_format import plain_proposal, plain_schedule, plain_unread, plain_warning, unread_of

SCHEDULE = Schedule(Symbol("A/RES/90/7", "general-assembly", 90), date(2035, 10, 3), title={"en": "Rivers"})
VAGUE = Unread("4", Span(10, 25), "in due course", "", "vague")


def test_plain_schedule_names_instrument_and_items() -> None:
    plain = plain_schedule(replace(SCHEDULE, unread={"en": (VAGUE,)}), "en")
    assert {key: plain[key] for key in ("symbol", "lang", "adopted", "title", "warnings", "items")} == {
        "symbol": "A/RES/90/7",
        "lang": "en",
        "adopted": "2035-10-03",
        "title": {"en": "Rivers"},
        "warnings": [],
        "items": [],
    }


def test_unread_times_of_all_languages_are_listed() -> None:
    other = replace(VAGUE, quote="en temps voulu")
    assert unread_of(replace(SCHEDULE, unread={"en": (VAGUE,), "fr": (other,)})) == [VAGUE, other]
    assert plain_unread(VAGUE) == {
        "paragraph": "4",
        "span": [10, 25],
        "quote": "in due course",
        "value": "",
        "reason": "vague",
    }


def test_plain_proposal_is_proposed_or_rejected() -> None:
    amendment = Amendment("A-RES-90-7.3.meeting.1", Action.CANCEL, "A/DEC/90/501", date(2036, 1, 9))
    proposal = Proposal(amendment, "2036-06-02", ("date",))
    plain = plain_proposal(proposal)
    assert (plain["target"], plain["action"], plain["stands"], plain["because"], plain["status"]) == (
        "A-RES-90-7.3.meeting.1",
        "cancel",
        "2036-06-02",
        ["date"],
        "proposed",
    )
    assert plain_proposal(replace(proposal, rejected=True))["status"] == "rejected"


def test_plain_warning_has_code_detail_and_sentence() -> None:
    assert plain_warning(DocumentWarning(WarningCode.WORD_ORDER, "3"), "en") == {
        "code": "word-order",
        "detail": "3",
        "text": "letters in reverse were put right by their places on the page; pages: 3",
    }
