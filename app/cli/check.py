"""``plenary check``: schedule files against their texts."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from app.cli.app import View, cli
from app.cli.output import progress
from app.services import check as check_service
from app.services.language_coverage import language_coverage
from app.settings import settings


@cli.command()
def check(
    paths: Annotated[list[Path] | None, typer.Argument(help="Schedule files or folders; the settings' folder.")] = None,
    languages: Annotated[
        bool, typer.Option("--languages", help="List every message, name, form and rule that a language lacks.")
    ] = False,
    texts: Annotated[
        list[Path] | None, typer.Option("--texts", help="Folders of texts that are not kept; PLENARY_TEXTS.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes to use.")] = os.cpu_count() or 1,
    format_: Annotated[View, typer.Option("--format", help="How to answer.")] = View.TABLE,
) -> None:
    """Check schedule files against their texts.

    Exit code 1 if a file fails.

    Examples:

      plenary check

      plenary check schedules/ga/72/A-RES-72-251.yaml

      plenary check --languages
    """
    places = paths or [settings().schedules]
    folders = settings().text_folders if texts is None else texts
    with progress(counted=False) as bar:
        task = bar.add_task("checking", total=None)
        results = check_service.check(places, lambda: bar.advance(task), texts=folders, workers=workers)
    if format_ is View.JSON:
        answer = [
            {
                "path": str(item.path),
                "error": item.error,
                "derived": item.derived,
                "missing": list(item.missing),
                "differences": [
                    {
                        "uid": difference.uid,
                        "field": difference.field,
                        "stored": difference.stored,
                        "derived": difference.derived,
                        "explained": difference.explained,
                    }
                    for difference in item.differences
                ],
            }
            for item in results
        ]
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        for item in results:
            for difference in item.differences:
                word = "explained" if difference.explained else "differs"
                typer.echo(f"{item.path}: {word}: {difference.line()}")
            if item.error:
                typer.echo(item.error)
        failed = sum(item.fails for item in results)
        derived = sum(item.derived for item in results)
        missing = sum(bool(item.missing) for item in results)
        typer.echo(
            f"{len(results)} schedule files, {derived} re-derived from their texts, {failed} failed"
            + (f"; text not at hand: {missing}" if missing else "")
        )
        for coverage in language_coverage() if languages else ():
            typer.echo(f"{coverage.line()}; English is used")
            for line in coverage.lines():
                typer.echo(line)
    if any(item.fails for item in results):
        raise typer.Exit(1)
