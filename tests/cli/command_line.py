"""Commands as people type them: whole answers with their exit codes."""

from pathlib import Path

import pytest

from app.cli import main

ROOT = Path(__file__).parents[2]
SEED = ROOT / "schedules/ga/72/A-RES-72-251.zh.txt"


def run(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Return the exit code, standard output and standard error of a command."""
    with pytest.raises(SystemExit) as stop:
        main(list(arguments))
    written = capfd.readouterr()
    code = stop.value.code
    assert isinstance(code, int)
    return code, written.out, written.err
