"""The record of source files: what is noted is what was noted last, and no other."""

from app.store import SourceRecord, Store
from app.store.source_files import note, noted

ONE = SourceRecord("1 2", "aa", "A-RES-72-900", ("A-RES-72-900.en.txt", "é.txt"))
TEXT = SourceRecord("", "bb")


def test_note_keeps_these_files_and_no_other(store: Store) -> None:
    changed = SourceRecord("3 4", "cc", "A-RES-72-900")
    for files in ({"a.yaml": ONE, "a.txt": TEXT}, {"a.yaml": changed}, {"a.yaml": changed}):
        with store._database.write() as connection:
            note(connection, files)
        with store._database.read() as connection:
            assert noted(connection) == ("", files)


def test_noted_of_an_empty_store_is_nothing(store: Store) -> None:
    with store._database.read() as connection:
        assert noted(connection) == ("", {})
