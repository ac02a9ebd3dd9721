"""Mandates over the API, on a calendar built from texts of our own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.services.build import build
from app.settings import Settings
from app.web.app import create_app
from tests.services.test_build import FIRST, SECOND

UID = "S-RES-3901-2035.1.mandate.1"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder: Path = tmp_path_factory.mktemp("mandates")
    (folder / "texts").mkdir()
    (folder / "texts" / "a.txt").write_text(FIRST, "utf-8")
    (folder / "texts" / "b.txt").write_text(SECOND, "utf-8")
    build([folder / "texts"], "en", folder / "schedules")
    settings = Settings(schedules=folder / "schedules", database_url=f"sqlite:///{folder / 'store.sqlite'}")
    with TestClient(create_app(settings), base_url="http://127.0.0.1:8000") as made:
        yield made


def test_mandates_show_the_end_that_stood(client: TestClient) -> None:
    ends = {}
    for day in ("2035-03-13", "2035-06-01", "2036-06-01", "2038-01-01"):
        items = client.get(f"/api/v1/mandates?as_of={day}").json()["items"]
        ends[day] = [(item["uid"], item["end"], item["status"]) for item in items if item["uid"] == UID]
    assert ends == {
        "2035-03-13": [],
        "2035-06-01": [(UID, "2036-03-31", "running")],
        "2036-06-01": [(UID, "2037-03-31", "running")],
        "2038-01-01": [(UID, "2037-03-31", "lapsed")],
    }


def test_mandates_tell_their_chain_and_subject(client: TestClient) -> None:
    items = {item["uid"]: item for item in client.get("/api/v1/mandates?as_of=2036-06-01").json()["items"]}
    panel = items["S-RES-3901-2035.2.mandate.1"]
    assert panel["subject"]["fr"] == "Groupe d’experts (Liban)"
    assert [(link["instrument"], link["action"], link["end"]) for link in panel["chain"]] == [
        ("S/RES/3901 (2035)", None, "2036-04-30"),
        ("S/RES/3950 (2036)", "merge", "2037-04-30"),
    ]
    assert len(items) == 2


def test_mandates_refuse_an_unknown_parameter(client: TestClient) -> None:
    assert client.get("/api/v1/mandates?country=LB").status_code == 400
