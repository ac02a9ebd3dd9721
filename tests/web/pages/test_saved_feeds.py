"""Saving a choice on the pages: named, found again, exchanged and ended, by forms alone, in six languages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from lxml import html

from app.model import LANGUAGES
from app.services import tokens
from app.settings import Settings
from app.store import Store
from tests.web.api.test_subscriptions import CONFERENCE, REPORT, run, uids

Visit = Callable[..., Any]
Get = Callable[..., httpx.Response]


async def signed_in(client: httpx.AsyncClient, store: Store, back: str = "/saved") -> str:
    _, text = await asyncio.to_thread(tokens.create_token, store, "someone", ("derive",), datetime.now(UTC))
    answer = await client.post("/signin", data={"token": text, "back": back})
    # The service is behind HTTPS, the test is not: what the browser would keep is sent by hand.
    client.headers["cookie"] = answer.headers["set-cookie"].partition(";")[0]
    return str(answer.headers["location"])


def tree(answer: httpx.Response) -> Any:
    return html.fromstring(answer.content)


async def press(client: httpx.AsyncClient, answer: httpx.Response, act: str, **fields: str) -> httpx.Response:
    """Sends the form of a page that does ``act``, filled in, as a browser without script does; follows it."""
    (form,) = [
        form
        for form in tree(answer).forms
        if "mark" in form.fields and form.xpath(f".//*[@name='act'][@value='{act}']")
    ]
    sent = await client.post(form.action, data={**dict(form.form_values()), "act": act, **fields})
    assert sent.status_code == 303, sent.text
    return await client.get(sent.headers["location"].partition("#")[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_choice_is_saved_renamed_exchanged_and_ended(store: Store, settings: Settings, language: str) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        chosen = await client.get(f"/subscribe?kind=report&lang={language}")
        (keep,) = tree(chosen).xpath("//a[starts-with(@href, '/saved')]/@href")
        closed = await client.get(keep)
        assert (closed.status_code, closed.headers["cache-control"]) == (200, "no-store")
        back = tree(closed).xpath("//main//a[@class='button']/@href")[0]
        asked = await client.get(back)
        assert await signed_in(client, store, tree(asked).xpath("//input[@name='back']/@value")[0]) == keep

        found = await press(client, await client.get(keep), "save", name="Отчёты")
        page = tree(found)
        assert (page.get("lang"), page.xpath("//li//h2/text()")) == (language, ["Отчёты"])
        address = page.xpath("//li//input[@readonly]/@value")[0]
        assert address == f"https://calendar.example/feeds/s/{page.xpath('//li/@id')[0].removeprefix('s-')}.ics"
        assert len(page.xpath("//li//*[contains(@class, 'qr')]")) == 1
        feed = address.removeprefix("https://calendar.example")
        assert uids((await client.get(feed)).content) == {REPORT}

        found = await press(client, found, "rename", name="Доклады")
        assert tree(found).xpath("//li//h2/text()") == ["Доклады"]
        other = await client.get(f"/saved?choose=yes&kind=meeting&resolution=A-RES-72-251&lang={language}")
        found = await press(client, other, "exchange")
        assert tree(found).xpath("//li//h2/text()") == ["Доклады"]
        after = uids((await client.get(feed)).content)
        assert (CONFERENCE in after, REPORT in after) == (True, False)
        again = tree(found).xpath("//li//a[starts-with(@href, '/subscribe')]/@href")[0]
        assert (await client.get(again)).status_code == 200

        found = await press(client, found, "end")
        assert tree(found).xpath("//li//h2") == []
        assert (await client.get(feed)).status_code == 410

    run(store, settings, steps)


def test_what_is_wrong_is_said_and_nothing_is_saved(visit: Visit, store: Store) -> None:
    async def steps(client: httpx.AsyncClient) -> list[int]:
        await signed_in(client, store)
        mark = tree(await client.get("/saved")).xpath("string(//input[@name='mark']/@value)")
        bodies = (
            {"act": "save", "feed": "nothing"},
            {"act": "save", "choice": "kind=party"},
            {"act": "save", "name": "a\u202eb"},
            {"act": "steal"},
            {"act": "end", "address": "a" * 22},
            {"act": "exchange", "address": "a" * 22, "feed": "all"},
        )
        found = [await client.post("/saved?lang=en", data={"mark": mark, **body}) for body in bodies]
        assert [len(tree(answer).xpath("//*[@role='alert']")) for answer in found] == [1] * len(found)
        assert tree(await client.get("/saved")).xpath("//li//h2") == []
        forged = [await client.post("/saved", data={"act": "save"})]
        client.headers.pop("cookie")
        forged.append(await client.post("/saved", data={"act": "save", "mark": mark}))
        return [answer.status_code for answer in (*found, *forged)]

    assert visit(steps) == [404, 400, 400, 400, 404, 404, 403, 401]


def test_nobody_ends_what_another_saved(visit: Visit, store: Store) -> None:
    async def steps(client: httpx.AsyncClient) -> tuple[int, int]:
        await signed_in(client, store)
        made = await press(client, await client.get("/saved?choose=yes"), "save")
        address = tree(made).xpath("//li/@id")[0].removeprefix("s-")
        await signed_in(client, store)
        found = tree(await client.get("/saved"))
        assert found.xpath("//li//h2") == []
        mark = found.xpath("string(//input[@name='mark']/@value)")
        ended = await client.post("/saved", data={"mark": mark, "act": "end", "address": address})
        return ended.status_code, (await client.get(f"/feeds/s/{address}.ics")).status_code

    assert visit(steps) == (404, 200)


def test_many_saved_choices_are_paged_and_a_page_stays_small(visit: Visit, store: Store) -> None:
    async def steps(client: httpx.AsyncClient) -> list[str]:
        await signed_in(client, store)
        page = await client.get("/saved?choose=yes&lang=ar")
        for number in range(14):
            await press(client, page, "save", name=f"{number:02}")
        names, following = [], ["/saved?lang=ar"]
        while following:
            answer = await client.get(following[0])
            assert len(answer.content) < 100_000
            names += tree(answer).xpath("//li//h2/text()")
            following = tree(answer).xpath("//a[@rel='next']/@href")
        return [str(name) for name in names]

    assert visit(steps) == [f"{number:02}" for number in range(14)]
