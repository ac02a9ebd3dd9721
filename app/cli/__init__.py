"""The command line: words for people on a terminal, plain lines when piped, JSON on request; thin over ``app.jobs``."""

from __future__ import annotations

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line; errors are one line on standard error, exit code 2 for a wrong call, 1 for bad data."""
    # Every worker of `serve` imports the program it was started by: it must not pay for commands it never runs.
    from app.cli.run import run  # noqa: PLC0415  # for the reason above

    run(arguments)


__all__ = ["main"]
