"""Times that move or replace one another."""

from app.obligations.attachment import Attachments, attach
from app.obligations.clauses import analyze
from app.obligations.phrase_matcher import phrase_matcher
from app.obligations.structure import structure_scanner
from app.obligations.time_reference import TimeKind, TimeReference


def attached(text: str, *words: str) -> Attachments:
    """Return the attachments of the times that ``words`` name in ``text``."""
    times = [
        TimeReference(text.index(word), text.index(word) + len(word), "2027", TimeKind.DATE, "", "2027")
        for word in words
    ]
    return attach(analyze(text, phrase_matcher("en")), times, structure_scanner("en").scan(text))


def test_attach_postponed_time_is_replaced_by_the_new() -> None:
    found = attached("Decides to postpone the meeting from 3 May 2027 to 10 May 2027", "3 May 2027", "10 May 2027")
    assert [found.link(time) for time in found.times] == ["replaced", "moved"]


def test_attach_not_on_one_day_but_another_replaces_it() -> None:
    found = attached("Decides to meet not on 3 May 2027 but on 10 June 2027", "3 May 2027", "10 June 2027")
    assert found.link(found.times[0]) == "replaced"
    assert found.link(found.times[1]) != "replaced"


def test_attach_independent_times_keep_no_such_link() -> None:
    found = attached("Decides to meet on 3 May 2027 and on 10 June 2027", "3 May 2027", "10 June 2027")
    assert {found.link(time) for time in found.times}.isdisjoint({"replaced", "moved"})
