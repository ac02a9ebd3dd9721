"""Reviewing on the pages: signed in, an item confirmed, corrected, rejected; the difference; published at once."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from lxml import html

from app.i18n import translate_action, translate_kind
from app.model import LANGUAGES, Action, Kind
from app.services import review, sync, tokens
from app.store import Store
from tests.jobs import run_jobs

Visit = Callable[..., Any]
Get = Callable[..., httpx.Response]
ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "tests" / "corpus" / "A-RES-90-301.en.txt").read_text("utf-8")


def token(store: Store, *scopes: str) -> str:
    return tokens.create_token(store, "m.k.", scopes, datetime.now(UTC))[1]


async def proposed(client: httpx.AsyncClient, store: Store, text: str = TEXT, **more: str) -> int:
    fields = {"authorization": f"Bearer {token(store, 'propose')}"}
    sent = await client.post("/api/v1/documents", data={"text": text, "lang": "en", **more}, headers=fields)
    assert sent.status_code == 202
    await asyncio.to_thread(run_jobs, store)
    return int((await client.get(sent.headers["location"], headers=fields)).json()["proposal"])


async def signed_in(client: httpx.AsyncClient, store: Store, *scopes: str) -> None:
    answer = await client.post("/signin", data={"token": token(store, *scopes), "back": "/review"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/review")
    # The service is behind HTTPS, the test is not: what the browser would keep is sent by hand.
    client.headers["cookie"] = answer.headers["set-cookie"].partition(";")[0]


def tree(answer: httpx.Response) -> Any:
    return html.fromstring(answer.content)


def test_who_is_not_signed_in_is_led_to_the_sign_in(get: Get) -> None:
    for path in ("/review", "/review/1", "/review/1.patch", "/review/published.patch"):
        answer = get(f"{path}?lang=en")
        assert (answer.status_code, answer.headers["cache-control"]) == (401, "no-store")
        assert tree(answer).xpath("string(//main//a[@class='button']/@href)").startswith("/signin?back=%2Freview")
    assert get("/review/1", "POST", data={"act": "publish"}).status_code == 401


def test_from_a_proposal_to_the_calendar(visit: Visit, store: Store, tmp_path_factory: pytest.TempPathFactory) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        number = await proposed(client, store)
        await signed_in(client, store, "review")
        listed = tree(await client.get("/review?lang=en"))
        assert listed.xpath("//ul[@class='instruments']//a/@href") == [f"/review/{number}?lang=en"]
        shown = tree(await client.get(f"/review/{number}?lang=en"))
        quotes = shown.xpath("//li[@class='holder']//blockquote/text()")
        assert quotes
        assert all(" ".join(quote.split()) in " ".join(TEXT.split()) for quote in quotes)
        marked = {uid for uids in shown.xpath("//div[@class='words']//a/@data-uid") for uid in uids.split()}
        assert marked == set(shown.xpath("//li[@class='holder']/@data-uid"))
        uids = shown.xpath("//li[@class='holder']/@data-uid")
        fields = {item.get("name"): item.get("value") or "" for item in shown.xpath("//form//input[@name]")
                  if item.get("type") != "radio"}  # fmt: skip
        said = {**fields, "said-0": "corrected", "place-0": "Nairobi", "said-1": "rejected", "said-2": "confirmed",
                "note-2": "read twice"}  # fmt: skip
        kept = await client.post(f"/review/{number}?lang=en", data={**said, "act": "keep"})
        assert (kept.status_code, kept.headers["location"]) == (303, f"/review/{number}?lang=en")
        again = tree(await client.get(f"/review/{number}?lang=en"))
        words = [item.xpath("string(.//strong[@class='status'])") for item in again.xpath("//li[@class='holder']")[:3]]
        assert words == ["corrected", "rejected", "confirmed"]
        patch = (await client.get(f"/review/{number}.patch")).text
        assert again.xpath("string(//pre)").strip().split("\n")[:2] == patch.split("\n")[:2]
        folder = tmp_path_factory.mktemp("applied")
        (folder / "p.patch").write_text(patch, "utf-8")
        subprocess.run(["patch", "-p1", "-s", "-i", "p.patch"], cwd=folder, check=True)
        (written,) = folder.rglob("A-RES-90-301.yaml")
        file = written.read_text("utf-8")
        assert (file.count("status: corrected"), file.count("by: m.k."), "place: Nairobi" in file) == (1, 3, True)
        published = await client.post(f"/review/{number}", data={"mark": fields["mark"], "act": "publish"})
        assert published.status_code == 303
        assert (await client.get(f"/api/v1/events/{uids[0]}")).json()["place"] == "Nairobi"
        assert (await client.get(f"/api/v1/events/{uids[1]}")).status_code == 404
        over = tree(await client.get(f"/review/{number}?lang=en"))
        assert over.xpath("//form//button") == []
        whole = (await client.get("/review/published.patch")).text
        assert "+symbol: A/RES/90/301" in whole

    visit(steps)


def test_review_page_excerpts_a_long_text(visit: Visit, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        number = await proposed(client, store)
        await signed_in(client, store, "review")
        whole = tree(await client.get(f"/review/{number}?lang=en"))
        monkeypatch.setattr("app.web.pages.review.MOST_TEXT", len(TEXT) - 1)
        part = tree(await client.get(f"/review/{number}?lang=en"))
        marked = [set(page.xpath("//div[@class='words']//a/@data-uid")) for page in (whole, part)]
        assert marked[0] == marked[1] != set()
        count, fewer = (len(page.xpath("//div[@class='words']/p")) for page in (whole, part))
        assert 0 < fewer < count
        told = [page.xpath("string(//form/p[@class='banner'])")[:47] for page in (whole, part)]
        assert told == ["", "The text is too long for one page: the paragrap"]
        monkeypatch.setattr("app.web.pages.review.MOST_TEXT", 10)
        least = tree(await client.get(f"/review/{number}?lang=en"))
        assert len(least.xpath("//div[@class='words']/p")) == 1
        left = least.xpath("string(//form/p[@class='banner'])").rpartition("before it. ")[2]
        assert left == f"{fewer - 1} more paragraphs are left out."

    visit(steps)


def test_what_cannot_be_said_is_told_and_nothing_is_lost(visit: Visit, store: Store) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        number = await proposed(client, store)
        await signed_in(client, store, "review")
        shown = tree(await client.get(f"/review/{number}?lang=en"))
        mark = shown.xpath("string(//input[@name='mark']/@value)")
        first = {name: shown.xpath(f"string(//input[@name='{name}-0']/@value)") for name in ("when", "bearer", "place")}
        fields = {"mark": mark, "said-0": "corrected", "when-0": "soon", "bearer-0": first["bearer"],
                  "place-0": first["place"]}  # fmt: skip
        wrong = await client.post(f"/review/{number}?lang=en", data=fields)
        assert wrong.status_code == 422
        assert "not a time in the notation" in tree(wrong).xpath("string(//div[@role='alert'])")
        assert tree(wrong).xpath("string(//input[@name='when-0']/@value)") == "soon"
        forged = await client.post(f"/review/{number}", data={**fields, "mark": "x"})
        assert forged.status_code == 403
        elsewhere = await client.post(f"/review/{number}", data=fields, headers={"sec-fetch-site": "cross-site"})
        assert elsewhere.status_code == 403
        odd = await client.post(f"/review/{number}", data={"mark": mark, "act": "burn"})
        assert odd.status_code == 400
        gone = await client.post(f"/review/{number}", data={"mark": mark, "act": "reject"})
        assert gone.status_code == 303
        late = await client.post(f"/review/{number}", data={"mark": mark, "said-0": "confirmed"})
        assert late.status_code == 409

    visit(steps)


def test_a_kind_is_corrected_by_its_name_and_milestones_follow(visit: Visit, store: Store) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        number = await proposed(client, store)
        await signed_in(client, store, "review")
        shown = tree(await client.get(f"/review/{number}?lang=fr"))
        events = review.proposed_schedule(review.get_proposal(store, number)).events
        at, before = next((n, event) for n, event in enumerate(events) if event.kind is Kind.AGENDA)
        kinds = shown.xpath("//datalist[@id='kinds']/option/@value")
        assert kinds == [translate_kind(kind, "fr") for kind in Kind]
        inputs = {item.get("name"): item.get("value") or "" for item in shown.xpath("//form//input[@name]")
                  if item.get("type") != "radio"}  # fmt: skip
        assert inputs[f"kind-{at}"] == translate_kind(Kind.AGENDA, "fr")
        said = {
            **inputs,
            f"said-{at}": "corrected",
            f"kind-{at}": translate_kind(Kind.REPORT, "fr").upper(),
            "act": "keep",
        }
        assert (await client.post(f"/review/{number}?lang=fr", data=said)).status_code == 303
        after = review.proposed_schedule(review.get_proposal(store, number)).events[at]
        assert (after.kind, after.when) == (Kind.REPORT, before.when)
        names = [[item.name for item in event.milestones] for event in (before, after)]
        assert names == [
            ["provisional-agenda", "supplementary-items", "supplementary-list"],
            ["document-submission", "document-issue"],
        ]
        wrong = await client.post(f"/review/{number}?lang=fr", data={**said, f"kind-{at}": "fête"})
        assert (wrong.status_code, tree(wrong).xpath(f"string(//input[@name='kind-{at}']/@value)")) == (400, "fête")

    visit(steps)


def test_proposed_amendments_are_shown_ruled_on_and_followed(visit: Visit, store: Store, tmp_path: Path) -> None:
    shutil.copy(ROOT / "schedules/ga/72/A-RES-72-251.yaml", tmp_path)
    sync.load(store, tmp_path, datetime.now(UTC))
    text = (ROOT / "tests/corpus/amend/A-DEC-72-556.en.txt").read_text("utf-8")
    conference, organizational = "A-RES-72-251.5.meeting.1", "A-RES-72-251.6.meeting.1"

    async def steps(client: httpx.AsyncClient) -> None:
        number = await proposed(client, store, text, symbol="A/DEC/72/556", adopted="2018-04-26")
        await signed_in(client, store, "review")
        shown = tree(await client.get(f"/review/{number}?lang=en"))
        rows = shown.xpath("//ol[contains(@class, 'rulings')]/li")
        assert [row.xpath("string(.//p[@class='title']//a/@href)") for row in rows] == [
            f"/events/{conference}?lang=en", f"/events/{organizational}?lang=en",
        ]  # fmt: skip
        assert [row.xpath("string(.//p[@class='title']/strong)") for row in rows] == [
            translate_action(Action.POSTPONE, "en")
        ] * 2
        assert [row.xpath("string(.//p[@class='meta']/span[1])") for row in rows] == [
            "14–16 May 2018 → on a date to be decided", "28 March 2018 → on a date to be decided",
        ]  # fmt: skip
        assert all(row.xpath("string(.//blockquote)") in " ".join(text.split()) for row in rows)
        mark = shown.xpath("string(//input[@name='mark']/@value)")
        said = {"mark": mark, "act": "publish", "ruled-0": "confirmed", "ruled-1": "corrected", "does-1": "move",
                "time-1": "2018-03-28", "remark-1": "read anew"}  # fmt: skip
        wrong = await client.post(f"/review/{number}?lang=en", data=said)
        assert (wrong.status_code, tree(wrong).xpath("string(//div[@role='alert']//strong)")) == (
            409, "move changes nothing",
        )  # fmt: skip
        assert tree(wrong).xpath("string(//input[@name='remark-1']/@value)") == "read anew"
        done = await client.post(f"/review/{number}?lang=en", data={**said, "time-1": "2018-05-11"})
        assert done.status_code == 303
        found = [store.event(uid) for uid in (conference, organizational)]
        assert [(item.event.when, item.instrument, item.note) for item in found if item] == [
            ("TBD", "A/DEC/72/556", ""), ("2018-05-11", "A/DEC/72/556", "read anew"),
        ]  # fmt: skip
        over = tree(await client.get(f"/review/{number}?lang=en"))
        assert over.xpath("//ol[contains(@class, 'rulings')]//strong[@class='status']/text()") == [
            "confirmed", "corrected",
        ]  # fmt: skip
        assert over.xpath("//ol[contains(@class, 'rulings')]//input") == []

    visit(steps)


def test_a_token_that_may_not_review_does_not(visit: Visit, store: Store) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        number = await proposed(client, store)
        await signed_in(client, store, "propose")
        assert (await client.get("/review")).status_code == 403
        mark = tree(await client.get("/signin")).xpath("string(//input[@name='mark']/@value)")
        answer = await client.post(f"/review/{number}", data={"mark": mark, "act": "publish"})
        assert answer.status_code == 403

    visit(steps)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_review_stands_in_every_language(visit: Visit, store: Store, language: str) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        number = await proposed(client, store)
        await signed_in(client, store, "review")
        for path in ("/review", f"/review/{number}"):
            answer = await client.get(f"{path}?lang={language}")
            found = tree(answer)
            # Titles grew with their subjects: 101 kB in Russian, whose letters take two bytes.
            assert len(answer.content) < 105_000
            assert (answer.status_code, found.get("lang")) == (200, language)
            identifiers = found.xpath("//@id")
            assert len(identifiers) == len(set(identifiers))

    visit(steps)
