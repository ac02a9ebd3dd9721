import io
import zipfile
from datetime import date

import docx
import pytest

from app.documents import Limits, extract, read
from app.documents.docx import read_docx
from app.errors import DocumentError, TooLarge
from app.model import WarningCode
from tests.documents import hostile, papers

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
    assert extract(out.getvalue()).text == "1.\tDecides;\n\n2.\tRequests.\n"  # the numbers are those of the style


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
    assert extract(made).text == "1. Decides¹ to go.\n\n__________________\n\n¹ See A/1.\n"


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


def test_zip_bomb_with_false_size_is_not_unpacked() -> None:
    bomb = bytearray(papers.rezip(papers.resolution_docx(), {"word/media/image1.bin": b"\0" * 9_000_000}))
    size = (9_000_000).to_bytes(4, "little")
    while (place := bomb.find(size)) >= 0:
        bomb[place : place + 4] = (10).to_bytes(4, "little")
    with pytest.raises(DocumentError):
        read_docx(bytes(bomb), name="bomb.docx", size=2_000_000)


def numbered(levels: list[tuple[str, str]], paragraphs: list[tuple[int, str]]) -> bytes:
    """A DOCX file whose list has ``levels`` (kind, form) and whose ``paragraphs`` stand at a level of it."""
    forms = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{form}"/></w:lvl>'
        for n, (kind, form) in enumerate(levels)
    )
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{forms}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    body = "<w:p><w:r><w:t>The General Assembly,</w:t></w:r></w:p>" + "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{words}</w:t></w:r></w:p>"
        for level, words in paragraphs
    )
    line = hostile.RELATION.format(id="r1", kind="numbering") + ' Target="numbering.xml"/>'
    relations = hostile.RELATIONS.format(line).encode()
    return hostile.docx(
        body, parts={"word/numbering.xml": numbering.encode(), "word/_rels/document.xml.rels": relations}
    )


def test_the_numbers_of_lists_go_before_their_words() -> None:
    source = numbered(
        [("decimal", "%1."), ("lowerLetter", "(%2)"), ("decimal", "%1.%3")],
        [(0, "Decides:"), (1, "To go;"), (1, "To stay;"), (0, "Requests:"), (1, "Rest;"), (2, "Peace.")],
    )
    assert extract(source).text.split("\n\n") == [
        "The General Assembly,",
        "1.\tDecides:",
        "(a)\tTo go;",
        "(b)\tTo stay;",
        "2.\tRequests:",
        "(a)\tRest;",
        "2.1\tPeace.\n",
    ]
    found = read(source, "en")
    assert [paragraph.label for paragraph in found.operative] == ["1", "1 (a)", "1 (b)", "2", "2 (a)", "2"]


def test_the_words_of_a_table_in_a_table_stand_once() -> None:
    words = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    inner = f"<w:tbl><w:tr><w:tc>{words.format('c')}</w:tc><w:tc>{words.format('d')}</w:tc></w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc>{words.format('a')}</w:tc><w:tc>{words.format('b')}{inner}</w:tc></w:tr></w:tbl>"
    assert extract(hostile.docx(outer)).text == "a\tb c\td\n"


def docx_of(body: str, styles: str = "") -> bytes:
    """A document with that body; ``styles`` are added to those of the template."""
    source = papers.resolution_docx()
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        sheet = archive.read("word/styles.xml").decode().replace("</w:styles>", f"{styles}</w:styles>")
    document = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return papers.rezip(source, {"word/document.xml": document.encode(), "word/styles.xml": sheet.encode()})


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


STRUCK_STYLE = '<w:style w:type="character" w:styleId="Gone"><w:rPr><w:strike/></w:rPr></w:style>'
BASED_STYLE = '<w:style w:type="character" w:styleId="Based"><w:basedOn w:val="Gone"/></w:style>'


@pytest.mark.parametrize(
    "hidden",
    [
        run("3 May", "<w:strike/>"),
        run("3 May", "<w:dstrike/>"),
        run("3 May", '<w:vanish w:val="1"/>'),
        run("3 May", '<w:rStyle w:val="Gone"/>'),
        run("3 May", '<w:rStyle w:val="Based"/>'),
        f'<w:del w:id="1">{run("3 May").replace("w:t", "w:delText")}</w:del>',
        f'<w:del w:id="1">{run("3 May")}</w:del>',
        f'<w:moveFrom w:id="1">{run("3 May")}</w:moveFrom>',
    ],
)
def test_read_docx_leaves_hidden_words_out(hidden: str) -> None:
    body = f"<w:p>{run('1. Decides to meet on ')}{hidden}{run('4 May.')}</w:p>"
    found = extract(docx_of(body, STRUCK_STYLE + BASED_STYLE))
    assert found.text == "1. Decides to meet on 4 May.\n"
    assert [warning.code for warning in found.warnings] == [WarningCode.LEFT_OUT]


@pytest.mark.parametrize(
    "shown",
    [
        run("4 May.", '<w:strike w:val="false"/>'),
        run("4 May.", '<w:rStyle w:val="Gone"/><w:strike w:val="0"/>'),
        f'<w:ins w:id="1">{run("4 May.")}</w:ins>',
        f'<w:moveTo w:id="1">{run("4 May.")}</w:moveTo>',
    ],
)
def test_read_docx_keeps_what_is_shown(shown: str) -> None:
    found = extract(docx_of(f"<w:p>{run('1. Decides to meet on ')}{shown}</w:p>", STRUCK_STYLE))
    assert (found.text, found.warnings) == ("1. Decides to meet on 4 May.\n", ())


def test_read_docx_deleted_row_is_left_out() -> None:
    rows = "".join(
        f"<w:tr><w:trPr>{mark}</w:trPr><w:tc><w:p>{run(words)}</w:p></w:tc></w:tr>"
        for mark, words in (("", "1. Decides;"), ('<w:del w:id="1"/>', "2. Requests;"))
    )
    assert extract(docx_of(f"<w:tbl>{rows}</w:tbl>")).text == "1. Decides;\n"
