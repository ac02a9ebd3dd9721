"""Reading the JSON bodies of requests within bounds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError

from app.errors import DataError, TooLarge, UsageError, message

Body = TypeVar("Body", bound=BaseModel)
MAX_JSON_BYTES: Final = 1024 * 1024
"""The largest JSON body, in bytes."""


def media_type_of(request: Request) -> str:
    """Return the media type of a request's body without its parameters, in lower case."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def read_json_object(request: Request, max_bytes: int = MAX_JSON_BYTES) -> Mapping[str, Any]:
    """Return the JSON object of a request. Raises UsageError, DataError, TooLarge."""
    media_type = media_type_of(request)
    if media_type != "application/json":
        raise UsageError(
            message("unsupported content type {kind}", kind=repr(media_type[:40])),
            where="content-type",
            hint=message("send application/json"),
        )
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > max_bytes:
            raise TooLarge(
                message("the request body is too large"),
                where="body",
                hint=message("send at most {most} bytes", most=f"{max_bytes:,}"),
            )
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise DataError(message("the body is not JSON"), where="body", hint=message("see /openapi.json")) from error
    if not isinstance(found, dict):
        raise wrong_form("body")
    return found


def wrong_form(where: str) -> UsageError:
    """Return the error of a body that does not match its schema; ``where`` is the field."""
    return UsageError(message("invalid request"), where=where, hint=message("see /openapi.json"))


def body_schema(model: type[BaseModel]) -> dict[str, Any]:
    """Return the OpenAPI description of a JSON body, which refers to the model's component."""
    reference = {"$ref": f"#/components/schemas/{model.__name__}"}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": reference}}}}


def parse_body(model: type[Body], body: Mapping[str, Any]) -> Body:
    """Return the body as ``model``. Raises UsageError that names the field."""
    try:
        return model.model_validate(body)
    except ValidationError as error:
        raise wrong_form(str(error.errors()[0]["loc"][0])[:40] if error.errors()[0]["loc"] else "body") from error
