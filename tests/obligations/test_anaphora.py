"""Times that refer back to another: "the same date", and a frequency with its first time."""

from app.obligations.anaphora import first_occurrences, referred
from app.obligations.clauses import analyze
from app.obligations.phrase_matcher import phrase_matcher
from app.obligations.structure import Marker, structure_scanner
from app.obligations.time_reference import TimeKind, TimeReference

DAY = TimeReference(19, 29, "2027-05-04", TimeKind.DATE, "date", "2027-05-04")
EVERY = TimeReference(0, 13, "R/P60D", TimeKind.REPEAT, "repeat", "R/P60D")
FIRST = TimeReference(25, 51, "adoption+P30D", TimeKind.OFFSET, "offset", "adoption+P30D")


def found(text: str, times: list[TimeReference]) -> list[tuple[str, str]]:
    """Return the times that ``text`` refers to, each with its words."""
    again = referred(analyze(text, phrase_matcher("en")), times, structure_scanner("en").scan(text))
    return [(time.when, text[time.start : time.end]) for time in again]


def test_referred_same_date_is_the_day_before_it() -> None:
    text = "Decides to meet on 4 May 2027 and to consider the report on the same date"
    assert found(text, [DAY]) == [("2027-05-04", "the same date")]


def test_referred_without_a_time_before_it_is_nothing() -> None:
    assert found("Decides to consider the report on the same date", []) == []


def test_referred_time_of_another_kind_is_not_taken() -> None:
    session = TimeReference(19, 29, "GA91", TimeKind.SESSION, "session", "GA91")
    assert found("Decides to meet at its session  and to consider the report on the same date", [session]) == []


def test_first_occurrences_joins_frequency_and_first_time() -> None:
    joined = first_occurrences([EVERY, FIRST], [Marker(15, 24, "first-time")])
    assert [time.when for time in joined] == ["adoption+P30D;R/P60D"]


def test_first_occurrences_without_marker_keeps_both() -> None:
    assert first_occurrences([EVERY, FIRST], []) == [EVERY, FIRST]
