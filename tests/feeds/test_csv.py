"""CSV for spreadsheets: its columns, its rows, and cells that no program runs."""

import csv as reader
import io
from dataclasses import replace

import pytest

from app.feeds import csv
from app.feeds.entry import Entry
from app.feeds.sample import sample_entry, sample_feed


def row(entry: Entry) -> dict[str, str]:
    """Return the entry's row by column."""
    (cells,) = reader.reader(io.StringIO(csv.fragment(entry).decode()))
    return dict(zip(csv.COLUMNS, cells, strict=True))


def with_title(text: str) -> Entry:
    entry = sample_entry()
    event = replace(entry.event, title={"en": text}, subject={})
    return replace(entry, revision=replace(entry.revision, event=event))


def test_head_is_mark_and_columns() -> None:
    assert csv.head(sample_feed()) == b"\xef\xbb\xbf" + ",".join(csv.COLUMNS).encode() + b"\r\n"
    assert csv.tail(sample_feed()) == b""


def test_fragment_gives_what_is_known_of_the_event() -> None:
    filled = {name: cell for name, cell in row(sample_entry()).items() if cell}
    assert filled == {
        "start": "2018-05-14",
        "end": "2018-05-16",
        "time": "14–16 May 2018",
        "title": "Conference on nuclear disarmament (New York)",
        "kind": "Meeting",
        "certainty": "decided",
        "status": "scheduled",
        "place": "New York",
        "instrument": "A/RES/72/251",
        "paragraph": "5",
        "when": "2018-05-14/2018-05-16",
        "decided": "2017-12-24",
        "revision": "0",
        "document": "https://docs.un.org/en/A/RES/72/251",
        "uid": "A-RES-72-251.5.meeting.1",
        "long_title": "Conference on nuclear disarmament (New York) (A/RES/72/251)",
    }


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@sum", " =1"])
def test_fragment_formula_is_written_inert(formula: str) -> None:
    entry = replace(sample_entry(), revision=replace(sample_entry().revision))
    event = replace(entry.event, revised_by=formula)
    shown = row(replace(entry, revision=replace(entry.revision, event=event)))
    assert shown["revised_by"] == f"'{formula}"


def test_fragment_title_of_two_lines_is_one_row() -> None:
    assert row(with_title('Meet, and\r\n"decide"'))["title"].startswith('Meet, and "decide"')
