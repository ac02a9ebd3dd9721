"""Schemathesis over every operation of the OpenAPI: no answer may be an unforeseen error or without its media type."""

from __future__ import annotations

import json
import resource
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from starlette.testclient import TestClient

from app.services import sync, tokens
from app.settings import Settings
from app.web.app import create_app
from tests.serving import ROOT

FORESEEN = {200, 201, 202, 204, 303, 304, 308, 400, 401, 403, 404, 405, 406, 409, 410, 413, 415, 422, 429}


def _plain(value: object) -> object:
    """A part of a form as httpx takes it: schemathesis gives numbers as numbers."""
    if isinstance(value, tuple):
        return tuple(item if item is None else _plain(item) for item in value)
    return value if isinstance(value, (bytes, str)) else str(value)


def run(seconds: float, examples: int | None = None) -> tuple[str, int, int, str, str, str]:
    """A row of the table: name, cases, failures, slowest case, peak memory, the first failure."""
    count, slowest = 0, 0.0
    failures: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "schedules", Path(folder) / "schedules")
        chosen = Settings(database_url=f"sqlite:///{folder}/plenary.sqlite", schedules=Path(folder) / "schedules")
        store = sync.open_store(chosen, datetime.now(UTC))
        _, token = tokens.create_token(store, "fuzz", ["admin"], datetime.now(UTC))
        app = create_app(chosen, store)
        schema = schemathesis.openapi.from_asgi("/openapi.json", app)
        client = TestClient(app, raise_server_exceptions=False, follow_redirects=False)
        operations = [found.ok() for found in schema.get_all_operations()]
        until = time.monotonic() + seconds
        for place, operation in enumerate(operations):
            share = (until - time.monotonic()) / (len(operations) - place)
            end = time.monotonic() + share

            def send(case: schemathesis.Case) -> None:
                nonlocal count, slowest
                if time.monotonic() > end and examples is None:  # noqa: B023  # called before the next turn
                    return
                begun = time.monotonic()
                # Half of the calls come with a token that may do everything.
                headers = {"authorization": f"Bearer {token}"} if count % 2 else {}
                # By our own client: schemathesis's looks into urllib3, which another package of the tests replaces.
                asked = {**case.as_transport_kwargs(base_url="http://testserver"), "headers": headers}
                kept = ("method", "url", "params", "json", "data", "files", "headers")
                if asked.get("files"):
                    asked["files"] = [(name, _plain(value)) for name, value in asked["files"]]
                answer = client.request(**{name: asked[name] for name in kept if asked.get(name) is not None})
                slowest = max(slowest, time.monotonic() - begun)
                count += 1
                media = answer.headers.get("content-type", "")
                if answer.status_code not in FORESEEN or (
                    answer.status_code >= 400 and "problem+json" not in media and "text/html" not in media
                ):
                    said = json.dumps({"path": case.formatted_path, "query": case.query, "body": repr(case.body)[:200]})
                    failures.append(f"{case.method} {answer.status_code} {said}"[:300])

            bounds = settings(
                max_examples=examples or max(20, int(seconds)), deadline=None, database=None, derandomize=True,
                phases=[Phase.generate], suppress_health_check=list(HealthCheck),
            )  # fmt: skip
            bounds(given(case=operation.as_strategy())(send))()
        store.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return "openapi", count, len(failures), f"{slowest:.1f} s", f"{peak} MB", failures[0] if failures else ""


if __name__ == "__main__":
    print(*run(float(sys.argv[1])), sep="\n")
