from datetime import date

import pytest

from app.documents import extract, read
from app.errors import DocumentError
from app.model import WarningCode
from tests.documents import papers


def test_a_page_reads_like_its_text() -> None:
    found = read(papers.HTML.encode(), "en")
    assert [paragraph.reading.text for paragraph in (*found.preamble, *found.operative)] == papers.READ
    assert (found.symbol and found.symbol.text, found.adopted, found.meeting) == ("A/RES/91/17", date(2036, 12, 1), 48)
    assert [mark.number for paragraph in found.preamble for mark in paragraph.marks] == ["1"]


def test_blocks_breaks_lists_and_cells() -> None:
    page = "<html><body>a<br>b<ol start=3><li>c<li>d</ol><ul><li>e</ul>"
    page += "<table><tr><td>f<td>g</table><style>h</style></body>"
    assert extract(page.encode()).text == "a\nb\n\n3. c\n\n4. d\n\ne\n\nf\tg\n"


def test_a_page_says_its_encoding() -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>1. Décide.</p></body></html>'
    assert extract(page.encode("latin-1")).text == "1. Décide.\n"


def test_entities_of_a_page_are_not_expanded() -> None:
    page = (
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><html><body><p>1. x &b;</p></body></html>'
    )
    assert "aaaa&" not in extract(page.encode()).text
    assert len(extract(page.encode()).text) < 120


def test_a_page_nested_beyond_the_parser_s_bound_is_refused() -> None:
    page = "<html><body>" + "<div>" * 10_000 + "1. Decides." + "</div>" * 10_000 + "</body></html>"
    with pytest.raises(DocumentError) as caught:
        extract(page.encode(), name="deep.html")
    assert (caught.value.what, caught.value.where) == ("the HTML page is nested too deeply", "deep.html")


@pytest.mark.parametrize("page", ["<html></html>", "<!DOCTYPE html>", "<html><script>1. Decides</script></html>"])
def test_a_page_without_text_says_so(page: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read(page.encode(), "en", name="light.html")
    assert caught.value.where == "light.html"


HIDDEN = (
    "<del>3 May</del>",
    "<s>3 May</s>",
    "<strike>3 <b>May</b></strike>",
    '<span style="display: none">3 May</span>',
    '<span style="color:red; visibility:hidden">3 May</span>',
    '<span style="text-decoration: line-through">3 May</span>',
    '<span style="font-size:0">3 May</span>',
    "<span hidden>3 May</span>",
    '<span class="old note">3 May</span>',
    '<span id="gone">3 May</span>',
)


@pytest.mark.parametrize("hidden", HIDDEN)
def test_read_html_leaves_hidden_words_out(hidden: str) -> None:
    style = "<style>p.x, .old {text-decoration:line-through} #gone{display:none} .new{color:red}</style>"
    body = f'<body><p>1. Decides to meet on {hidden}<i class="new">4 May</i>.</p></body>'
    found = extract(f"<html><head>{style}</head>{body}</html>".encode())
    assert found.text == "1. Decides to meet on 4 May.\n"
    assert [warning.code for warning in found.warnings] == [WarningCode.LEFT_OUT]


def test_read_html_keeps_what_is_shown() -> None:
    body = '<p style="font-size:0.9em">1. <ins>Decides</ins> <span style="opacity:0.5">now</span>.</p>'
    found = extract(f"<html><body>{body}</body></html>".encode())
    assert (found.text, found.warnings) == ("1. Decides now.\n", ())
