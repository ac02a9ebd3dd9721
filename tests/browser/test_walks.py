"""What people come for, walked in a browser: with script, without it, and by the keyboard alone."""

from __future__ import annotations

import base64
from pathlib import Path

import httpx
import icalendar
import pytest
from playwright.sync_api import Page, expect

from tests.browser.served import ROOT, Desk

SEED = ROOT / "schedules" / "ga" / "72" / "A-RES-72-251.zh.txt"
CONFERENCE = "Nuclear disarmament: high-level international conference"


def sees_the_conference_postponed(page: Page) -> None:
    row = page.locator("li.event", has_text=CONFERENCE).filter(has_text="14–16")
    expect(row.locator("s").first).to_have_text("14–16")
    expect(row.locator(".box")).to_have_text("to be decided")
    expect(row.locator(".fate")).to_contain_text("postponed, no date 26 April 2018 · A/DEC/72/556")


@pytest.mark.parametrize("scripted", [True, False])
def test_conference_of_may_2018_is_found_as_postponed(base: str, page: Page, bare: Page, scripted: bool) -> None:
    at = page if scripted else bare
    at.goto(f"{base}/?lang=en")
    at.get_by_role("navigation", name="Pages").get_by_role("link", name="Calendar").click()
    at.get_by_label("from", exact=True).fill("2018-05")
    at.get_by_label("to", exact=True).fill("2018-05")
    at.get_by_role("button", name="Show").click()
    expect(at.get_by_role("heading", level=1)).to_contain_text("1 May 2018 – 31 May 2018")
    sees_the_conference_postponed(at)
    struck = at.locator("table.grid td:not(.out)", has=at.locator(".kind.gone")).locator(".n")
    assert struck.all_inner_texts() == ["10", "14", "15", "16"]
    at.locator("ol.events").get_by_role("link", name=CONFERENCE, exact=True).click()
    expect(at.locator(".hero s")).to_have_text("14–16")
    expect(at.locator(".hero .fate")).to_contain_text("A/DEC/72/556")
    expect(at.locator("table.history tbody tr").nth(1)).to_contain_text("14–16 May 2018")


def test_the_conference_is_found_by_the_keyboard_alone(base: str, page: Page) -> None:
    page.goto(f"{base}/calendar?lang=en")

    def tab_to(words: str, most: int = 60) -> None:
        for _ in range(most):
            page.keyboard.press("Tab")
            said = page.evaluate(
                "() => { const e = document.activeElement; return (e.closest('label')?.innerText.split('\\n')[0] ??"
                " e.getAttribute('aria-label') ?? e.textContent).trim(); }"
            )
            if said.startswith(words):
                return
        raise AssertionError(f"{words!r} is not reached by the keyboard")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    tab_to("from")
    page.keyboard.type("2018-05")
    tab_to("to")
    page.keyboard.type("2018-05")
    page.keyboard.press("Enter")
    page.wait_for_url("**to=2018-05**")
    tab_to("14: ")
    page.keyboard.press("Enter")
    expect(page.locator("table.grid details[open] li")).to_contain_text(CONFERENCE)
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.innerText").startswith("15")
    page.keyboard.press("Escape")
    assert page.locator("table.grid details[open]").count() == 0
    tab_to("Month before", 80)
    page.goto(page.url)
    tab_to(CONFERENCE, 80)
    page.keyboard.press("Enter")
    page.wait_for_url("**/events/A-RES-72-251.5.meeting.1**")
    expect(page.locator(".hero .status")).to_have_text("postponed, no date")


def test_secretary_general_reports_are_subscribed_in_arabic(base: str, page: Page) -> None:
    page.goto(f"{base}/subscribe?lang=ar")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    page.locator("select[name=kind]").select_option("report")
    page.locator("select[name=actor]").select_option("secretary-general")
    expected = f"{base}/feeds/all.ics?kind=report&actor=secretary-general&lang=ar"
    expect(page.locator("[data-live] .address input")).to_have_value(expected)
    expect(page.locator("[data-live] a.button")).to_have_attribute("href", expected.replace("http:", "webcal:"))
    said = page.locator("#stands + p").inner_text()
    feed = icalendar.Calendar.from_ical(httpx.get(expected).content)
    events = feed.walk("VEVENT")
    assert f" {len(events)} " in f" {said} "
    assert {str(item["SUMMARY"]).startswith("نزع السلاح النووي: تقرير الأمين العام") for item in events} == {True}
    assert page.locator("svg.qr path").count() == 2


def test_the_choice_of_a_feed_needs_no_script(base: str, bare: Page) -> None:
    bare.goto(f"{base}/subscribe?lang=en")
    bare.locator("select[name=kind]").select_option("report")
    bare.locator("select[name=cancelled]").select_option("mark")
    bare.get_by_role("button", name="Show the address").click()
    address = f"{base}/feeds/all.ics?kind=report&cancelled=mark"
    expect(bare.locator("[data-live] .address input")).to_have_value(address)


def derived(page: Page) -> None:
    expect(page.locator("#result")).to_contain_text("核裁军")
    page.locator("section.schedule .holder").first.wait_for()


def test_the_seed_is_dropped_and_its_calendar_downloaded(base: str, page: Page, tmp_path: Path) -> None:
    page.goto(f"{base}/try?lang=en")
    button = page.get_by_role("button", name="Derive")
    expect(button).to_be_disabled()
    data = base64.b64encode(SEED.read_bytes()).decode()
    carried = page.evaluate_handle(
        "data => { const d = new DataTransfer(); const b = Uint8Array.from(atob(data), c => c.charCodeAt(0));"
        " d.items.add(new File([b], 'A-RES-72-251.zh.txt', { type: 'text/plain' })); return d; }",
        data,
    )
    page.dispatch_event(".drop", "drop", {"dataTransfer": carried})
    expect(button).to_be_disabled()
    page.get_by_label("Language of the document").select_option("zh")
    button.click()
    derived(page)
    # What a mark in the text says and what the schedule says light up together.
    page.locator(".words a.item", has_text="2018").first.hover()
    expect(page.locator(".schedule .lit .figures").first).to_have_text("14–16")
    with page.expect_download() as got:
        page.get_by_role("button", name=".ics").click()
    calendar = icalendar.Calendar.from_ical(got.value.path().read_bytes())
    days = {str(item["UID"]): str(item["DTSTART"].dt) for item in calendar.walk("VEVENT")}
    assert days["A-RES-72-251.5.meeting.1"] == "2018-05-14"
    assert days["A-RES-72-251.6.meeting.1"] == "2018-03-28"


def test_a_derivation_is_corrected_without_script(base: str, bare: Page) -> None:
    bare.goto(f"{base}/try?lang=en")
    bare.locator("textarea[name=text]").fill(SEED.read_text("utf-8"))
    bare.get_by_label("Language of the document").select_option("zh")
    bare.get_by_role("button", name="Derive").click()
    derived(bare)
    first = bare.locator(".holder").first
    first.get_by_text("Correct this").click()
    first.get_by_label("When").fill("soon")
    bare.get_by_role("button", name="Take the corrections over").click()
    expect(bare.get_by_role("alert")).to_contain_text("not a time in the notation: 'soon'")
    bare.get_by_role("alert").get_by_role("link").click()
    first = bare.locator(".holder").first
    assert first.get_by_label("When").get_attribute("aria-invalid") == "true"
    first.get_by_label("When").fill("2018-05-15")
    bare.get_by_role("button", name="Take the corrections over").click()
    expect(bare.locator(".holder").first.locator(".figures")).to_have_text("15")
    with bare.expect_download() as got:
        bare.get_by_role("button", name=".yaml").click()
    yaml = got.value.path().read_text("utf-8")
    assert "status: corrected" in yaml
    assert "when: 2018-05-14/2018-05-16" in yaml.partition("was:")[2]


@pytest.mark.parametrize("scripted", [True, False])
def test_what_stood_on_a_day(base: str, page: Page, bare: Page, scripted: bool) -> None:
    at = page if scripted else bare
    at.goto(f"{base}/resolutions/A-RES-72-251?lang=en")
    at.get_by_label("Show the state on").fill("2018-04-01")
    at.get_by_role("button", name="Show").click()
    expect(at.locator(".banner")).to_contain_text("You are looking at the past: what stood on 1 April 2018.")
    moved = at.locator('[id="e-A-RES-72-251.6.meeting.1"]')
    expect(moved.locator(".figures")).to_have_text("10")
    expect(moved.locator(".fate")).to_contain_text("moved 26 March 2018 · A/DEC/72/553")
    # The day looked back to goes along to the event, and back to the present.
    moved.locator(".title a").click()
    expect(at.locator(".banner")).to_contain_text("1 April 2018")
    at.get_by_role("link", name="Back to today").click()
    expect(at.locator(".hero .box")).to_have_text("to be decided")


def test_a_proposal_is_reviewed_and_published(base: str, page: Page, desk: Desk) -> None:
    number, token = desk.proposed("A-RES-90-301.en.txt", "en"), desk.token("review")
    page.goto(f"{base}/review?lang=en")
    page.locator("main").get_by_role("link", name="Sign in").click()
    page.get_by_label("Access token").fill(token)
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="A/RES/90/301").click()
    page.wait_for_url(f"**/review/{number}**")
    first = page.locator(".holder").first
    expect(first.locator("blockquote")).to_have_text("convene in Geneva, from 15 to 17 June 2037")
    first.get_by_label("correct", exact=True).check()
    first.get_by_text("What is to change").click()
    first.get_by_label("Where").fill("Nairobi")
    expect(page.locator("pre")).to_contain_text("+symbol: A/RES/90/301")
    page.get_by_role("button", name="Keep what is said").click()
    expect(page.locator(".holder").first.locator(".meta .status")).to_have_text("corrected")
    expect(page.locator("pre")).to_contain_text("place: Nairobi")
    page.get_by_role("button", name="Keep and publish").click()
    page.get_by_role("link", name="In the calendar").click()
    expect(page.locator(".schedule .event").first).to_contain_text("Nairobi")
