"""Over HTTP: a document sent in, its job, the proposal, the review, the event in the calendar."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.services import sync, tokens
from app.store import Store
from tests.jobs import run_jobs

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "tests" / "corpus" / "A-RES-90-301.en.txt").read_text("utf-8")
Visit = Callable[..., Any]


def bearer(store: Store, *scopes: str) -> dict[str, str]:
    return {"authorization": f"Bearer {tokens.create_token(store, 'someone', scopes, datetime.now(UTC))[1]}"}


def work(store: Store) -> None:
    run_jobs(store)


def test_from_an_upload_to_the_calendar(visit: Visit, store: Store) -> None:
    proposer, reviewer = bearer(store, "propose"), bearer(store, "review")

    async def steps(client: httpx.AsyncClient) -> None:
        sent = await client.post("/api/v1/documents", data={"text": TEXT, "lang": "en"}, headers=proposer)
        assert sent.status_code == 202
        job = sent.json()
        assert (job["state"], job["progress"], job["proposal"]) == ("queued", 0, None)
        assert sent.headers["location"] == f"/api/v1/jobs/{job['id']}"
        again = await client.post("/api/v1/documents", data={"text": TEXT, "lang": "en"}, headers=proposer)
        assert again.json() == job
        work(store)
        done = (await client.get(sent.headers["location"], headers=proposer)).json()
        assert (done["state"], done["progress"], done["error"]) == ("done", 100, None)
        listed = (await client.get("/api/v1/proposals?state=proposed", headers=reviewer)).json()["items"]
        assert [item["id"] for item in listed] == [done["proposal"]]
        whole = (await client.get(f"/api/v1/proposals/{done['proposal']}", headers=reviewer)).json()
        assert (whole["text"], whole["symbol"], whole["reviews"]) == (TEXT, "A/RES/90/301", [])
        item = whole["schedule"]["items"][0]
        assert (await client.get(f"/api/v1/events/{item['uid']}")).status_code == 404
        said = {"proposal": done["proposal"], "publish": True,
                "items": [{"uid": item["uid"], "status": "corrected", "changes": {"place": "Nairobi"}}]}  # fmt: skip
        published = await client.post("/api/v1/reviews", json=said, headers=reviewer)
        assert (published.status_code, published.json()["state"]) == (200, "published")
        assert [(found["by"], found["changes"]) for found in published.json()["reviews"]] == [
            ("someone", {"place": "Nairobi"})
        ]
        assert (await client.get(f"/api/v1/events/{item['uid']}")).json()["place"] == "Nairobi"
        feed = await client.get("/feeds/resolution/A-RES-90-301.ics")
        assert (feed.status_code, item["uid"] in feed.text) == (200, True)
        twice = await client.post("/api/v1/reviews", json=said, headers=reviewer)
        assert (twice.status_code, twice.json()["type"]) == (409, "tag:plenary,2026:conflict")

    visit(steps)


def test_a_confirmed_amendment_moves_the_event_in_the_feeds(visit: Visit, store: Store, tmp_path: Path) -> None:
    both, uid = bearer(store, "propose", "review"), "A-RES-72-251.6.meeting.1"
    shutil.copy(ROOT / "schedules/ga/72/A-RES-72-251.yaml", tmp_path)
    sync.load(store, tmp_path, datetime.now(UTC))
    text = (ROOT / "tests/corpus/amend/A-DEC-72-553.en.txt").read_text("utf-8")

    async def steps(client: httpx.AsyncClient) -> None:
        document = {"text": text, "lang": "en", "symbol": "A/DEC/72/553", "adopted": "2018-03-26"}
        sent = await client.post("/api/v1/documents", data=document, headers=both)
        work(store)
        number = (await client.get(sent.headers["location"], headers=both)).json()["proposal"]
        (item,) = (await client.get(f"/api/v1/proposals/{number}", headers=both)).json()["amendments"]
        assert (item["target"], item["status"], item["problem"]) == (uid, "proposed", None)
        assert item["amendment"] == {"target": uid, "action": "move", "when": "2018-05-10"}
        assert [(at["start"], at["status"], at["arithmetic"]) for at in (item["before"], item["after"])] == [
            ("2018-03-28", "scheduled", "the text gives 28 March 2018"),
            ("2018-05-10", "moved", "the text gives 10 May 2018"),
        ]
        said = {"proposal": number, "amendments": [{"target": uid, "status": "confirmed"}]}
        kept = await client.post("/api/v1/reviews", json=said, headers=both)
        assert [(one["status"], one["changes"]) for one in kept.json()["amendments"]] == [("confirmed", {})]
        assert (await client.get(f"/api/v1/events/{uid}")).json()["start"] == "2018-03-28"
        done = await client.post("/api/v1/reviews", json={"proposal": number, "publish": True}, headers=both)
        assert (done.status_code, done.json()["state"]) == (200, "published")
        feed = (await client.get("/feeds/resolution/A-RES-72-251.ics")).text
        assert ("DTSTART;VALUE=DATE:20180510" in feed, "DTSTART;VALUE=DATE:20180328" in feed) == (True, False)
        # Another decision of that day says otherwise.
        sent = await client.post("/api/v1/documents", data={**document, "symbol": "A/DEC/72/554"}, headers=both)
        work(store)
        number = (await client.get(sent.headers["location"], headers=both)).json()["proposal"]
        late = {"target": uid, "status": "corrected", "changes": {"when": "2018-05-12"}}
        wrong = await client.post("/api/v1/reviews", json={"proposal": number, "amendments": [late]}, headers=both)
        assert (wrong.status_code, wrong.json()["detail"], wrong.json()["where"]) == (
            409, f"two decisions of 2018-03-26 contradict each other on {uid}", "A/DEC/72/553 and A/DEC/72/554",
        )  # fmt: skip

    visit(steps)


def test_each_step_needs_its_scope(visit: Visit, store: Store) -> None:
    proposer, reviewer = bearer(store, "propose"), bearer(store, "review")

    async def steps(client: httpx.AsyncClient) -> None:
        form, review = {"data": {"text": TEXT, "lang": "en"}}, {"json": {"proposal": 1, "publish": True}}
        assert (await client.post("/api/v1/documents", **form)).status_code == 401
        assert (await client.post("/api/v1/documents", **form, headers=reviewer)).status_code == 403
        assert (await client.post("/api/v1/reviews", **review)).status_code == 401
        assert (await client.post("/api/v1/reviews", **review, headers=proposer)).status_code == 403
        assert (await client.get("/api/v1/jobs/x")).status_code == 401
        assert (await client.get("/api/v1/jobs/x", headers=reviewer)).status_code == 404
        assert store.proposals.list().items == ()

    visit(steps)


def test_a_job_that_failed_says_why_in_the_readers_language(visit: Visit, store: Store) -> None:
    proposer = bearer(store, "propose")

    async def steps(client: httpx.AsyncClient) -> None:
        sent = await client.post("/api/v1/documents", data={"text": "nothing", "lang": "en"}, headers=proposer)
        work(store)
        failed = (await client.get(sent.headers["location"] + "?lang=fr", headers=proposer)).json()
        assert (failed["state"], failed["error"]["type"]) == ("failed", "bad-document")
        assert failed["error"]["what"] != (store.jobs.get(sent.json()["id"]) or pytest.fail("no job")).error["what"]

    visit(steps)


def test_a_job_is_watched_to_its_end(visit: Visit, store: Store) -> None:
    proposer = bearer(store, "propose")

    async def steps(client: httpx.AsyncClient) -> None:
        sent = await client.post("/api/v1/documents", data={"text": TEXT, "lang": "en"}, headers=proposer)
        work(store)
        answer = await client.get(sent.headers["location"] + "/events", headers=proposer)
        assert answer.headers["content-type"].startswith("text/event-stream")
        name, data = answer.text.strip().split("\n")
        assert name == "event: progress"
        assert json.loads(data.removeprefix("data: "))["state"] == "done"

    visit(steps)


@pytest.mark.parametrize(
    "body",
    [[], {}, {"proposal": "1"}, {"proposal": True, "publish": True}, {"proposal": 1}, {"proposal": 1, "publish": 1},
     {"proposal": 1, "publish": True, "reject": True}, {"proposal": 1, "items": {}}, {"proposal": 1, "x": 1},
     {"proposal": 1, "items": [1]}, {"proposal": 1, "items": [{"uid": 1, "status": "confirmed"}]},
     {"proposal": 1, "amendments": {}}, {"proposal": 1, "amendments": [{"uid": "a", "status": "confirmed"}]},
     {"proposal": 1, "amendments": [{"target": "a", "status": "confirmed", "changes": []}]},
     {"proposal": 10**30, "publish": True}, {"proposal": 1, "items": [{"uid": "a", "status": "b", "changes": 1}]}],
)  # fmt: skip
def test_a_review_of_another_form_is_refused(visit: Visit, store: Store, body: object) -> None:
    reviewer = bearer(store, "review")

    async def steps(client: httpx.AsyncClient) -> None:
        answer = await client.post("/api/v1/reviews", json=body, headers=reviewer)
        assert (answer.status_code, answer.json()["detail"]) == (400, "invalid request")

    visit(steps)


def test_what_is_no_json_or_too_much_is_refused(visit: Visit, store: Store) -> None:
    reviewer = bearer(store, "review")

    async def steps(client: httpx.AsyncClient) -> None:
        kind = {**reviewer, "content-type": "application/json"}
        statuses = [
            (await client.post("/api/v1/reviews", content=content, headers=headers)).status_code
            for content, headers in ((b"{", kind), (b"[" * 100_000, kind), (b"{}", reviewer), (b" " * 1_100_000, kind))
        ]
        assert statuses == [422, 422, 400, 413]

    visit(steps)


def test_nothing_is_fetched_where_no_server_is_configured(visit: Visit, store: Store) -> None:
    proposer = bearer(store, "propose")

    async def steps(client: httpx.AsyncClient) -> None:
        form = {"symbol": "A/RES/72/251", "lang": "en"}
        answer = await client.post("/api/v1/documents", data=form, headers=proposer)
        assert (answer.status_code, answer.json()["detail"]) == (400, "no document server is configured")
        without = await client.post("/api/v1/documents", data={"lang": "en"}, headers=proposer)
        assert without.status_code == 422

    visit(steps)


def test_a_job_is_watched_no_longer_than_its_token_is_valid(visit: Visit, store: Store) -> None:
    proposer, other = bearer(store, "propose"), bearer(store, "propose")
    (revoked,) = (token for token in store.tokens.all() if token.id in proposer["authorization"])

    async def steps(client: httpx.AsyncClient) -> None:
        sent = await client.post("/api/v1/documents", data={"text": TEXT, "lang": "en"}, headers=other)
        events = sent.headers["location"] + "/events"
        watching, allowed = (asyncio.create_task(client.get(events, headers=by)) for by in (proposer, other))
        await asyncio.sleep(0.5)  # nobody works on it: both of them wait
        assert not watching.done()
        store.tokens.revoke(revoked.id, datetime.now(UTC))
        answer = await asyncio.wait_for(watching, 5)
        assert answer.text.count("event: progress") == 1
        assert json.loads(answer.text.partition("data: ")[2])["state"] == "queued"
        assert not allowed.done()
        work(store)
        assert (await allowed).text.count("event: progress") >= 2
        assert (await client.get(events, headers=proposer)).status_code == 401

    visit(steps)


def test_stream_job_eleventh_of_a_token_rejected(visit: Visit, store: Store) -> None:
    proposer, other = bearer(store, "propose"), bearer(store, "propose")

    async def steps(client: httpx.AsyncClient) -> None:
        sent = await client.post("/api/v1/documents", data={"text": TEXT, "lang": "en"}, headers=proposer)
        events = sent.headers["location"] + "/events"
        watching = [asyncio.create_task(client.get(events, headers=proposer)) for _ in range(10)]
        await asyncio.sleep(0.5)  # nobody works on it: all of them wait
        refused = await client.get(events, headers=proposer)
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "15")
        allowed = asyncio.create_task(client.get(events, headers=other))
        await asyncio.sleep(0.2)
        assert not allowed.done()
        work(store)
        answers = await asyncio.gather(*watching, allowed)
        assert [answer.status_code for answer in answers] == [200] * 11
        assert (await client.get(events, headers=proposer)).status_code == 200

    visit(steps)


def test_stream_job_head_ends_at_once(visit: Visit, store: Store) -> None:
    proposer = bearer(store, "propose")

    async def steps(client: httpx.AsyncClient) -> None:
        sent = await client.post("/api/v1/documents", data={"text": TEXT, "lang": "en"}, headers=proposer)
        events = sent.headers["location"] + "/events"
        head = await asyncio.wait_for(client.head(events, headers=proposer), 5)  # nobody works on the job
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-type"].startswith("text/event-stream")

    visit(steps)
