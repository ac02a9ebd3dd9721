"""The program: every command, and the end of the process."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from app.cli import amend, build, check, db, derive, doctor, export, ingest, load, serve, show, token, tools, worker
from app.cli.app import cli
from app.cli.errors import run_guarded

COMMANDS = (derive, show, check, amend, build, tools, ingest, worker, export, token, db, load, serve, doctor)
"""The modules whose import adds their commands to ``cli``."""


def run(arguments: Sequence[str] | None = None) -> None:
    """Run a command and end the process.

    Errors are one line on standard error; exit code 2 for a wrong call, 1 for bad data.
    """
    given = sys.argv[1:] if arguments is None else arguments
    run_guarded(lambda: cli(args=arguments, prog_name="plenary", standalone_mode=False), given)
