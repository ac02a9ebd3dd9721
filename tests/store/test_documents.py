"""Documents that were sent in: the same upload is one document."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from app.store import Document, Store, Token, Upload

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
UPLOAD = Upload("aa", "a.txt", "en", "A/RES/72/900", date(2017, 12, 24), b"Decides\0")
TOKEN = Token("0123456789ab", "reviewer", frozenset({"derive"}), NOON)


def test_add_of_the_same_upload_twice_is_one_document(store: Store) -> None:
    number, fresh = store.documents.add(UPLOAD, NOON, TOKEN)
    again = store.documents.add(UPLOAD, NOON + timedelta(1), None)
    assert (fresh, again) == (True, (number, False))
    kept = store.documents.document(number)
    assert kept == Document("aa", "a.txt", "en", "A/RES/72/900", date(2017, 12, 24), b"Decides\0", number, NOON)
    (line,) = store.audit.entries().items
    assert (line.token, line.action, line.target, line.detail) == (TOKEN.id, "document.add", "aa", {"name": "a.txt"})


def test_keep_of_many_gives_the_numbers_of_known_ones_too(store: Store) -> None:
    first, _ = store.documents.add(UPLOAD, NOON, None)
    other = replace(UPLOAD, digest="bb", name="n" * 300)
    numbers = store.documents.keep([other, UPLOAD], NOON)
    assert (len(numbers), numbers[0]) == (2, first)
    assert [item.name for item in store.documents.documents([*numbers[::-1], 999])] == ["a.txt", "n" * 200]
    assert store.documents.keep([], NOON) == []


def test_document_that_is_unknown_is_none(store: Store) -> None:
    assert (store.documents.document(7), store.documents.documents([]), store.documents.known(["aa"])) == (
        None,
        (),
        set(),
    )
