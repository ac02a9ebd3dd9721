"""Who may: tokens in the Authorization field, signing in on the pages, forms from elsewhere."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from app.services import tokens
from app.settings import Settings
from app.store import Store
from app.web.app import create_app

Get = Callable[..., httpx.Response]
Visit = Callable[..., object]


def token(store: Store, *scopes: str) -> str:
    return tokens.create_token(store, "someone", scopes, datetime.now(UTC))[1]


def bearer(text: str) -> dict[str, str]:
    return {"authorization": f"Bearer {text}"}


def test_writing_needs_a_token_with_its_scope(get: Get, store: Store) -> None:
    without = get("/api/v1/audit")
    assert (without.status_code, without.headers["www-authenticate"]) == (401, "Bearer")
    assert without.json()["type"] == "tag:plenary,2026:not-signed-in"
    assert get("/api/v1/audit", headers=bearer("plenary-0-0")).status_code == 401
    wrong = get("/api/v1/audit", headers=bearer(token(store, "review")))
    assert (wrong.status_code, wrong.json()["type"]) == (403, "tag:plenary,2026:not-allowed")
    right = get("/api/v1/audit?limit=1", headers=bearer(token(store, "admin")))
    assert right.status_code == 200
    assert [item["action"] for item in right.json()["items"]] == ["token.create"]
    assert get("/api/v1/audit", headers={"authorization": "Basic eDp5"}).status_code == 401


def test_reading_stays_open(get: Get) -> None:
    for path in ("/", "/api/v1/events", "/feeds/all.ics", "/signin"):
        assert get(path).status_code == 200


def test_access_error_is_in_the_readers_language(get: Get) -> None:
    assert get("/api/v1/audit?lang=fr").json()["detail"] == "ceci demande un jeton"


async def sign_in(client: httpx.AsyncClient, text: str, **more: str) -> httpx.Response:
    return await client.post("/signin", data={"token": text, **more})


def test_signing_in_and_out_on_the_pages(visit: Visit, store: Store) -> None:
    text = token(store, "review")

    async def steps(client: httpx.AsyncClient) -> None:
        client.base_url = httpx.URL("https://test")
        answer = await sign_in(client, text, back="/resolutions")
        assert (answer.status_code, answer.headers["location"]) == (303, "/resolutions")
        cookie = answer.headers["set-cookie"]
        assert re.match(r"__Host-plenary=[0-9a-f]{64}; expires=", cookie)
        assert {"HttpOnly", "SameSite=lax", "Path=/", "Secure"} <= {part.strip() for part in cookie.split(";")}
        page = await client.get("/signin")
        assert "You are signed in with the token someone." in page.text
        mark = re.search(r'name="mark" value="([0-9a-f]{64})"', page.text)
        assert mark is not None
        assert (await client.post("/signout", data={"mark": "0" * 64})).status_code == 403
        away = await client.post("/signout", data={"mark": mark[1]}, headers={"sec-fetch-site": "cross-site"})
        assert away.status_code == 403
        assert "You are signed in" in (await client.get("/signin")).text
        assert (await client.post("/signout", data={"mark": mark[1]})).status_code == 303
        assert "You are signed in" not in (await client.get("/signin")).text

    visit(steps)


def test_a_wrong_token_signs_nobody_in(visit: Visit, store: Store) -> None:
    async def steps(client: httpx.AsyncClient) -> None:
        answer = await client.post("/signin?lang=ru", data={"token": "plenary-0-0"})
        assert answer.status_code == 401
        assert "ключ доступа недействителен" in answer.text
        assert "set-cookie" not in answer.headers

    visit(steps)


@pytest.mark.parametrize(
    "back",
    ["//evil.example", "https://evil.example", "/\\evil", "javascript:x", "/a\r\nb", "", "/..//evil.example",
     "/a//evil.example", "/a/../b", "/%2f/evil.example", "/a?b=//evil",
     "//a?b", "/?a=/\\b", "/?a?b"],
)  # fmt: skip
def test_signin_back_to_another_site_leads_home(visit: Visit, store: Store, back: str) -> None:
    text = token(store, "review")

    async def steps(client: httpx.AsyncClient) -> None:
        assert (await sign_in(client, text, back=back)).headers["location"] == "/"

    visit(steps)


def test_another_sites_form_signs_nobody_in(visit: Visit, store: Store) -> None:
    text = token(store, "review")

    async def steps(client: httpx.AsyncClient) -> None:
        answer = await client.post("/signin", data={"token": text}, headers={"sec-fetch-site": "cross-site"})
        assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)

    visit(steps)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({}, 303),
        ({"origin": "{base}"}, 303),
        ({"origin": "HTTP://TEST"}, 303),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "http://test.evil.example"}, 403),
        ({"origin": "ftp://test"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": ""}, 403),
        ({"origin": "http://"}, 403),
        ({"origin": "http://test:81"}, 403),
        ({"origin": "https://evil.example", "sec-fetch-site": "same-origin"}, 303),
        ({"origin": "{base}", "sec-fetch-site": "same-site"}, 403),
        ({"origin": "{base}", "sec-fetch-site": ""}, 403),
    ],
)
def test_a_browser_that_only_names_the_origin(
    visit: Visit, store: Store, settings: Settings, said: dict[str, str], status: int
) -> None:
    text = token(store, "review")
    headers = {name: value.replace("{base}", settings.base_url) for name, value in said.items()}

    async def steps(client: httpx.AsyncClient) -> None:
        answer = await client.post("/signin", data={"token": text}, headers=headers)
        assert (answer.status_code, "set-cookie" in answer.headers) == (status, status == 303)

    visit(steps)


def test_signin_cookie_without_prefix_behind_https_ignored(visit: Visit, store: Store) -> None:
    text = token(store, "review")

    async def steps(client: httpx.AsyncClient) -> None:
        held = (await sign_in(client, text)).headers["set-cookie"].partition(";")[0]
        for cookie, signed in ((held, True), (held.removeprefix("__Host-"), False)):
            page = await client.get("/signin", headers={"cookie": cookie})
            assert ("You are signed in" in page.text) is signed

    visit(steps)


def test_the_cookie_is_for_https_only_where_the_service_is(store: Store, settings: Settings) -> None:
    text = token(store, "review")

    async def steps() -> str:
        app = create_app(settings.model_copy(update={"base_url": "http://localhost:8000"}), store)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            return str((await sign_in(client, text)).headers["set-cookie"])

    cookie = asyncio.run(steps())
    assert re.match(r"plenary=[0-9a-f]{64}; expires=", cookie)
    assert "secure" not in cookie.lower()


def test_a_revoked_token_is_signed_out(visit: Visit, store: Store) -> None:
    text = token(store, "review")

    async def steps(client: httpx.AsyncClient) -> None:
        client.base_url = httpx.URL("https://test")
        await sign_in(client, text)
        assert "You are signed in" in (await client.get("/signin")).text
        tokens.revoke_token(store, text.split("-")[1], datetime.now(UTC) + timedelta(seconds=1))
        assert "You are signed in" not in (await client.get("/signin")).text

    visit(steps)
