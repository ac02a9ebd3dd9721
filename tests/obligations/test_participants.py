"""Bearers, addressees and places of an item."""

import pytest

from app.model import Kind
from app.obligations.clauses import analyze
from app.obligations.participants import addressees, bearer, is_addressed, place, who
from app.obligations.phrase_matcher import PhraseMatch, phrase_matcher
from app.obligations.session_reference import BodyContext
from app.obligations.time_reference import TimeKind, TimeReference

NAMED = BodyContext("general-assembly", phrase_matcher("en"))


def test_who_of_an_actor_or_body_is_its_slug() -> None:
    matches = [
        PhraseMatch(0, 5, ((section, slug),))
        for section, slug in (("actors", "secretary-general"), ("bodies", "human-rights-council"))
    ]
    assert [who(match, NAMED) for match in matches] == ["secretary-general", "human-rights-council"]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Requests the Secretary-General to report by 3 May 2037", "secretary-general"),
        ("Decides to meet on 3 May 2037", "general-assembly"),
        ("Welcomes the report of the Secretary-General of 3 May 2037", None),
    ],
)
def test_bearer_is_who_is_asked_or_who_decides(text: str, slug: str | None) -> None:
    view = analyze(text, phrase_matcher("en"))
    assert bearer(view, view.clause(0), NAMED) == slug


def test_is_addressed_of_the_recipient_alone() -> None:
    view = analyze("Requests the Secretary-General to report to the Human Rights Council", phrase_matcher("en"))
    named = [mention for mention in view.mentions if mention.key("actors") or mention.key("bodies")]
    assert [is_addressed(view, mention) for mention in named] == [False, True]


def test_addressees_with_a_session_of_their_own_are_left_out() -> None:
    view = analyze("to report to the Human Rights Council by 3 May 2037", phrase_matcher("en"))
    time = TimeReference(38, 51, "../2037-05-03", TimeKind.BY, "date", "2037-05-03")
    own = TimeReference(13, 37, "HRC90", TimeKind.SESSION, "session", "HRC90", "human-rights-council")
    given = [addressees(view, view.clause(0), NAMED, time, others) for others in ([time], [time, own])]
    assert given == [("human-rights-council",), ()]


def test_place_only_of_a_meeting() -> None:
    view = analyze("Decides to hold the conference in Geneva", phrase_matcher("en"))
    assert [place(view, view.clause(0), kind) for kind in (Kind.MEETING, Kind.REPORT)] == ["geneva", None]
