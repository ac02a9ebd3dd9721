"""The program: every command has its help."""

import pytest

from tests.cli.command_line import run

pytestmark = pytest.mark.usefixtures("own_store")


def test_version_and_help(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(capfd, "version") == (0, "plenary 0.1.0\n", "")
    for command in ("derive", "show", "check", "serve", "tag", "lint"):
        code, out, err = run(capfd, command, "--help")
        assert (code, err) == (0, "")
        assert f"plenary {command}" in out
        assert "Examples:" in out
