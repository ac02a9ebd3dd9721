"""``plenary load``: brings the store up to date with the schedule files."""

from __future__ import annotations

from datetime import UTC, datetime

import typer

from app.cli.app import cli
from app.cli.stores import open_store
from app.services import sync
from app.settings import settings


@cli.command()
def load() -> None:
    """Load the schedule files that changed.

    A running service notices changes by itself within seconds; this shows what is wrong with a file.

    Examples:

      plenary load
    """
    with open_store() as store:
        changed = sync.load(store, settings().schedules, datetime.now(UTC))
    typer.echo("the schedules were loaded" if changed else "the schedules are as they were loaded", err=True)
