"""Pages: each in six languages, whole without script, true to the store, with nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest
from lxml import html

from app.i18n import gettext
from app.model import LANGUAGES

Get = Callable[..., httpx.Response]
PAGES = (
    "/",
    "/resolutions",
    "/resolutions/A-RES-72-251",
    "/resolutions/A-DEC-72-556",
    "/events/A-RES-72-251.5.meeting.1",
    "/events/A-RES-72-251.20.report.1",
    "/calendar",
    "/calendar?from=2018&to=2018",
    "/calendar?month=2018-05&as_of=2018-04-01",
    "/subscribe?kind=report",
    "/changes",
    "/try",
)
ABOUT = (
    "What resolutions decide has days: conferences, reports, deadlines, observances. Plenary reads them out of the "
    "text, says how sure each is and why, follows every later decision, and keeps your calendar right."
)
BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def words(answer: httpx.Response) -> str:
    return " ".join(html.fromstring(answer.content).text_content().split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_stands_in_every_language(get: Get, path: str, language: str) -> None:
    answer = get(f"{path}{'&' if '?' in path else '?'}lang={language}")
    assert answer.status_code == 200
    tree = html.fromstring(answer.content)
    assert (tree.get("lang"), tree.get("dir")) == (language, "rtl" if language == "ar" else "ltr")
    assert len(tree.xpath("//h1")) == 1
    assert tree.xpath("//meta[@name='description']/@content") == [gettext(ABOUT, language)]
    assert tree.xpath("//@style | //@onclick | //style") == []
    assert [script.get("src", "")[:19] for script in tree.xpath("//script")] == ["/static/plenary.js?"]
    taken = tree.xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //img/@src")
    assert all(address.startswith("/static/") for address in taken)
    identifiers = tree.xpath("//@id")
    assert len(identifiers) == len(set(identifiers))
    unnamed = [item for item in tree.xpath("//input[not(@type='hidden')] | //select | //textarea[not(@hidden)]")
               if not item.xpath("ancestor::label")]  # fmt: skip
    assert unnamed == []
    assert len(answer.content) < 100_000


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_ours_leads_somewhere(get: Get, path: str) -> None:
    tree = html.fromstring(get(f"{path}{'&' if '?' in path else '?'}lang=fr").content)
    ours = sorted(
        {address for address in tree.xpath("//a/@href | //form/@action | //link/@href") if address[:1] == "/"}
    )
    assert [(address, get(address).status_code) for address in ours if get(address).status_code != 200] == []


def test_the_language_is_that_of_the_address_then_of_the_browser(get: Get) -> None:
    def language(answer: httpx.Response) -> str:
        return str(html.fromstring(answer.content).get("lang"))

    asked = {"accept-language": "de, zh-CN;q=0.8, fr;q=0.7"}
    assert language(get("/", headers=asked)) == "zh"
    assert language(get("/?lang=ru", headers=asked)) == "ru"
    assert language(get("/", headers={"accept-language": "de"})) == "en"
    assert get("/").headers["vary"] == "Accept-Language"


def test_the_conference_is_seen_to_be_postponed_and_by_what(get: Get) -> None:
    said = words(get("/events/A-RES-72-251.5.meeting.1?lang=en"))
    for expected in ("14–16 May 2018", "postponed, no date", "26 April 2018", "A/DEC/72/556"):
        assert expected in said
    struck = html.fromstring(get("/resolutions/A-RES-72-251").content).xpath("//s/text()")
    assert "14–16 May 2018" in struck


def test_what_stood_on_a_day_is_said_to_be_the_past(get: Get) -> None:
    said = words(get("/resolutions/A-RES-72-251?as_of=2018-04-01"))
    assert "what stood on 1 April 2018" in said
    assert "10 May 2018" in said
    assert "postponed" not in said


def test_the_month_shows_what_is_decided_on_its_days(get: Get) -> None:
    tree = html.fromstring(get("/calendar?month=2018-05&as_of=2018-04-01").content)
    cells = {
        cell.xpath("string(.//span[@class='n'])"): cell.xpath(".//li/a//text()")
        for cell in tree.xpath("//table[@class='grid']//td[not(contains(@class, 'out'))]")
    }
    assert sorted(day for day, items in cells.items() if items) == ["10", "14", "15", "16"]
    sunday_first = html.fromstring(get("/calendar?lang=ar").content).xpath("string(//table//th[1]//@title)")
    assert sunday_first == "السبت"


def test_the_feed_of_a_choice(get: Get) -> None:
    tree = html.fromstring(get("/subscribe?kind=report&actor=secretary-general&lang=ar&cancelled=mark").content)
    address = "/feeds/all.ics?kind=report&actor=secretary-general&lang=ar&cancelled=mark"
    assert tree.xpath("//input[@readonly]/@value") == [f"https://calendar.example{address}"]
    assert tree.xpath("//a[@class='button']/@href") == [f"webcal://calendar.example{address}"]
    assert get(address).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nowhere", 404),
        ("/events/none", 404),
        ("/resolutions/none", 404),
        ("/calendar?from=soon", 400),
        ("/calendar?colour=red", 400),
        ("/?lang=de", 400),
        ("/static/none.css", 404),
    ],
)
def test_error_is_a_page_for_browsers_and_a_problem_else(get: Get, path: str, status: int) -> None:
    shown = get(path, headers=BROWSER)
    assert (shown.status_code, shown.headers["content-type"]) == (status, "text/html; charset=utf-8")
    said = get(path)
    assert (said.status_code, said.headers["content-type"]) == (status, "application/problem+json")


def test_what_a_reader_writes_is_never_markup(get: Get) -> None:
    attack = "<script>alert(1)</script>\"'"
    for path in ("/calendar", "/resolutions"):
        assert b"<script>" not in get(path, params={"q": attack}).content
    assert b"<script>" not in get("/events/" + attack, headers=BROWSER).content
    answer = get("/try", "POST", files={"file": ("<script>.txt", b"x")}, data={"lang": "en", "symbol": attack})
    assert answer.status_code == 422
    assert b"<script>" not in answer.content


def test_every_answer_is_guarded(get: Get) -> None:
    for path in ("/", "/api/v1/events", "/static/plenary.css", "/nowhere"):
        headers = get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self';")
        assert headers["x-content-type-options"] == "nosniff"


def test_a_trial_without_a_document_says_so(get: Get) -> None:
    answer = get("/try?lang=en", "POST", data={"lang": "zh", "text": " "})
    assert answer.status_code == 422
    assert "send a file, or its text" in words(answer)


def test_a_page_is_not_sent_again_until_the_store_changes(get: Get) -> None:
    first = get("/calendar?lang=en")
    again = get("/calendar?lang=en", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = get("/calendar?lang=zh", headers={"if-none-match": first.headers["etag"]})
    assert other.status_code == 200


def test_what_left_its_days_stands_struck_on_them(get: Get) -> None:
    tree = html.fromstring(get("/calendar?month=2018-05&lang=en").content)
    struck = tree.xpath("//ol[@class='events']/li[contains(@class, 'gone')]//span[@class='figures']/s/text()")
    assert struck == ["10", "14–16"]
    boxes = tree.xpath("//ol[@class='events']/li[contains(@class, 'gone')]//span[@class='box']/text()")
    assert set(boxes) == {"to be decided"}
    march = html.fromstring(get("/calendar?from=2018-03&to=2018-03&as_of=2018-04-01&lang=en").content)
    row = march.xpath("//ol[@class='events']/li")[0]
    assert " ".join(row.xpath("string(.//div[contains(@class, 'when')])").split()) == "28 March 2018 → 10 May 2018"


def test_the_sentence_keeps_what_it_has_no_control_for(get: Get) -> None:
    path = "/calendar?kind=report,meeting&topic=nuclear-disarmament&resolution=A-RES-72-251&month=2018-05&lang=en"
    tree = html.fromstring(get(path).content)
    form = tree.xpath("//form[@class='sentence']")[0]
    hidden = {(item.get("name"), item.get("value")) for item in form.xpath(".//input[@type='hidden']")}
    assert hidden == {
        ("topic", "nuclear-disarmament"), ("resolution", "A-RES-72-251"), ("month", "2018-05"), ("lang", "en"),
    }  # fmt: skip
    assert form.xpath(".//select[@name='kind']/option[@selected]/@value") == ["meeting,report"]
    removing = form.xpath(".//span[@class='part']/a/@href")
    assert [("topic" in address, "resolution" in address) for address in removing] == [(True, False), (False, True)]
    assert "Meeting · Report · A-RES-72-251 · nuclear disarmament" in words(get(path))


def test_sessions_and_days_stand_beside_where_asked_for(get: Get) -> None:
    tree = html.fromstring(get("/calendar?month=2018-09&beside=sessions,observances&lang=en").content)
    context = tree.xpath("//table[@class='grid']//li[@class='context']/text()")
    assert "73rd session of the General Assembly" in context
    assert "International Day of Peace" in context
    assert get("/calendar?beside=weather").status_code == 400


def test_an_event_is_put_into_a_calendar(get: Get) -> None:
    answer = get("/events/A-RES-72-251.16.meeting.1.ics?lang=fr")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert b"RRULE:FREQ=YEARLY;BYMONTHDAY=26;BYMONTH=9" in answer.content
    tree = html.fromstring(get("/events/A-RES-72-251.16.meeting.1?lang=en").content)
    google, outlook = (
        tree.xpath(f"string(//a[contains(@href, '{host}')]/@href)") for host in ("google.com", "outlook.live.com")
    )
    assert "dates=20180926%2F20180927" in google
    assert ("startdt=2018-09-26" in outlook, "enddt=2018-09-27" in outlook) == (True, True)
    postponed = html.fromstring(get("/events/A-RES-72-251.5.meeting.1").content)
    assert postponed.xpath("//a[contains(@href, 'google.com')]") == []


def test_past_view_has_a_banner_and_links_keep_it(get: Get) -> None:
    for path in ("/calendar", "/resolutions/A-RES-72-251", "/events/A-RES-72-251.6.meeting.1"):
        tree = html.fromstring(get(f"{path}?as_of=2018-04-01&known_at=2026-11-24T12:00:00Z&lang=en").content)
        banner = " ".join(tree.xpath("string(//p[@class='banner'])").split())
        assert banner.startswith(
            "You are looking at the past: what stood on 1 April 2018, as it was known at 2026-11-24 12:00 UTC."
        )
        ours = [
            link
            for link in tree.xpath("//main//a[not(ancestor::p[@class='banner'])]/@href")
            if link.startswith(("/events/", "/resolutions/"))
        ]
        assert ours
        assert [link for link in ours if "as_of=2018-04-01" not in link and ".ics" not in link] == []
    early = get("/resolutions/A-RES-72-251?known_at=2020-01-01&lang=en")
    assert "Nothing of its own stands here." in words(early)
