from dataclasses import replace
from datetime import date

from app.model import Certainty, Event, Kind, Review, ReviewStatus, Schedule, Span, Symbol
from app.schedule.review import Difference, compare, merge, published

SYMBOL = Symbol("A/RES/90/1", "general-assembly", session=90)


def event(uid: str, when: str, **changes: object) -> Event:
    base = Event(
        uid=f"A-RES-90-1.{uid}",
        kind=Kind.DEADLINE,
        when=when,
        certainty=Certainty.DECIDED,
        instrument="A/RES/90/1",
        decided=date(2035, 10, 1),
        quote={"en": "by then"},
        span={"en": Span(1, 8)},
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # a test's shorthand


def schedule(*events: Event, **changes: object) -> Schedule:
    base = Schedule(symbol=SYMBOL, adopted=date(2035, 10, 1), sources={"en": "a.en.txt"}, events=events)
    return replace(base, **changes)  # type: ignore[arg-type]  # a test's shorthand


REVIEW = Review(ReviewStatus.CORRECTED, "m.k.", date(2035, 11, 2))


def test_the_same_derivation_differs_in_nothing() -> None:
    assert compare(schedule(event("1", "2036")), schedule(event("1", "2036"))) == []


def test_a_difference_names_item_field_and_both_values() -> None:
    found = compare(schedule(event("1", "2036"), event("2", "2037")), schedule(event("1", "2038"), event("3", "TBD")))
    assert found == [
        Difference("A-RES-90-1.1", "when", "2036", "2038", explained=False),
        Difference("A-RES-90-1.2", "", "2037", "", explained=False),
        Difference("A-RES-90-1.3", "", "", "TBD", explained=False),
    ]
    assert found[0].line() == "A-RES-90-1.1 when: the file has 2036, derived 2038"
    assert found[1].line() == "A-RES-90-1.2: the file has 2037, derived nothing"


def test_compare_explains_corrected_fields_only() -> None:
    stored = schedule(event("1", "2036"), reviews={"A-RES-90-1.1": replace(REVIEW, was={"when": "2038"})})
    assert compare(stored, schedule(event("1", "2038"))) == [
        Difference("A-RES-90-1.1", "when", "2036", "2038", explained=True)
    ]
    assert compare(stored, schedule(event("1", "2039"))) == [
        Difference("A-RES-90-1.1", "when", "2036", "2039", explained=False)
    ]


def test_merge_keeps_reviewed_items_and_fills_was() -> None:
    stored = schedule(event("1", "2036"), reviews={"A-RES-90-1.1": REVIEW})
    merged, differences = merge(stored, schedule(event("1", "2038")))
    assert merged == replace(stored, reviews={"A-RES-90-1.1": replace(REVIEW, was={"when": "2038"})})
    assert differences == [Difference("A-RES-90-1.1", "when", "2036", "2038", explained=False)]


def test_merge_updates_unreviewed_items_and_keeps_additions() -> None:
    added = event("1", "2036", note="see the table", title={"fr": "Échéance"}, subject={"fr": "marées"})
    merged, _ = merge(schedule(added), schedule(event("1", "2038", subject={"en": "tides"})))
    assert merged.events == (
        event("1", "2038", note="see the table", title={"fr": "Échéance"}, subject={"fr": "marées", "en": "tides"}),
    )


def test_items_that_are_gone_go_unless_they_were_reviewed() -> None:
    by_hand = event("9", "2040")
    stored = schedule(event("1", "2036"), event("2", "2037"), by_hand, reviews={"A-RES-90-1.9": REVIEW})
    merged, differences = merge(stored, schedule(event("1", "2036")))
    assert merged.events == (event("1", "2036"), by_hand)
    assert differences == [
        Difference("A-RES-90-1.2", "", "2037", "", explained=False),
        Difference("A-RES-90-1.9", "", "2040", "", explained=True),
    ]


def test_compare_ignores_languages_without_a_text() -> None:
    stored = schedule(event("1", "2036", subject={"fr": "marées"}))
    assert compare(stored, schedule(event("1", "2036"))) == []


def test_a_rejected_item_stays_in_the_file_and_is_not_published() -> None:
    rejected = Review(ReviewStatus.REJECTED, "m.k.", date(2035, 11, 2))
    stored = schedule(event("1", "2036"), event("2", "2037"), reviews={"A-RES-90-1.2": rejected})
    merged, _ = merge(stored, schedule(event("1", "2036"), event("2", "2037")))
    assert merged == stored
    assert published(stored).events == (event("1", "2036"),)
