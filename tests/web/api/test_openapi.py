"""The OpenAPI description: every operation typed, with a real answer as its example."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute
from pydantic import BaseModel

from app.feeds import FORMATS
from app.feeds.csv import COLUMNS
from app.model import Certainty, Kind
from app.schedule.json_format import plain_event
from app.settings import Settings
from app.store import Store
from app.web.api.openapi import TAGS, operation_id
from app.web.api.schemas import Event
from app.web.app import API_ROUTERS, create_app
from tests.feeds.made import event
from tests.web.api.collect_examples import collect, to_text

Get = Callable[..., httpx.Response]
EXAMPLES = Path(__file__).parents[3] / "app" / "web" / "api" / "examples.json"
ROUTES = [route for router in API_ROUTERS for route in router.routes if isinstance(route, APIRoute)]
PLAIN = {"getMetrics", "streamJob"}
"""Operations whose answers are no JSON."""


def good_model(route: APIRoute) -> type[BaseModel] | None:
    """The model of a route's good answer."""
    return next((said.get("model") for status, said in route.responses.items() if str(status)[0] == "2"), None)


@pytest.fixture
def answers(store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    async def whole() -> dict[str, Any]:
        app = create_app(settings, store, clock=lambda: datetime(2026, 12, 1, tzinfo=UTC))
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await collect(client, store)

    return asyncio.run(whole())


@pytest.fixture
def described(get: Get) -> dict[str, Any]:
    found: dict[str, Any] = get("/openapi.json").json()
    return found


def operations(described: dict[str, Any]) -> dict[str, Any]:
    return {
        operation["operationId"]: operation for methods in described["paths"].values() for operation in methods.values()
    }


def test_examples_are_real_answers(answers: dict[str, Any]) -> None:
    """PLENARY_WRITE_EXAMPLES=1 writes the file anew after a change of the API."""
    if os.environ.get("PLENARY_WRITE_EXAMPLES"):
        EXAMPLES.write_text(to_text(answers), "utf-8")
    assert json.loads(EXAMPLES.read_text("utf-8")) == answers, "write them anew: see the docstring"


def test_answers_have_the_form_of_their_models(answers: dict[str, Any]) -> None:
    seen = set()
    for route in ROUTES:
        id_, model = operation_id(route), good_model(route)
        if model is None:
            continue
        again = model.model_validate(answers[id_]).model_dump(mode="json", by_alias=True, exclude_unset=True)
        assert json.loads(json.dumps(again).replace('Z"', '+00:00"')) == answers[id_], id_
        seen.add(id_)
    assert seen | {"problem", "getHealth", "getReadiness"} == set(answers)


def test_event_model_has_the_keys_of_plain_event_and_csv() -> None:
    keys = set(plain_event(event("A-RES-72-251.6.meeting.1", Kind.MEETING, "2018-05-14", Certainty.DECIDED), "en"))
    assert set(Event.model_fields) == keys
    assert set(COLUMNS) - keys == {"document"}  # the address of the official document


def test_every_operation_has_schema_and_example(described: dict[str, Any]) -> None:
    tags = {name for name, _ in TAGS}
    for id_, operation in operations(described).items():
        good = operation["responses"][min(operation["responses"])]
        assert operation["summary"], id_
        assert set(operation["tags"]) <= tags, id_
        assert len(operation["summary"]) <= 40, id_
        if min(operation["responses"]) != "204" and id_ not in PLAIN and "feeds" not in operation["tags"]:
            content = good["content"]["application/json"]
            assert set(content["schema"]) == {"$ref"}, id_
            assert content["example"], id_


def test_every_refusal_is_a_problem(described: dict[str, Any]) -> None:
    for id_, operation in operations(described).items():
        for status, answer in operation["responses"].items():
            if status.startswith(("4", "5")):
                schema = answer["content"]["application/problem+json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/Problem"}, (id_, status)
    assert not {"HTTPValidationError", "ValidationError"} & set(described["components"]["schemas"])


def test_every_reference_leads_to_a_component(described: dict[str, Any]) -> None:
    text = json.dumps(described)
    named = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert named <= set(described["components"]["schemas"])


def test_event_parameters_are_typed(described: dict[str, Any]) -> None:
    found = {item["name"]: item["schema"] for item in operations(described)["listEvents"]["parameters"]}
    assert found["kind"]["items"] == {"$ref": "#/components/schemas/Kind"}
    assert found["from"]["format"] == "date"
    assert (found["limit"]["minimum"], found["limit"]["maximum"]) == (1, 1000)
    assert {"actor", "to", "as_of", "known_at", "next", "lang", "q", "body", "topic", "resolution"} <= set(found)


def test_feeds_are_described_in_every_format(described: dict[str, Any]) -> None:
    feed = operations(described)["getFeed"]
    formats = next(item for item in feed["parameters"] if item["name"] == "format")["schema"]["enum"]
    assert formats == list(FORMATS) == ["ics", "jcal", "json", "atom", "csv"]
    assert {"text/calendar", "text/csv"} <= set(feed["responses"]["200"]["content"])
    assert {"kind", "cancelled", "windows", "alarm", "as"} <= {item["name"] for item in feed["parameters"]}
