"""``plenary db``: tables, copies and backups of the database."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from app.cli.app import cli
from app.cli.output import rows
from app.cli.stores import open_store
from app.settings import settings
from app.store import backup as backup_service

db = typer.Typer(no_args_is_help=True, help="Manage the database.", rich_markup_mode=None)
cli.add_typer(db, name="db")


@db.command()
def migrate() -> None:
    """Migrate the tables to this version.

    `plenary serve` does so by itself.

    Examples:

      plenary db migrate
    """
    with open_store():
        pass
    typer.echo("the tables are of this version", err=True)


@db.command()
def copy(
    source: Annotated[str, typer.Argument(help="Address of the database to copy from.")],
    target: Annotated[str, typer.Argument(help="Address of an empty database to copy to.")],
) -> None:
    """Copy the store to another database.

    SQLite or PostgreSQL; tables are compared by checksum.

    Examples:

      plenary db copy sqlite:///var/plenary.sqlite postgresql://plenary@localhost/plenary
    """
    _copied(backup_service.copy(source, target))


@db.command()
def backup(target: Annotated[Path, typer.Argument(help="A new file to write.")]) -> None:
    """Back up the store to a SQLite file.

    The service may go on; `plenary db copy` restores the backup.

    Examples:

      plenary db backup var/backup.sqlite
    """
    _copied(backup_service.backup(settings().database_url, target))


def _copied(tables: Iterable[backup_service.CopiedTable]) -> None:
    rows(("table", "rows", "sha256"), [(item.table, str(item.rows), item.checksum) for item in tables])
