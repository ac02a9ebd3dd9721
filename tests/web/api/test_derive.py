"""Deriving a document over the API."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

Get = Callable[..., httpx.Response]


@pytest.mark.parametrize(
    ("fields", "status", "where"),
    [
        ({"lang": "zh"}, 422, "file"),
        ({"lang": "de", "text": "1. Decides"}, 400, "lang"),
        ({"text": "1. Decides"}, 400, "lang"),
        ({"lang": "en", "text": "1. Decides", "adopted": "soon"}, 400, "adopted"),
        ({"lang": "en", "text": "1. Decides", "colour": "red"}, 400, "form"),
        ({"lang": "en", "text": "hello", "symbol": "no symbol"}, 422, ""),
    ],
)
def test_derive_rejects_malformed_submission(get: Get, fields: dict[str, str], status: int, where: str) -> None:
    answer = get("/api/v1/derive", "POST", data=fields)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    if where:
        assert answer.json()["where"] == where


def test_derive_rejects_oversized_document(get: Get) -> None:
    answer = get("/api/v1/derive", "POST", files={"file": ("a.txt", b"x" * (22 * 1024 * 1024))}, data={"lang": "en"})
    assert (answer.status_code, answer.json()["type"]) == (413, "tag:plenary,2026:too-large")


def test_derive_proposes_amendments_of_stored_events(get: Get) -> None:
    path = Path(__file__).parents[2] / "corpus" / "amend" / "A-DEC-72-556.en.txt"
    answer = get("/api/v1/derive", "POST", files={"file": (path.name, path.read_bytes())}, data={"lang": "en"})
    assert answer.status_code == 200
    found = {item["target"]: item for item in answer.json()["proposed_amendments"]}
    assert {uid: (item["action"], item["when"], item["status"]) for uid, item in found.items()} == {
        "A-RES-72-251.5.meeting.1": ("postpone", "TBD", "proposed"),
        "A-RES-72-251.6.meeting.1": ("postpone", "TBD", "proposed"),
    }
