"""``plenary worker``: it ends at once where nothing is to do."""

import pytest

from tests.cli.command_line import run

pytestmark = pytest.mark.usefixtures("own_store")


def test_worker_once_ends_without_jobs(capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capfd, "worker", "--once")
    assert (code, out) == (0, "")


def test_worker_refuses_an_unknown_option(capfd: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capfd, "worker", "--twice")
    assert (code, out) == (2, "")
    assert err == "plenary: No such option: --twice: plenary worker --help shows the call\n"
