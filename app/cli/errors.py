"""Errors of commands: one line on standard error and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence

import typer

from app.errors import PlenaryError
from app.i18n import translate_line
from app.i18n.catalog import SOURCE
from app.model import LANGUAGES

# Typer carries its own copy of Click and exports only the first of these; its base is every error of a call.
_CALL_ERROR: type[Exception] = typer.BadParameter.__mro__[1]


def run_guarded(work: Callable[[], object], arguments: Sequence[str] = ()) -> None:
    """Run ``work`` and end the process with its status, or with its error on one line."""
    try:
        status = work()
    except PlenaryError as error:
        _fail(translate_line(error, _language(arguments)), error.exit_code)
    except _CALL_ERROR as error:
        context = getattr(error, "ctx", None)
        call = context.command_path if context else "plenary"
        words = (
            error.format_message() if isinstance(error, typer.BadParameter) else getattr(error, "message", str(error))
        )
        _fail(f"{' '.join(words.split())}: {call} --help shows the call", 2)
    except typer.Abort:
        _fail("stopped", 130)
    except BrokenPipeError:
        # The reader of the output went away (head, less): not an error, and nothing more can be written.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    else:
        sys.exit(status if isinstance(status, int) else 0)


def _language(arguments: Sequence[str]) -> str:
    """Return the language of errors: of the settings, or of ``show --lang``.

    The ``--lang`` of the other commands is the language of a document, not that of its reader.
    """
    asked = os.environ.get("PLENARY_LANGUAGE", SOURCE)
    if arguments and arguments[0] == "show" and "--lang" in arguments[:-1]:
        asked = arguments[list(arguments).index("--lang") + 1]
    return asked if asked in LANGUAGES else SOURCE


def _fail(line: str, status: int) -> None:
    sys.stderr.write(f"plenary: {line}\n")
    sys.exit(status)
