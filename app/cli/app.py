"""The root command, which the command modules extend."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from app import __version__

cli = typer.Typer(
    name="plenary",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class View(StrEnum):
    """Output format of commands that list things."""

    TABLE = "table"
    JSON = "json"


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"plenary {__version__}")
        raise typer.Exit


@cli.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Turn United Nations resolutions into calendars."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@cli.command()
def version() -> None:
    """Print the version."""
    typer.echo(f"plenary {__version__}")
