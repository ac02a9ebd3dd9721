"""``plenary export``: publications as changes of schedule files."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from app.cli.app import cli
from app.cli.stores import open_store
from app.services import publish
from app.settings import settings


@cli.command()
def export(
    write: Annotated[bool, typer.Option("--write", help="Put them into the files instead of showing a patch.")] = False,
) -> None:
    """Export publications as a patch of schedule files.

    Examples:

      plenary export > published.patch

      plenary export --write
    """
    folder = settings().schedules
    with open_store() as store:
        files = list(publish.pending_export(store, folder))
    if write:
        for path in publish.write_export(files):
            typer.echo(str(path))
    else:
        sys.stdout.buffer.write(publish.to_patch(files, folder).encode())
