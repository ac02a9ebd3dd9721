"""``plenary doctor``."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from app.cli.app import View, cli
from app.i18n import gettext, gettext_noop
from app.services import diagnostics, sync
from app.settings import settings
from app.store import repair


@cli.command()
def doctor(
    format_: Annotated[View, typer.Option("--format", help="How to answer.")] = View.TABLE,
    mend: Annotated[
        bool,
        typer.Option("--mend", help="Replace a damaged SQLite file; stop the service first."),
    ] = False,
) -> None:
    """Check database, schedules, disk, clock and feeds.

    Exit code 1 if something is wrong.

    Examples:

      plenary doctor

      plenary doctor --mend
    """
    chosen = settings()
    if mend:
        _mend(chosen.language)
    findings = diagnostics.examine(chosen, datetime.now(UTC))
    if format_ is View.JSON:
        typer.echo(json.dumps([asdict(item) for item in findings], ensure_ascii=False, indent=2))
    else:
        for item in findings:
            mark = "ok" if item.good else gettext(gettext_noop("wrong"), chosen.language)
            line = f"{item.check}: {mark}: {item.text}"
            typer.echo(" ".join(f"{line}: {item.do}".split()) if item.do else " ".join(line.split()))
    if not all(item.good for item in findings):
        raise typer.Exit(1)


def _mend(language: str) -> None:
    chosen, now = settings(), datetime.now(UTC)
    repair.check_repairable(chosen.database_url)
    mended = repair.repair(chosen.database_url, now)
    sync.open_store(chosen, now).close()
    report = gettext(gettext_noop("the damaged file is kept as {aside}; not whole were: {lost}"), language)
    typer.echo(report.format(aside=mended.aside, lost=", ".join(mended.lost) or "–"), err=True)
