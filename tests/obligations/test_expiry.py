"""The end of a mandate as a time."""

from app.obligations.clauses import analyze
from app.obligations.expiry import expiries
from app.obligations.phrase_matcher import phrase_matcher
from app.obligations.time_reference import TimeKind, TimeReference

TEXT = "Requests a report before the expiry of the mandate"
VIEW = analyze(TEXT, phrase_matcher("en"))


def test_expiries_of_one_known_end_is_its_day() -> None:
    assert [(time.when, time.shape) for time in expiries(VIEW, [], ["2037-05-03"])] == [("../2037-05-03", TimeKind.BY)]


def test_expiries_of_two_ends_stays_open_between_them() -> None:
    (time,) = expiries(VIEW, [], ["2037-05-03", "2038-05-03"])
    assert (time.when, time.alternatives) == ("../expiry", ("../2037-05-03", "../2038-05-03"))


def test_expiries_counted_from_by_an_offset_is_no_time() -> None:
    text = "Requests a report 30 days before the expiry of the mandate"
    offset = TimeReference(18, 44, "expiry-P30D", TimeKind.OFFSET, "offset", "expiry-P30D")
    assert expiries(analyze(text, phrase_matcher("en")), [offset], ["2037-05-03"]) == []


def test_expiries_of_other_words_is_nothing() -> None:
    assert expiries(analyze("Requests a report by May", phrase_matcher("en")), [], ["2037-05-03"]) == []
