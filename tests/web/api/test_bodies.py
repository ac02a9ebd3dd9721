"""JSON bodies of requests, within bounds."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from fastapi import Request
from pydantic import BaseModel

from app.errors import DataError, PlenaryError, TooLarge, UsageError
from app.web.api.bodies import body_schema, media_type_of, parse_body, read_json_object


class Named(BaseModel):
    """A body of one field."""

    name: str


def request(body: bytes, media_type: str = "application/json") -> Request:
    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    return Request({"type": "http", "method": "POST", "headers": [(b"content-type", media_type.encode())]}, receive)


def read(body: bytes, media_type: str = "application/json") -> Mapping[str, Any]:
    return asyncio.run(read_json_object(request(body, media_type), 64))


def test_media_type_of_is_without_its_parameters() -> None:
    assert media_type_of(request(b"", " Application/JSON ; charset=utf-8")) == "application/json"


def test_read_json_object_gives_the_object() -> None:
    assert read(b'{"name": "lamps"}', "application/json; charset=utf-8") == {"name": "lamps"}


@pytest.mark.parametrize(
    ("body", "media_type", "error", "where"),
    [
        (b"{}", "text/plain", UsageError, "content-type"),
        (b"{", "application/json", DataError, "body"),
        (b"[]", "application/json", UsageError, "body"),
        (b" " * 65, "application/json", TooLarge, "body"),
    ],
)
def test_read_json_object_of_other_form_is_refused(
    body: bytes, media_type: str, error: type[PlenaryError], where: str
) -> None:
    with pytest.raises(error) as refused:
        read(body, media_type)
    assert refused.value.where == where


def test_parse_body_names_the_wrong_field() -> None:
    assert parse_body(Named, {"name": "lamps"}) == Named(name="lamps")
    with pytest.raises(UsageError) as refused:
        parse_body(Named, {"name": 5})
    assert refused.value.where == "name"


def test_body_schema_refers_to_the_component() -> None:
    content = body_schema(Named)["requestBody"]["content"]
    assert content == {"application/json": {"schema": {"$ref": "#/components/schemas/Named"}}}
