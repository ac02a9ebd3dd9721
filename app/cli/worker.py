"""``plenary worker``: a process that runs queued jobs."""

from __future__ import annotations

import logging.config
from datetime import UTC, datetime
from typing import Annotated

import typer

from app import __version__
from app.cli.app import cli
from app.cli.stores import open_store
from app.fetch import Library
from app.logging_config import configuration
from app.services import jobs, workers
from app.settings import settings


@cli.command()
def worker(
    once: Annotated[bool, typer.Option("--once", help="End when there is nothing to do.")] = False,
) -> None:
    """Run queued jobs.

    Jobs are documents, publications and webhooks; any number of workers share one PostgreSQL.

    Examples:

      plenary worker

      plenary worker --once
    """
    chosen = settings()
    logging.config.dictConfig(configuration(chosen.log_level, chosen.log_format))
    with open_store() as store:
        engine = workers.JobEngine(store, jobs.JobRunner(store, Library(chosen.servers), chosen.schedules, _now))
        if once:
            engine.run_until_idle()
            return
        typer.echo(f"Plenary {__version__} waits for jobs", err=True)
        engine.run_until_signal()


def _now() -> datetime:
    return datetime.now(UTC)
