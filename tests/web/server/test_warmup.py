"""What is done before anybody asks for a page."""

from __future__ import annotations

import logging
import subprocess
import sys

import pytest

from app.web.server import warmup

# In a process of its own: other tests have asked for pages.
PAGES = """
from pathlib import Path
from app.web.pages import templating as render
from app.web.server import warmup as warm
from app.i18n import catalog

import app.web
before = len(render.environment().cache), catalog._translations.cache_info().currsize
warm.warm()
templates = {path.name for path in Path(app.web.__file__).parent.joinpath("templates").glob("*.html")}
kept = {name for _, name in render.environment().cache.keys()}
print(before, templates - kept, sorted(code for code in warm.LANGUAGES), catalog._translations.cache_info().currsize)
"""


def test_every_template_and_catalogue_is_at_hand() -> None:
    done = subprocess.run([sys.executable, "-c", PAGES], capture_output=True, text=True, check=True)
    assert done.stdout == "(0, 0) set() ['ar', 'en', 'es', 'fr', 'ru', 'zh'] 6\n"


def test_what_breaks_is_logged_and_the_rest_is_done(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done = []

    def broken() -> None:
        raise OSError("the file does not exist")

    monkeypatch.setattr(warmup, "steps", lambda: iter([broken, lambda: done.append(1)]))
    with caplog.at_level(logging.ERROR):
        warmup.warm()
    assert done == [1]
    assert [record.getMessage() for record in caplog.records] == ["cannot be prepared"]
