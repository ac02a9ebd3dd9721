"""No page has a violation that axe finds, none asks anything of another site, each fits a small screen."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from app.model import LANGUAGES
from tests.browser.served import AXE, Desk
from tests.browser.test_walks import SEED

PAGES = (
    "/",
    "/calendar",
    "/calendar?month=2018-05&as_of=2018-04-01&beside=sessions,observances,holidays",
    "/resolutions",
    "/resolutions/A-RES-72-251",
    "/events/A-RES-72-251.5.meeting.1",
    "/events/A-RES-72-251.20.report.1",
    "/subscribe?kind=report",
    "/changes",
    "/try",
    "/signin",
    "/saved",
    "/review",
    "/nowhere",
)
WIDE = ViewportSize(width=1280, height=900)
NARROW = ViewportSize(width=320, height=640)
RUN = """async rules => {
  const found = await axe.run(document, rules.length ? { runOnly: { type: 'rule', values: rules } } : {
    runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] } });
  return found.violations.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | ')}`);
}"""


@pytest.fixture(scope="module")
def wide(browser: Browser) -> Iterator[BrowserContext]:
    # Our own policy lets no other script in; axe is another's.
    made = browser.new_context(viewport=WIDE, bypass_csp=True)
    yield made
    made.close()


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.exists():
        pytest.skip("axe-core is not below var/: tests/browser/install brings it from npm")
    return AXE.read_text("utf-8")


def judged(page: Page, axe: str, language: str) -> list[str]:
    """What axe finds, on a small screen too; and of contrast in dark colours, which are the same in every language."""
    page.evaluate(axe)
    found: list[str] = page.evaluate(RUN, [])
    page.set_viewport_size(NARROW)
    found += [f"narrow: {item}" for item in page.evaluate(RUN, [])]
    page.set_viewport_size(WIDE)
    if language != "en":
        return found
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {item}" for item in page.evaluate(RUN, ["color-contrast"])]
    page.emulate_media(color_scheme="light")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_and_nothing_is_asked_elsewhere(
    base: str, wide: BrowserContext, axe: str, language: str
) -> None:
    page = wide.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    found = {}
    for path in PAGES:
        page.goto(f"{base}{path}{'&' if '?' in path else '?'}lang={language}")
        if violations := judged(page, axe, language):
            found[path] = violations
    page.goto(f"{base}/try?lang={language}")
    page.set_input_files("input[type=file]", SEED)
    page.select_option("select[name=lang]", "zh")
    page.click("form.try button")
    page.locator("#result").wait_for()
    page.locator("details.why summary").first.click()
    page.fill("#when-0", "soon")
    page.locator(".bar button").first.click()
    page.get_by_role("alert").wait_for()
    if violations := judged(page, axe, language):
        found["corrected"] = violations
    page.close()
    assert found == {}
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(base).netloc}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_fits_320_pixels(base: str, browser: Browser, desk: Desk, language: str) -> None:
    narrow = browser.new_context(viewport=NARROW)
    page = narrow.new_page()
    wide = {}
    signed_in(page, base, desk.token("derive"))
    for path in PAGES:
        page.goto(f"{base}{path}{'&' if '?' in path else '?'}lang={language}")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide[path] = width
    narrow.close()
    assert wide == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_the_pages_of_who_is_signed_in(
    base: str, browser: Browser, desk: Desk, axe: str, language: str
) -> None:
    number, token = desk.proposed("amend/A-DEC-72-556.en.txt", "en"), desk.token("derive", "review")
    inside = browser.new_context(viewport=WIDE, bypass_csp=True)
    page = inside.new_page()
    signed_in(page, base, token)
    page.goto(f"{base}/saved?choose=1&kind=report&lang={language}")
    page.locator("form.try button").click()
    page.locator("ul.kept > li").wait_for()
    found = {}
    for path in ("/saved", "/saved?choose=1&kind=meeting", "/review", f"/review/{number}"):
        page.goto(f"{base}{path}{'&' if '?' in path else '?'}lang={language}")
        page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
        if violations := judged(page, axe, language):
            found[path] = violations
    inside.close()
    assert found == {}


def signed_in(page: Page, base: str, token: str) -> None:
    page.goto(f"{base}/signin?back=/saved&lang=en")
    page.get_by_label("Access token").fill(token)
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/saved**")


def test_a_review_of_amendments_fits_320_pixels(base: str, browser: Browser, desk: Desk) -> None:
    number, token = desk.proposed("amend/A-DEC-72-556.en.txt", "en"), desk.token("review")
    narrow = browser.new_context(viewport=NARROW)
    page = narrow.new_page()
    signed_in(page, base, token)
    seen = {}
    for language in LANGUAGES:
        page.goto(f"{base}/review/{number}?lang={language}")
        for summary in page.locator("main details summary").all():
            summary.click()
        count = page.locator(".rulings > li").count()
        seen[language] = count, page.evaluate("document.documentElement.scrollWidth")
    narrow.close()
    assert seen == dict.fromkeys(LANGUAGES, (2, 320))
