"""The page of the API's reference: drawn by our own files alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import httpx

Get = Callable[..., httpx.Response]


def test_docs_load_only_files_of_ours(get: Get) -> None:
    answer = get("/docs")
    assert answer.status_code == 200
    files = re.findall(r'<(?:script|link)[^>]*(?:src|href)="([^"]+)"[^>]*>', answer.text)
    scripts = [name for name in files if name.startswith("/static/")]
    assert any("swagger-ui-bundle.js" in name for name in scripts)
    for name in scripts:
        assert get(name).status_code == 200, name
    assert not re.search(r'src="(?:https?:)?//', answer.text)
    assert "script-src 'self'; connect-src 'self'; img-src 'self' data:" in answer.headers["content-security-policy"]


def test_other_pages_allow_no_data_images(get: Get) -> None:
    assert "data:" not in get("/calendar").headers["content-security-policy"]


def test_docs_refuse_unknown_parameters(get: Get) -> None:
    assert get("/docs?colour=red").status_code == 400
