"""The OpenAPI description: operation ids, tags, problems, feeds, and examples taken from real answers."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic.json_schema import models_json_schema

from app.feeds import FORMATS
from app.web.api.access_schemas import ReviewRequest, WebhookRequest
from app.web.api.responses import PROBLEM_REF
from app.web.api.schemas import Problem

_COMPONENT: Final = "#/components/schemas/{model}"
_ONLY_REFERENCED: Final = (Problem, ReviewRequest, WebhookRequest)
"""Models that routes refer to by name alone, so that the framework does not collect them."""
TAGS: Final = (
    ("events", "Meetings, reports, deadlines, observances, mandates: as they stand, or stood on a day."),
    ("mandates", "Mandates, authorizations and measures through their texts, with their ends."),
    ("resolutions", "Resolutions, decisions and statements with what they schedule."),
    ("changes", "What the service learned since a moment, for programs that keep a copy."),
    ("almanac", "Sessions, holidays, observances, working days, languages."),
    ("registry", "Actors, bodies and topics that filters take."),
    ("derive", "Derive dates from a text; nothing is stored."),
    ("feeds", "Calendars: iCalendar, jCal, JSON Feed, Atom, CSV."),
    ("subscriptions", "Saved feeds under short addresses; with a token."),
    ("proposals", "Documents, jobs, proposals and reviews; with a token."),
    ("webhooks", "Addresses that receive changes; with a token."),
    ("access", "The audit log; with a token."),
    ("operations", "Health, readiness, metrics."),
)
"""The tags in the order of the documentation."""
_FEED_NAMES: Final = ("all", "sessions", "observances", "holidays")
_SHARED_OPERATION: Final = "getFeedSize"
"""The operation whose parameters feeds share."""


def operation_id(route: APIRoute) -> str:
    """Return the operation id of a route: the name of its function in camel case.

    A route ``list_events`` has the id ``listEvents``.
    """
    first, *rest = route.name.split("_")
    return first + "".join(word.capitalize() for word in rest)


@cache
def examples() -> dict[str, Any]:
    """Return examples of answers by operation id; a test takes them from real answers."""
    text = resources.files("app.web.api").joinpath("examples.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def install(app: FastAPI) -> None:
    """Have the application describe itself in this way."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = build(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # the framework's documented way to extend it


def build(app: FastAPI) -> dict[str, Any]:
    """Return the description of the application's routes and feeds."""
    schema = get_openapi(
        title=app.title,
        version=app.version,
        summary="Calendars and deadlines from United Nations resolutions",
        description=app.description,
        routes=app.routes,
        tags=[{"name": name, "description": text} for name, text in TAGS],
        license_info=app.license_info,
    )
    _, definitions = models_json_schema(
        [(model, "serialization") for model in _ONLY_REFERENCED], ref_template=_COMPONENT
    )
    components = schema.setdefault("components", {}).setdefault("schemas", {})
    for name, definition in definitions["$defs"].items():
        components.setdefault(name, definition)
    components["Problem"]["example"] = examples()["problem"]
    _add_feeds(schema)
    for operations in schema["paths"].values():
        for operation in operations.values():
            _add_example(operation)
            for parameter in operation.get("parameters", ()):
                _drop_null(parameter["schema"])
    return schema


def _add_example(operation: dict[str, Any]) -> None:
    """Put the example of a real answer beside the schema of the operation's good answer."""
    example = examples().get(operation.get("operationId", ""))
    good: dict[str, Any] = next(
        (answer for status, answer in operation["responses"].items() if status.startswith("2")), {}
    )
    content = good.get("content", {}).get("application/json")
    if example is not None and content is not None:
        content["example"] = example


def _drop_null(schema: dict[str, Any]) -> None:
    """Describe an optional query parameter by its type alone: it is absent, never null."""
    kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
    if len(kinds) == 1:
        del schema["anyOf"]
        schema.pop("title", None)
        schema.update(kinds[0])


def _add_feeds(schema: dict[str, Any]) -> None:
    """Describe the feeds, which are served ahead of the framework."""
    size = next(
        operation
        for operations in schema["paths"].values()
        for operation in operations.values()
        if operation.get("operationId") == _SHARED_OPERATION
    )
    shared = [parameter for parameter in size["parameters"] if parameter["name"] != "feed"]
    for path, summary, id_, parameters in _FEED_ROUTES:
        names = re.findall(r"\{(\w+)\}", path)
        query = shared if parameters else []
        schema["paths"][path] = {
            "get": {
                "tags": ["feeds"],
                "summary": summary,
                "operationId": id_,
                "parameters": [*(_path_parameter(name) for name in names), *query],
                "responses": _feed_responses(),
            }
        }


_FEED_ROUTES: Final = (
    ("/feeds/{feed}.{format}", "Get a feed", "getFeed", True),
    ("/feeds/resolution/{slug}.{format}", "Get a resolution's feed", "getResolutionFeed", True),
    ("/feeds/s/{token}.{format}", "Get a saved feed", "getSavedFeed", False),
)


def _path_parameter(name: str) -> dict[str, Any]:
    shapes: dict[str, dict[str, Any]] = {
        "feed": {"type": "string", "enum": list(_FEED_NAMES)},
        "format": {"type": "string", "enum": list(FORMATS)},
        "slug": {"type": "string", "examples": ["A-RES-72-251"]},
        "token": {"type": "string"},
    }
    return {"name": name, "in": "path", "required": True, "schema": shapes[name]}


def _feed_responses() -> dict[str, Any]:
    problem = {"content": {"application/problem+json": {"schema": PROBLEM_REF}}}
    media = {FORMATS[extension].media_type.partition(";")[0]: extension for extension in FORMATS}
    return {
        "200": {
            "description": "The feed",
            "headers": {
                "ETag": {"schema": {"type": "string"}, "description": "Send back in If-None-Match."},
                "Last-Modified": {"schema": {"type": "string"}},
                "Cache-Control": {"schema": {"type": "string"}},
            },
            "content": {kind: {"schema": {"type": "string"}} for kind in media},
        },
        "304": {"description": "Not modified"},
        "400": {"description": "Unknown or malformed parameter", **problem},
        "404": {"description": "Not found", **problem},
        "410": {"description": "Ended for good", **problem},
        "503": {"description": "The store cannot be read", **problem},
    }
