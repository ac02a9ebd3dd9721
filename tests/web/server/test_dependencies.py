"""The application's state as routes read it."""

from types import SimpleNamespace

from fastapi import Request

from app.settings import Settings
from app.web.server.dependencies import get_base_url, get_default_language, get_settings, get_store, refresh_instruments

CALLS: list[str] = []
STORE = object()
SETTINGS = Settings(base_url="https://calendar.example/", language="fr")
STATE = SimpleNamespace(
    store=STORE, settings=SETTINGS, feed_renderer=SimpleNamespace(refresh=lambda: CALLS.append("refresh"))
)
REQUEST = Request({"type": "http", "app": SimpleNamespace(state=STATE), "headers": []})


def test_dependencies_are_those_of_the_application() -> None:
    found = (get_store(REQUEST), get_settings(REQUEST), get_default_language(REQUEST))
    assert found == (STORE, SETTINGS, "fr")


def test_get_base_url_has_no_trailing_slash() -> None:
    assert get_base_url(REQUEST) == "https://calendar.example"


def test_refresh_instruments_refreshes_the_renderer_once() -> None:
    CALLS.clear()
    refresh_instruments(REQUEST)
    assert CALLS == ["refresh"]
