"""Offsets counted from the end of a mandate."""

from app.model import Kind, Span
from app.model.obligation import Obligation
from app.obligations.anchors import anchored, mandate_ends
from app.obligations.clauses import analyze
from app.obligations.phrase_matcher import phrase_matcher
from app.obligations.time_reference import TimeKind, TimeReference

TEXT = "Requests a report 30 days before the expiry of the mandate"
TIME = TimeReference(18, 44, "expiry-P30D", TimeKind.OFFSET, "offset", "expiry-P30D")


def item(when: str, kind: Kind = Kind.MANDATE) -> Obligation:
    return Obligation("1", kind, when, Span(0, 1), "")


def test_anchored_offset_counts_from_the_known_end() -> None:
    found = anchored(analyze(TEXT, phrase_matcher("en")), [TIME], [item("../2027-06-30")], TEXT)
    assert [one.when for one in found] == ["2027-06-30-P30D"]


def test_anchored_offset_without_a_mandate_stays_open() -> None:
    found = anchored(analyze(TEXT, phrase_matcher("en")), [TIME], [], TEXT)
    assert [one.when for one in found] == ["expiry-P30D"]


def test_mandate_ends_are_last_days_of_what_lasts() -> None:
    items = [item("../2027-06"), item("../2028-02"), item("2027-05-04", Kind.MEETING)]
    assert mandate_ends(items) == ("2027-06-30", "2028-02-29")
    assert mandate_ends([]) == ()
