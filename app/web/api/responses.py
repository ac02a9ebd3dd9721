"""JSON answers of the API, and their description in OpenAPI."""

from __future__ import annotations

import json
from typing import Any, Final
from urllib.parse import quote, urlencode

from fastapi import Request
from pydantic import BaseModel
from starlette.responses import Response

from app.i18n.direction import strip_direction_controls

PROBLEM_REF: Final = {"$ref": "#/components/schemas/Problem"}
_PROBLEM_CONTENT: Final = {"content": {"application/problem+json": {"schema": PROBLEM_REF}}}


def json_response(value: object, status: int = 200) -> Response:
    """Return ``value`` as JSON, in the scripts in which it is written."""
    text = strip_direction_controls(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    body = text.encode("utf-8", "backslashreplace")
    return Response(body, status, media_type="application/json")


def list_response(request: Request, items: list[dict[str, object]], following: str | None, **more: object) -> Response:
    """Return a page of a list, with a Link to the next one (RFC 8288).

    ``following`` is the cursor of the next page, None on the last one.
    """
    response = json_response({"items": items, "next": following, **more})
    if following is not None:
        pairs = [pair for pair in request.query_params.multi_items() if pair[0] != "next"]
        target = f"{request.url.path}?{urlencode([*pairs, ('next', following)])}"
        response.headers["link"] = f'<{quote(target, safe="/?&=%+:@.-_~,")}>; rel="next"'
    return response


def describe(
    model: type[BaseModel] | None,
    *,
    status: int = 200,
    token: bool = False,
    missing: bool = False,
    body: bool = False,
) -> dict[int | str, dict[str, Any]]:
    """Return the responses of a route for OpenAPI.

    ``model`` is that of the answer with ``status`` (None for one without a body); ``token``: the route needs one;
    ``missing``: the address can name nothing; ``body``: the request has a body that may be malformed or too large.
    """
    good: dict[str, Any] = {"description": "Success"}
    if model is not None:
        good["model"] = model
    found: dict[int | str, dict[str, Any]] = {
        status: good,
        400: {"description": "Unknown or malformed parameter", **_PROBLEM_CONTENT},
        429: {"description": "Too many requests; see Retry-After", **_PROBLEM_CONTENT},
        503: {"description": "The store cannot be read", **_PROBLEM_CONTENT},
        "default": {"description": "Another error", **_PROBLEM_CONTENT},
    }
    if token:
        found[401] = {"description": "No token, or an invalid one", **_PROBLEM_CONTENT}
        found[403] = {"description": "The token lacks the scope", **_PROBLEM_CONTENT}
    if missing:
        found[404] = {"description": "Not found", **_PROBLEM_CONTENT}
        found[410] = {"description": "Withdrawn", **_PROBLEM_CONTENT}
    if body:
        found[413] = {"description": "The body is too large", **_PROBLEM_CONTENT}
        found[422] = {"description": "The body cannot be read", **_PROBLEM_CONTENT}
    return found
