"""Corrections on the spot: under the rules of reviews, carried by the form alone, bounded."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import httpx
import pytest
from lxml import html

from app.errors import DataError, PlenaryError, TooLarge
from app.model import Kind, ReviewStatus
from app.schedule.yaml_format import read
from app.services.derive import derive_bytes
from app.web.pages.corrections import MOST_STATE, Draft, correct, unpack

Get = Callable[..., httpx.Response]
TODAY = date(2026, 11, 25)
SAMPLE = Path(__file__).parents[2] / "corpus" / "A-RES-90-301.en.txt"


@pytest.fixture(scope="module")
def draft() -> Draft:
    found = derive_bytes(SAMPLE.read_bytes(), "en", name=SAMPLE.name)
    return unpack(Draft(found.schedule, found.resolution.text, "en").pack())


def test_a_draft_comes_back_as_it_was(draft: Draft) -> None:
    again = unpack(draft.pack())
    assert again == draft
    assert draft.text == SAMPLE.read_text("utf-8")
    assert all(event.quote["en"] == event.span["en"].of(draft.text) for event in draft.schedule.events)


def test_without_corrections_nothing_is_reviewed(draft: Draft) -> None:
    made = correct(draft, {}, TODAY, "en")
    assert (made.schedule.events, made.schedule.reviews, dict(made.errors)) == (draft.schedule.events, {}, {})


def test_a_correction_keeps_what_was_derived_and_dates_anew(draft: Draft) -> None:
    first = draft.schedule.events[0]
    fields = {"when-0": "2036-02-03", "kind-0": "deadline", "bearer-0": "Генеральный секретарь", "by": " m. k. "}
    made = correct(draft, fields, TODAY, "ru")
    event = made.schedule.events[0]
    assert (event.uid, event.kind, event.start, event.end) == (
        first.uid, Kind.DEADLINE, date(2036, 2, 3), date(2036, 2, 3),
    )  # fmt: skip
    assert event.bearer == "secretary-general"
    review = made.schedule.reviews[first.uid]
    assert (review.status, review.by, review.on) == (ReviewStatus.CORRECTED, "m. k.", TODAY)
    assert {"when", "kind"} <= review.was.keys()
    assert review.was["when"] == first.when


def test_an_item_is_rejected_and_one_is_added(draft: Draft) -> None:
    first = draft.schedule.events[0]
    fields = {
        "reject-0": "yes", "when-new-0": "../2037-01-31", "kind-new-0": "deadline", "paragraph-new-0": "99",
        "quote-new-0": "  words of\r\n the text ",
    }  # fmt: skip
    made = correct(draft, fields, TODAY, "en")
    assert made.schedule.reviews[first.uid].status is ReviewStatus.REJECTED
    added = made.schedule.events[-1]
    assert (added.uid, added.end, dict(added.quote)) == (
        "A-RES-90-301.99.deadline.1", date(2037, 1, 31), {"en": "words of the text"},
    )  # fmt: skip
    assert made.schedule.reviews[added.uid].by == "reader"


@pytest.mark.parametrize(
    ("field", "value"),
    [("when-0", "soon"), ("when-0", "9" * 400), ("kind-0", "party"), ("bearer-0", "<b>")],
)
def test_a_wrong_value_leaves_its_item_and_is_told_by_its_field(draft: Draft, field: str, value: str) -> None:
    made = correct(draft, {field: value}, TODAY, "en")
    assert list(made.errors) == [field]
    assert made.schedule.events == draft.schedule.events
    assert made.schedule.reviews == {}


def pack(value: object) -> str:
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(value).encode())).decode()


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("not base64 !", DataError),
        (pack([]), DataError),
        (pack({"yaml": 1, "text": "", "lang": "en"}), DataError),
        (pack({"yaml": "symbol: nothing", "text": "", "lang": "en"}), PlenaryError),
        (pack({"yaml": "symbol: A/RES/1/1\n", "text": "", "lang": "xx"}), PlenaryError),
        (pack({"yaml": "x" * (MOST_STATE + 1), "text": "", "lang": "en"}), TooLarge),
        ("x" * (MOST_STATE + 1), TooLarge),
    ],
)
def test_what_is_no_draft_is_refused(line: str, error: type[PlenaryError]) -> None:
    with pytest.raises(error):
        unpack(line)


def test_the_page_asks_for_the_language_and_says_where(get: Get) -> None:
    tree = html.fromstring(get("/try?lang=en").content)
    assert tree.xpath("//select[@name='lang']/option[@selected]") == []
    answer = get("/try?lang=fr", "POST", data={"text": SAMPLE.read_text("utf-8")})
    tree = html.fromstring(answer.content)
    assert answer.status_code == 400
    assert tree.xpath("string(//div[@role='alert']//a/@href)") == "#f-lang"
    assert "choisissez la langue du document" in tree.xpath("string(//div[@role='alert'])")
    assert tree.xpath("string(//select[@id='f-lang']/@aria-invalid)") == "true"


def test_the_corrected_schedule_is_downloaded_in_four_formats(get: Get) -> None:
    answer = get("/try?lang=en", "POST", data={"text": SAMPLE.read_text("utf-8"), "lang": "en"})
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert len(answer.content) < 100_000
    tree = html.fromstring(answer.content)
    fields = {item.get("name"): item.get("value") for item in tree.xpath("//form//input[@name='state']")}
    fields |= {"when-0": "2036-02-03", "reject-1": "yes"}
    names = {}
    for extension in ("ics", "yaml", "json", "csv"):
        got = get("/try?lang=en", "POST", data={**fields, "format": extension})
        names[extension] = got.headers["content-disposition"]
        text = got.content.decode("utf-8")
        assert ("20360203" in text) or ("2036-02-03" in text)
        if extension == "yaml":
            assert [review.status for review in read(text, "got").reviews.values()] == ["corrected", "rejected"]
    assert names == {e: f'attachment; filename="A-RES-90-301.{e}"' for e in ("ics", "yaml", "json", "csv")}
    refused = get("/try", "POST", data={**fields, "format": "exe"})
    assert refused.status_code == 400


def test_an_unknown_field_is_refused(get: Get) -> None:
    answer = get("/try?lang=en", "POST", data={"text": "x", "lang": "en", "colour": "red"})
    assert answer.status_code == 400
    assert "unknown field 'colour'" in html.fromstring(answer.content).text_content()


AMENDING = Path(__file__).parents[2] / "corpus" / "amend" / "A-DEC-72-553.en.txt"


def changes_shown(get: Get, text: str, symbol: str) -> list[html.HtmlElement]:
    answer = get("/try?lang=en", "POST", data={"text": text, "lang": "en", "symbol": symbol, "adopted": "2018-03-26"})
    assert answer.status_code == 200
    return list(html.fromstring(answer.content).xpath("//ul[contains(@class, 'changes')]/li"))


def test_what_a_text_would_change_is_shown_beneath_its_schedule(get: Get) -> None:
    (item,) = changes_shown(get, AMENDING.read_text("utf-8"), "A/DEC/72/553")
    assert item.xpath("a[1]/@href") == ["/events/A-RES-72-251.6.meeting.1?lang=en"]
    assert item.text_content().startswith(
        "Organizational meeting of the conference (New York): moved on a date to be decided → 10 May 2018"
    )
    text = "The General Assembly,\n\n1. Decides to postpone the symposium on deltas until further notice."
    (missed,) = changes_shown(get, text, "A/RES/72/400")
    assert missed.text_content() == (
        "Decides to postpone the symposium on deltas until further notice:"
        " it changes something, and no such event is known ¶ 1"
    )
