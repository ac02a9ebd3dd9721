import json
import logging
import sys

import pytest

from app.logging_config import REQUEST, JsonLines, Lines, configuration

HOSTILE = "a\r\nb\x1b[31m\u2028c"


def record(message: str, **extra: object) -> logging.LogRecord:
    made = logging.LogRecord("plenary.request", logging.INFO, "x.py", 1, message, (), None)
    made.created = 1_800_000_000.25
    made.process = 7
    vars(made).update(extra)
    return made


def test_a_record_is_one_json_object_on_one_line() -> None:
    token = REQUEST.set("id-1")
    try:
        line = JsonLines().format(record(HOSTILE, method="GET", route="/events/{uid}", status=200, ms=1.5))
    finally:
        REQUEST.reset(token)
    assert "\n" not in line
    assert json.loads(line) == {
        "time": "2027-01-15T08:00:00.250Z",
        "level": "info",
        "logger": "plenary.request",
        "message": HOSTILE,
        "pid": 7,
        "request": "id-1",
        "method": "GET",
        "route": "/events/{uid}",
        "status": 200,
        "ms": 1.5,
    }


def test_a_plain_line_shows_control_characters_as_escapes() -> None:
    assert Lines().format(record(HOSTILE)) == "08:00:00 info a\\x0d\\x0ab\\x1b[31m\\x2028c"


def test_a_traceback_is_kept_in_both_forms() -> None:
    try:
        raise ValueError("broken")
    except ValueError:
        made = record("failed")
        made.exc_info = sys.exc_info()
    assert json.loads(JsonLines().format(made))["traceback"].endswith("ValueError: broken")
    assert Lines().format(made).splitlines()[0] == "08:00:00 info failed"


@pytest.mark.parametrize(
    ("form", "terminal", "kind"),
    [("json", True, JsonLines), ("text", False, Lines), ("auto", True, Lines), ("auto", False, JsonLines)],
)
def test_the_form_is_as_set_or_by_the_terminal(
    form: str, terminal: bool, kind: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal, raising=False)
    made = configuration("WARNING", form)
    assert made["formatters"]["line"]["()"] == f"app.logging_config.{kind.__name__}"
    assert made["root"]["level"] == "WARNING"
