"""Documents made to break their readers end in a text or an ordinary error, soon, and without growing this process."""

import resource
import time

import pytest

from app.documents import Limits, extract, read, sandbox
from app.errors import DocumentError, PlenaryError
from tests.documents import hostile

READ = "1. Decides to wait."

BOUNDS = Limits(bytes=10_000_000, seconds=20.0)

ENDS = {
    "cut-short": "the PDF is damaged or truncated",
    "header-only": "the PDF is damaged or truncated",
    "tree-cycle": "a page of the PDF cannot be read",
    "tree-chain": "a page of the PDF cannot be read",
    "count-lie": "the PDF has 1000000 pages",
    "many-pages": "the PDF has 300000 pages",
    "flate-bomb": "the PDF contains images but no text",
    "reference-loop": "the PDF contains images but no text",
    "deep-contents": "the PDF contains images but no text",
    "encrypted": "the PDF is encrypted",
    "scanned": "the PDF contains images but no text",
    "zip-bomb": "the DOCX file unpacks to more than 40,000,000 bytes",
    "lying-bomb": "the DOCX file cannot be decompressed",
    "many-parts": "the DOCX file unpacks to more than 40,000,000 bytes",
    "entities": "the DOCX file cannot be read",
    "deep-xml": "the DOCX file cannot be read",
    "cut-docx": "the DOCX file cannot be decompressed",
    "deep": "the HTML page is nested too deeply",
    "unclosed": "the HTML page is nested too deeply",
    "many-lists": "the HTML page is nested too deeply",
    "comments": "the page contains no text",
    "one-tag": "the page contains no text",
    "nul": "the document has a NUL byte at byte 34",
    "not-utf-8": "invalid UTF-8: byte 27 is 0xe9",
}
"""What is said of a document that is refused; the others are read."""


def outcome(source: bytes) -> str:
    try:
        return extract(source, name="paper", limits=BOUNDS).text
    except DocumentError as error:
        return error.what


@pytest.mark.parametrize("trick", [*hostile.PDF, *hostile.DOCX])
def test_a_hostile_document_is_read_or_refused(trick: str) -> None:
    maker, size = {**hostile.PDF, **hostile.DOCX}[trick]
    found = outcome(maker(size))
    if trick in ENDS:
        assert found == ENDS[trick]
    else:
        assert len(found) < 200_000
        assert "root:" not in found


@pytest.mark.parametrize("trick", hostile.HTML)
def test_a_hostile_page_is_read_or_refused(trick: str) -> None:
    maker, size = hostile.HTML[trick]
    found = outcome(maker(size))
    if trick in ENDS and trick != "entities":
        assert found == ENDS[trick]
    else:
        assert "1. " in found
        assert "root:" not in found
        assert len(found) < 200_000


@pytest.mark.parametrize("trick", hostile.TEXT)
def test_a_hostile_text_is_read_or_refused(trick: str) -> None:
    maker, size = hostile.TEXT[trick]
    try:
        found = f"{len(read(maker(size), 'en', name='paper').operative) > 0}"
    except PlenaryError as error:
        found = error.what
    assert found in ("True", ENDS.get(trick, "no operative paragraphs found"))


def test_slow_page_is_stopped_and_next_document_is_read() -> None:
    _, maker, size = hostile.HANGING
    before = time.monotonic()
    with pytest.raises(DocumentError) as caught:
        extract(maker(size), name="slow.pdf", limits=Limits(seconds=0.5))
    assert (caught.value.what, caught.value.where) == (
        "reading the document took more than 0.5 seconds",
        "slow.pdf: page 1",
    )
    assert time.monotonic() - before < 5
    assert extract(hostile.plain_pdf()).text == READ


def test_memory_is_bounded() -> None:
    maker, _ = hostile.DOCX["empty-paragraphs"]
    sandbox.close()  # one that has read much has the memory already
    source = maker(400_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(DocumentError) as caught:
        extract(source, name="wide.docx", limits=Limits(memory=100_000_000))
    # Where the library sees that there is no more memory, it is said; where it does not, it breaks.
    assert caught.value.what in (
        "reading the document takes more than 100,000,000 bytes of memory",
        "the parser crashed on this document",
    )
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40_000
    assert extract(hostile.docx(hostile.DECIDES)).text == READ + "\n"
