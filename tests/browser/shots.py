"""Screenshots of every page in English, Arabic and Chinese, wide and phone, for eyes: ``make shots``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.served import CHROMIUM, ROOT, browsing, serving

PAGES = {
    "home": "/",
    "calendar": "/calendar",
    "month": "/calendar?month=2018-05",
    "past": "/calendar?month=2018-05&as_of=2018-04-01&beside=sessions,observances,holidays",
    "resolutions": "/resolutions",
    "resolution": "/resolutions/A-RES-72-251",
    "event": "/events/A-RES-72-251.5.meeting.1",
    "window": "/events/A-RES-72-251.20.report.1",
    "subscribe": "/subscribe?kind=report",
    "changes": "/changes",
    "try": "/try",
}
LANGUAGES = ("en", "ar", "zh")
SIZES = {"wide": (1280, 900), "phone": (360, 780)}
README = {"width": 1280, "height": 860}


def tried(page: Page, base: str, language: str) -> None:
    """The page of a derivation, its first item open for correction."""
    page.goto(f"{base}/try?lang={language}")
    page.set_input_files("input[type=file]", ROOT / "schedules" / "ga" / "72" / "A-RES-72-251.zh.txt")
    page.select_option("select[name=lang]", "zh")
    page.click("form.try button")
    page.locator("#result").wait_for()
    page.locator("details.why summary").first.click()


def main(out: Path) -> int:
    """Writes the screenshots below ``out``."""
    if not CHROMIUM:
        print("shots: no chromium on this machine; tests/browser/install brings it on Debian", file=sys.stderr)
        return 1
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as base, browsing() as browser:
        for size, (width, height) in SIZES.items():
            for scheme in ("light", "dark"):
                context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
                page = context.new_page()
                for language in LANGUAGES if scheme == "light" else LANGUAGES[:1]:
                    for name, path in PAGES.items():
                        page.goto(f"{base}{path}{'&' if '?' in path else '?'}lang={language}")
                        page.screenshot(path=out / f"{name}-{language}-{size}-{scheme}.png", full_page=True)
                    tried(page, base, language)
                    page.screenshot(path=out / f"tried-{language}-{size}-{scheme}.png")
                context.close()
        page = browser.new_page(viewport=README)
        page.goto(f"{base}/calendar?month=2018-05&lang=en")
        page.screenshot(path=out / "readme.png")
    print(f"shots: {len(list(out.glob('*.png')))} in {out}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "var" / "shots")))
