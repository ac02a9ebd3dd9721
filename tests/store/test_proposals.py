"""Proposals: one for a document, listed by state, with the decisions on their items."""

from dataclasses import replace
from datetime import UTC, datetime

from app.store import Draft, Store, Upload

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
UPLOAD = Upload("aa", "a.txt", "en", "A/RES/72/900", None, b"Decides")
DRAFT = Draft("aa", "A-RES-72-900", "A/RES/72/900", "en", 2, "{}", "Decides")


def test_add_of_a_document_twice_keeps_the_first_proposal(store: Store) -> None:
    document, _ = store.documents.add(UPLOAD, NOON, None)
    number = store.proposals.add(DRAFT, NOON)
    assert store.proposals.add(replace(DRAFT, schedule="[]"), NOON) == number
    found = store.proposals.get(number)
    assert found is not None
    assert (found.document, found.state, found.items, found.schedule, found.text) == (
        document,
        "proposed",
        2,
        "{}",
        "Decides",
    )
    assert (store.proposals.of_document(document), store.proposals.of_document(99)) == (number, None)


def test_add_many_counts_new_proposals(store: Store) -> None:
    uploads = [UPLOAD, replace(UPLOAD, digest="bb")]
    drafts = [DRAFT, replace(DRAFT, digest="bb")]
    assert [store.proposals.add_many(uploads, drafts, NOON) for _ in range(2)] == [2, 0]
    assert store.documents.known(["aa", "bb", "cc"]) == {"aa", "bb"}


def test_list_of_a_state_or_instrument_comes_in_pages(store: Store) -> None:
    uploads = [replace(UPLOAD, digest=str(turn)) for turn in range(3)]
    drafts = [replace(DRAFT, digest=str(turn), slug=f"A-RES-72-90{turn}") for turn in range(3)]
    store.proposals.add_many(uploads, drafts, NOON)
    first = store.proposals.list(state="proposed", limit=2)
    rest = store.proposals.list(state="proposed", limit=2, cursor=first.next)
    assert [item.slug for item in (*first.items, *rest.items)] == ["A-RES-72-902", "A-RES-72-901", "A-RES-72-900"]
    assert [item.slug for item in store.proposals.list(slug="A-RES-72-901").items] == ["A-RES-72-901"]
    assert store.proposals.list(state="published").items == ()


def test_proposal_that_is_unknown_has_nothing(store: Store) -> None:
    assert (store.proposals.get(7), store.proposals.decisions(7), store.proposals.publications()) == (None, (), ())
