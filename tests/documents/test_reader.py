import pytest

from app.documents import Limits, extract, read
from app.errors import DocumentError, TooLarge
from tests.documents import papers, samples


def test_the_format_is_told_by_the_first_bytes_not_the_name() -> None:
    for source in (papers.resolution_pdf(), papers.resolution_docx(), papers.HTML.encode()):
        found = read(source, "en", name="light.txt")
        assert [paragraph.number for paragraph in found.operative] == ["1", "2"]


def test_text_is_stored_as_it_stands() -> None:
    source = ("\ufeff" + samples.ENGLISH.replace("\n", "\r\n")).encode()
    found = read(source, "en")
    assert found.text.encode() == source
    assert [paragraph.label for paragraph in found.operative] == [
        "1",
        "2",
        "2 (a)",
        "2 (b)",
        "2 (b) (i)",
        "2 (b) (ii)",
        "3",
    ]


@pytest.mark.parametrize(
    ("source", "what"),
    [
        (b"", "the document is empty"),
        (b" \r\n\t", "the document is empty"),
        (b"1. Decides\xff.", "invalid UTF-8: byte 10 is 0xff"),
        (b"1. Dec\x00ides.", "the document has a NUL byte at byte 6"),
        (b"Nothing to see here, friend", "no operative paragraphs found"),
    ],
)
def test_what_cannot_be_read_says_why_and_where(source: bytes, what: str) -> None:
    if source.startswith(b"Nothing"):
        source += b"\n\nThe General Assembly,\n\nRecalling light,"
    with pytest.raises(DocumentError) as caught:
        read(source, "en", name="light.txt")
    assert (caught.value.what, caught.value.where) == (what, "light.txt")
    assert caught.value.hint


def test_the_size_is_bounded() -> None:
    with pytest.raises(TooLarge) as caught:
        extract(b"x" * 101, name="big.txt", limits=Limits(bytes=100))
    assert (caught.value.what, caught.value.hint) == ("the document has 101 bytes", "send at most 100 bytes")
    assert Limits() == Limits(bytes=20_000_000, pages=500, seconds=30.0)


@pytest.mark.parametrize(
    "piece",
    ["1. ", "(a) ", "____\n1 ", "The General Assembly,\n", "“", "A/RES/1/", "\u200f", "9" * 50, "- ", "\n\n", "1/"],
)
def test_no_text_is_slow_or_breaks_the_reader(piece: str) -> None:
    source = (piece * (200_000 // len(piece))).encode() + b"\n\n1. Decides to wait.\n"
    try:
        found = read(source, "en")
    except DocumentError as error:
        what = error.what
    else:
        what = found.operative[-1].reading.text
    assert what.endswith(("no operative paragraphs found", "to wait."))
