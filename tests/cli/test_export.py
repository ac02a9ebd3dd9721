"""``plenary export``: nothing published gives an empty patch."""

import pytest

from tests.cli.command_line import run

pytestmark = pytest.mark.usefixtures("own_store")


def test_export_without_publications_is_empty(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(capfd, "export") == (0, "", "")


def test_export_write_without_publications_names_no_file(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(capfd, "export", "--write") == (0, "", "")


def test_export_takes_no_argument(capfd: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capfd, "export", "schedules")
    assert (code, out) == (2, "")
    assert err.endswith(": plenary export --help shows the call\n")
