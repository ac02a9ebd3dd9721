"""Changes over the API."""

from __future__ import annotations

from collections.abc import Callable

import httpx

Get = Callable[..., httpx.Response]


def test_changes_carry_the_state_before(get: Get) -> None:
    states = get("/api/v1/events/A-RES-72-251.6.meeting.1/history").json()["items"]
    assert [(item["revision"], item["instrument"], item["action"], item["event"]["when"]) for item in states] == [
        (0, "A/RES/72/251", None, "2018-03-28"),
        (1, "A/DEC/72/553", "move", "2018-05-10"),
        (2, "A/DEC/72/556", "postpone", "TBD"),
    ]
    changes = get("/api/v1/changes?since=2026-11-23").json()["items"]
    moved = next(item for item in changes if item["action"] == "move")
    assert (moved["before"]["when"], moved["event"]["when"]) == ("2018-03-28", "2018-05-10")
    assert get("/api/v1/changes?since=2026-11-25").json() == {"items": [], "next": None}
