from datetime import date

import pytest

from app.documents import extract, read
from app.errors import DocumentError
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
