"""``plenary ingest``: proposals for a folder of documents."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.cli.app import cli
from app.cli.output import progress
from app.cli.stores import open_store
from app.errors import UsageError, message
from app.fetch import Library
from app.services import bulk_ingest, derive, jobs
from app.services import workers as workers_service
from app.settings import settings


@cli.command()
def ingest(
    folder: Annotated[Path, typer.Argument(help="A folder of documents, or one document.")],
    lang: Annotated[str, typer.Option("--lang", help="Language of the documents: ar en es fr ru zh.")],
    workers: Annotated[int, typer.Option(min=1, help="Processes to use.")] = os.cpu_count() or 1,
    spread: Annotated[
        bool, typer.Option("--spread", help="Leave the work to running `plenary worker` processes.")
    ] = False,
) -> None:
    """Propose schedules for a folder of documents.

    Run it again to go on where it was stopped.

    Examples:

      plenary ingest texts/ --lang fr

      plenary ingest texts/ --lang fr --spread
    """
    language = derive.language_of(lang)
    sources = derive.documents_below([folder])
    if not sources:
        hint = message("use files ending in {suffixes}", suffixes=", ".join(sorted(derive.SUFFIXES)))
        raise UsageError(message("no documents found"), where=str(folder), hint=hint)
    fresh = known = 0
    failed: list[str] = []
    with open_store() as store, progress() as bar:
        task = bar.add_task("ingesting", total=len(sources))
        engine = workers_service.JobEngine(store, jobs.JobRunner(store, Library(()), settings().schedules, _now))
        parts = bulk_ingest.enqueue_documents(store, sources, language, now=_now, queue=engine, pause=time.sleep)
        count = 0 if spread else min(workers, -(-len(sources) // bulk_ingest.BATCH_SIZE))
        with bulk_ingest.local_workers(settings().database_url, count):
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
