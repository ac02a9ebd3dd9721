"""The command line: text for people on a terminal, plain lines when piped, JSON on request."""

from __future__ import annotations

import gc
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process.

    Errors are one line on standard error; exit code 2 for a wrong call, 1 for bad data.
    """
    # Nothing that is made while modules are imported is garbage: looking through it takes a fifth of the time.
    gc.disable()
    # Every worker of `serve` imports the program it was started by: it must not pay for commands it never runs.
    from app.cli.run import run  # noqa: PLC0415  # for the reason above

    gc.freeze()
    gc.enable()
    run(arguments)


__all__ = ["main"]
