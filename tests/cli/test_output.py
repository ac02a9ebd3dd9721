"""Tables of the command line: tab-separated when piped, paragraphs as people cite them."""

import re
import sys
from datetime import date

import pytest

from app.cli.output import ITEM_HEADS, PROPOSAL_HEADS, item_rows, label, progress, proposal_rows, rows
from app.model import Action, Amendment, Certainty, Event, Kind, Proposal

DAY = date(2017, 12, 24)
MEETING = Event(
    "A-RES-72-900.7.meeting.1",
    Kind.MEETING,
    "2018-05-14/2018-05-16",
    Certainty.DECIDED,
    "A/RES/72/900",
    DAY,
    "7",
    bearer="secretary-general",
    addressees=("general-assembly",),
    start=date(2018, 5, 14),
    end=date(2018, 5, 16),
    quote={"en": "to meet\nin May"},
)


def test_rows_of_a_pipe_are_lines_with_tabs(capsys: pytest.CaptureFixture[str]) -> None:
    rows(("a", "b"), [("1", "two\nlines"), ("", "–")])
    assert capsys.readouterr().out == "a\tb\n1\ttwo lines\n\t–\n"


def test_rows_of_a_terminal_are_aligned(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    rows(("no", "name"), [("1", "x")])
    plain = re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out)
    assert [line.rstrip() for line in plain.splitlines()] == ["no  name", "1   x"]


def test_progress_of_a_pipe_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with progress() as bar:
        bar.advance(bar.add_task("Documents", total=2))
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("section", "paragraph", "letters", "cited"),
    [("", "7", (), "7"), ("B", "7", ("a", "ii"), "B.7 (a) (ii)"), ("", None, (), "–"), ("B", None, ("a",), "– (a)")],
)
def test_label_of_an_event_is_as_cited(
    section: str, paragraph: str | None, letters: tuple[str, ...], cited: str
) -> None:
    event = Event(
        "u", Kind.MEETING, "TBD", Certainty.UNDECIDED, "A/RES/72/900", DAY, paragraph, section=section, letters=letters
    )
    assert label(event) == cited


def test_item_rows_have_a_cell_for_each_head() -> None:
    (row,) = item_rows([MEETING], "en", "")
    assert len(row) == len(ITEM_HEADS)
    assert row[:7] == (
        "7",
        "meeting",
        "2018-05-14/2018-05-16",
        "Secretary-General → General Assembly",
        "14–16 May 2018",
        "decided",
        "–",
    )
    assert row[9] == "to meet in May"


def test_proposal_rows_are_numbered_and_asked() -> None:
    amendment = Amendment("A-RES-72-900.7.meeting.1", Action.POSTPONE, "A/DEC/72/901", DAY, None)
    proposals = [
        Proposal(amendment, "2018-05-14", ("date",)),
        Proposal(amendment, "2018-05-14", ("date",), rejected=True),
    ]
    first, second = proposal_rows(proposals, "en")
    assert (len(first), first[0], second[0]) == (len(PROPOSAL_HEADS), "1", "2")
    assert (first[2].endswith("?"), second[2]) == (True, "rejected")
    assert first[3:6] == ("A-RES-72-900.7.meeting.1", "2018-05-14", "–")
