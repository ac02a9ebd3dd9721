"""The page of one resolution: clauses, tasks, folded appeals, marked targets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest
from lxml import html

from app.model import Event
from app.store import Store
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
