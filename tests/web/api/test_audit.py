"""The audit log over the API."""

from collections.abc import Callable
from datetime import UTC, datetime

import httpx
import pytest

from app.services import tokens
from app.store import Store


@pytest.mark.parametrize(("scope", "status"), [("admin", 200), ("review", 403)])
def test_audit_is_for_the_scope_admin(
    store: Store, get: Callable[..., httpx.Response], scope: str, status: int
) -> None:
    secret = tokens.create_token(store, "one", [scope], datetime.now(UTC))[1]
    answer = get("/api/v1/audit", headers={"authorization": f"Bearer {secret}"})
    assert answer.status_code == status


def test_audit_without_token_is_refused(get: Callable[..., httpx.Response]) -> None:
    answer = get("/api/v1/audit")
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
