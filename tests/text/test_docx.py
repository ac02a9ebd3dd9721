import io
import zipfile
from datetime import date

import docx
import pytest

from app.errors import DocumentError, TooLarge
from app.text import Limits, extract, read
from app.text.docx import docx_text
from tests.text import papers

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def test_a_docx_reads_like_its_text() -> None:
    found = read(papers.resolution_docx(), "en")
    assert [paragraph.reading.text for paragraph in (*found.preamble, *found.operative)] == papers.READ
    assert (found.symbol and found.symbol.text, found.adopted, found.meeting) == ("A/RES/91/17", date(2036, 12, 1), 48)
    assert [mark.number for paragraph in found.preamble for mark in paragraph.marks] == ["1"]


def test_automatic_numbers_are_written_out() -> None:
    document = docx.Document()
    for words in ("Decides;", "Requests."):
        document.add_paragraph(words, style="List Number")
    out = io.BytesIO()
    document.save(out)
    listed = [line for line in extract(out.getvalue()).split("\n") if line]
    assert [line.rpartition("\t")[2] for line in listed] == ["Decides;", "Requests."]


def test_footnotes_stand_below_a_rule() -> None:
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="0"/>'
        '<w:footnote w:id="1"><w:p><w:r><w:t>See A/1.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    body = (
        f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>1. Decides</w:t><w:footnoteReference w:id="1"/>'
        '<w:t xml:space="preserve"> to go.</w:t></w:r></w:p></w:body></w:document>'
    )
    source = papers.resolution_docx()
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        relations = archive.read("word/_rels/document.xml.rels").decode()
        types = archive.read("[Content_Types].xml").decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    relations = relations.replace(
        "</Relationships>", f'<Relationship Id="rN" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    )
    content = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    types = types.replace("</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{content}"/></Types>')
    made = papers.rezip(
        source,
        {
            "word/document.xml": body.encode(),
            "word/footnotes.xml": notes.encode(),
            "word/_rels/document.xml.rels": relations.encode(),
            "[Content_Types].xml": types.encode(),
        },
    )
    assert extract(made) == "1. Decides¹ to go.\n\n__________________\n\n¹ See A/1.\n"


@pytest.mark.parametrize(
    "source",
    [
        papers.resolution_docx()[:4000],
        b"PK\x03\x04 and no more",
        papers.rezip(papers.resolution_docx(), {"word/document.xml": b"<w:document"}),
        papers.rezip(papers.resolution_docx(), {"[Content_Types].xml": None}),
        papers.rezip(papers.resolution_docx(), {"word/document.xml": None}),
    ],
)
def test_a_broken_docx_says_so(source: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        read(source, "en", name="light.docx")
    assert caught.value.where == "light.docx"
    assert caught.value.hint


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = papers.rezip(papers.resolution_docx(), {"word/media/image1.bin": b"\0" * 9_000_000})
    assert len(bomb) < 100_000
    with pytest.raises(TooLarge) as caught:
        read(bomb, "en", name="bomb.docx", limits=Limits(bytes=2_000_000))
    assert caught.value.what == "the DOCX file unpacks to more than 8,000,000 bytes"


def test_a_zip_bomb_that_lies_about_its_size_is_not_unpacked_either() -> None:
    bomb = bytearray(papers.rezip(papers.resolution_docx(), {"word/media/image1.bin": b"\0" * 9_000_000}))
    size = (9_000_000).to_bytes(4, "little")
    while (place := bomb.find(size)) >= 0:
        bomb[place : place + 4] = (10).to_bytes(4, "little")
    with pytest.raises(DocumentError):
        docx_text(bytes(bomb), name="bomb.docx", size=2_000_000)
