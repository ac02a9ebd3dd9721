"""The page of one resolution: clauses, tasks, folded appeals, marked targets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest
from lxml import html

from app.model import Event
from app.store import Store
from app.web.pages import annotated_text
from tests.web.standing import CONFERENCE, REPORT, RESOLUTION, UNDATED, load

Get = Callable[..., httpx.Response]
PATH = "/resolutions/A-RES-72-251"


def undated(number: int, *, appeal: bool) -> Event:
    return replace(
        UNDATED,
        uid=f"A-RES-72-251.{number}.obligation.1",
        paragraph=str(number),
        appeal=appeal,
        quote={"en": "to trim the lamps"},
        clause={"en": f"Calls upon States, in turn {number}, to trim the lamps of their towers"},
    )


@pytest.fixture
def page(get: Get, store: Store) -> Callable[[str], html.HtmlElement]:
    asked = replace(
        REPORT, quote={"en": "at its next session"}, clause={"en": "Requests it <b>at its next session</b>"}
    )
    events = (
        replace(CONFERENCE, target=True),
        asked,
        undated(7, appeal=False),
        undated(8, appeal=True),
        undated(9, appeal=True),
    )
    load(store, [replace(RESOLUTION, events=events)], "changed")
    return lambda language: html.fromstring(get(f"{PATH}?lang={language}").content)


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_appeals_are_folded_under_their_count(page: Callable[[str], html.HtmlElement]) -> None:
    tree = page("en")
    (folded,) = tree.xpath("//details[@class='appeals']")
    assert folded.get("open") is None
    assert text(folded.find("summary")) == "Appeals (2)"
    assert folded.xpath(".//li/@data-uid") == ["A-RES-72-251.8.obligation.1", "A-RES-72-251.9.obligation.1"]
    shown = tree.xpath("//ul[contains(@class, 'undated')][not(ancestor::details)]/li/@data-uid")
    assert shown == ["A-RES-72-251.7.obligation.1"]
    assert text(page("zh").xpath("//details[@class='appeals']/summary")[0]) == "呼吁（2）"


def test_clause_is_quoted_with_its_words_marked(page: Callable[[str], html.HtmlElement]) -> None:
    tree = page("en")
    (task,) = tree.xpath("//li[@data-uid='A-RES-72-251.7.obligation.1']/blockquote")
    assert text(task) == "Calls upon States, in turn 7, to trim the lamps of their towers"
    assert task.xpath("./mark/text()") == ["to trim the lamps"]
    (report,) = tree.xpath(f"//li[@id='e-{REPORT.uid}']//blockquote")
    assert text(report) == "Requests it <b>at its next session</b>"  # a document's markup is text


def test_targets_are_marked(page: Callable[[str], html.HtmlElement]) -> None:
    tree = page("en")
    marked = {
        uid: tree.xpath(f"//li[@id='e-{uid}']//span[@class='aim']/text()") for uid in (CONFERENCE.uid, REPORT.uid)
    }
    assert marked == {CONFERENCE.uid: ["Target"], REPORT.uid: []}


def test_page_without_appeals_folds_nothing(get: Get) -> None:
    tree = html.fromstring(get(f"{PATH}?lang=en").content)
    assert tree.xpath("//details[@class='appeals']") == []


def test_calendar_without_dates_is_not_offered(get: Get, store: Store) -> None:
    load(store, [replace(RESOLUTION, events=(undated(7, appeal=False),))], "changed")
    for path in (PATH, "/subscribe?resolution=A-RES-72-251", "/subscribe?kind=obligation"):
        tree = html.fromstring(get(path, headers={"accept-language": "fr"}).content)
        assert tree.xpath("//a[@class='button']") == []
        assert text(tree.xpath("//p[@class='none']")[0]) == "Rien ici n’a de date à inscrire dans un calendrier."


@pytest.mark.parametrize(
    ("query", "count"), [("", 4), ("&kind=report", 1), ("&windows=none", 3), ("&kind=obligation", 0)]
)
def test_subscribe_counts_what_the_feed_holds(get: Get, query: str, count: int) -> None:
    feed = get(f"/feeds/all.ics?lang=en{query}").content
    components = feed.count(b"BEGIN:VEVENT\r\n") + feed.count(b"BEGIN:VTODO\r\n")
    assert components - feed.count(b"\r\nRECURRENCE-ID") == count
    shown = html.fromstring(get(f"/subscribe?lang=en{query}").content)
    assert f"{count} event" in text(shown.xpath("//section[@aria-labelledby='stands']/p")[0])


def test_amendment_gives_its_new_time_in_words(get: Get) -> None:
    tree = html.fromstring(get("/resolutions/A-DEC-72-553?lang=en").content)
    assert [text(item) for item in tree.xpath("//bdi[contains(text(), 'May 2018')]")] == ["10 May 2018"]


def test_long_text_is_folded_on_the_page(get: Get, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    words = "The General Assembly,\n\n" + "".join(f"{n}. Decides to keep lamp {n};\n\n" for n in range(1, 9))
    monkeypatch.setattr(Store, "texts", lambda self, slug: {"en": words})
    monkeypatch.setattr(annotated_text, "LONG_TEXT", 50)
    (folded,) = html.fromstring(get(f"{PATH}?lang=en").content).xpath("//details[@class='fold']")
    assert text(folded.find("summary")).startswith("Paragraphs without dates: ")
    assert folded.xpath(".//p/@id") == [f"p{n}" for n in range(1, 9)]


def test_missing_page_offers_a_search_for_its_address(get: Get) -> None:
    browser = {"accept": "text/html"}
    for path, words in (("A-RES-72-9999", "A/RES/72/9999"), ("lamps", "lamps")):
        answer = get(f"/resolutions/{path}?lang=en", headers=browser)
        assert answer.status_code == 404
        assert html.fromstring(answer.content).xpath("//input[@type='search']/@value") == [words]
