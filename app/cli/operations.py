"""The service's own commands: ``token``, ``db``, ``worker``, ``ingest``, ``export``."""

from __future__ import annotations

import json
import logging.config
import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from app import __version__, services
from app.cli.derive import View, cli
from app.cli.output import progress, rows
from app.errors import UsageError, message
from app.fetch import Library
from app.logging_config import configuration
from app.settings import settings
from app.store import Store

token = typer.Typer(no_args_is_help=True, help="Access tokens: who may write.", rich_markup_mode=None)
cli.add_typer(token, name="token")

db = typer.Typer(no_args_is_help=True, help="The database: tables, copies, backups.", rich_markup_mode=None)
cli.add_typer(db, name="db")


@contextmanager
def opened() -> Iterator[Store]:
    """The store of the settings with its tables up to date, closed at the end; schedules are not loaded."""
    store = Store(settings().database_url)
    try:
        store.migrate()
        yield store
    finally:
        store.close()


def _moment(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else "–"


@token.command()
def create(
    name: Annotated[str, typer.Argument(help="Whose it is, or what it is for.")],
    scope: Annotated[list[str], typer.Option("--scope", help="What it allows: derive, propose, review, admin.")],
    days: Annotated[int, typer.Option(help="Days until it expires; 0 for never.")] = 365,
) -> None:
    """A new token; it is shown this once and kept only as a hash.

    Examples:

      plenary token create "reviewer in Geneva" --scope review --days 90
    """
    with opened() as store:
        _, text = services.create_token(store, name, scope, datetime.now(UTC), days=days or None)
    typer.echo(text)


@token.command("list")
def list_(
    format_: Annotated[View, typer.Option("--format", help="How to answer.")] = View.TABLE,
) -> None:
    """Every token, without its secret.

    Examples:

      plenary token list
    """
    with opened() as store:
        found = store.access.all()
    heads = ("id", "name", "scopes", "created", "expires", "revoked", "last used")
    lines = [
        (
            item.id,
            item.name,
            ",".join(sorted(item.scopes)),
            *(_moment(moment) for moment in (item.created, item.expires, item.revoked, item.used)),
        )
        for item in found
    ]
    if format_ is View.JSON:
        typer.echo(json.dumps([dict(zip(heads, line, strict=True)) for line in lines], ensure_ascii=False, indent=2))
    else:
        rows(heads, lines)


@token.command()
def revoke(id_: Annotated[str, typer.Argument(metavar="ID", help="The token's id, as `token list` shows it.")]) -> None:
    """Ends a token, and every sign-in with it, at once.

    Examples:

      plenary token revoke 0123456789ab
    """
    with opened() as store:
        services.revoke_token(store, id_, datetime.now(UTC))


@token.command()
def audit(
    limit: Annotated[int, typer.Option(min=1, max=10000, help="How many lines.")] = 100,
    format_: Annotated[View, typer.Option("--format", help="How to answer.")] = View.TABLE,
) -> None:
    """The newest lines of the audit log: who wrote what, when.

    Examples:

      plenary token audit --limit 20
    """
    with opened() as store:
        found = store.access.log(limit).items
    heads = ("moment", "token", "name", "action", "target", "detail")
    lines = [
        (
            _moment(item.moment),
            item.token or "operator",
            item.name,
            item.action,
            item.target,
            json.dumps(dict(item.detail), ensure_ascii=False),
        )
        for item in found
    ]
    if format_ is View.JSON:
        typer.echo(json.dumps([dict(zip(heads, line, strict=True)) for line in lines], ensure_ascii=False, indent=2))
    else:
        rows(heads, lines)


@db.command()
def migrate() -> None:
    """Brings the tables of PLENARY_DATABASE_URL to this version's; `plenary serve` does so by itself.

    Examples:

      plenary db migrate
    """
    with opened():
        pass
    typer.echo("the tables are of this version", err=True)


@db.command()
def copy(
    source: Annotated[str, typer.Argument(help="Address of the database to copy from.")],
    target: Annotated[str, typer.Argument(help="Address of an empty database to copy to.")],
) -> None:
    """The whole store from one database to another, SQLite or PostgreSQL, compared by checksum table by table.

    Examples:

      plenary db copy sqlite:///var/plenary.sqlite postgresql://plenary@localhost/plenary
    """
    _copied(services.copy(source, target))


@db.command()
def backup(target: Annotated[Path, typer.Argument(help="A new file to write.")]) -> None:
    """One state of the store as a SQLite file, while the service goes on; `plenary db copy` restores it.

    Examples:

      plenary db backup var/backup.sqlite
    """
    _copied(services.backup(settings().database_url, target))


def _copied(tables: Iterable[services.Copied]) -> None:
    rows(("table", "rows", "sha256"), [(item.table, str(item.rows), item.checksum) for item in tables])


@cli.command()
def worker(
    once: Annotated[bool, typer.Option("--once", help="End when there is nothing to do.")] = False,
) -> None:
    """Run jobs: documents, publications, webhooks. Any number of workers share one PostgreSQL.

    Examples:

      plenary worker

      plenary worker --once
    """
    chosen = settings()
    logging.config.dictConfig(configuration(chosen.log_level, chosen.log_format))
    with opened() as store:
        engine = services.JobEngine(store, services.JobRunner(store, Library(chosen.servers), chosen.schedules, _now))
        if once:
            engine.run_until_idle()
            return
        typer.echo(f"Plenary {__version__} waits for jobs", err=True)
        engine.run_until_signal()


@cli.command()
def ingest(
    folder: Annotated[Path, typer.Argument(help="A folder of documents, or one document.")],
    lang: Annotated[str, typer.Option("--lang", help="Language of the documents: ar en es fr ru zh.")],
    workers: Annotated[int, typer.Option(min=1, help="Processes to use.")] = os.cpu_count() or 1,
    spread: Annotated[
        bool, typer.Option("--spread", help="Leave the work to running `plenary worker` processes.")
    ] = False,
) -> None:
    """Proposes the schedules of a folder's documents; run it again to go on where it was stopped.

    Examples:

      plenary ingest texts/ --lang fr

      plenary ingest texts/ --lang fr --spread
    """
    language = services.language_of(lang)
    sources = services.documents_below([folder])
    if not sources:
        hint = message("use files ending in {suffixes}", suffixes=", ".join(sorted(services.SUFFIXES)))
        raise UsageError(message("no documents found"), where=str(folder), hint=hint)
    fresh = known = 0
    failed: list[str] = []
    with opened() as store, progress() as bar:
        task = bar.add_task("ingesting", total=len(sources))
        engine = services.JobEngine(store, services.JobRunner(store, Library(()), settings().schedules, _now))
        parts = services.enqueue_documents(store, sources, language, now=_now, queue=engine, pause=time.sleep)
        count = 0 if spread else min(workers, -(-len(sources) // services.BATCH_SIZE))
        with services.local_workers(settings().database_url, count):
            for done in parts:
                bar.advance(task, done.documents)
                fresh += done.fresh
                known += done.known
                failed += done.failed
        engine.stop()
    for line in failed:
        typer.echo(f"failed: {line}", err=True)
    typer.echo(f"{len(sources)} documents, {fresh} new proposals, {known} known already, {len(failed)} failed")
    if failed:
        raise typer.Exit(1)


def _now() -> datetime:
    return datetime.now(UTC)


@cli.command()
def export(
    write: Annotated[bool, typer.Option("--write", help="Put them into the files instead of showing a patch.")] = False,
) -> None:
    """What was published over HTTP and lies in no schedule file yet, as a patch of the schedules folder.

    Examples:

      plenary export > published.patch

      plenary export --write
    """
    folder = settings().schedules
    with opened() as store:
        files = list(services.exported(store, folder))
    if write:
        for path in services.put_back(files):
            typer.echo(str(path))
    else:
        sys.stdout.buffer.write(services.patch(files, folder).encode())


__all__ = ["cli", "opened"]
