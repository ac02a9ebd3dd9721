"""``plenary build``: a corpus of texts becomes schedule files."""

from __future__ import annotations

import os
import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.cli.app import cli
from app.cli.output import progress, rows
from app.services.derive import documents_below, language_of


class FormName(StrEnum):
    """What files hold of their texts."""

    AUTO = "auto"
    FACTS = "facts"
    WORDS = "words"


@cli.command()
def build(
    folders: Annotated[list[Path], typer.Argument(help="Folders of texts.")],
    lang: Annotated[str, typer.Option("--lang", help="Language of the texts: ar en es fr ru zh.")] = "en",
    out: Annotated[Path, typer.Option(help="Folder of the schedule files.")] = Path("schedules"),
    form: Annotated[
        FormName, typer.Option(help="facts: no words of the texts; auto: facts of texts outside the schedules folder.")
    ] = FormName.AUTO,
    workers: Annotated[int, typer.Option(min=1, help="Processes to use.")] = os.cpu_count() or 1,
) -> None:
    """Build schedule files from a corpus.

    Mandates are linked into chains.

    Reviews in files that are there already stay, and files whose text lies beside them.

    A build that was interrupted goes on where it was.

    Examples:

      plenary build texts/ --lang en --out schedules/
    """
    from app.services.build import build as build_files  # noqa: PLC0415  # large, and no other command needs it

    language = language_of(lang)
    started = time.monotonic()
    total = len(documents_below(folders))
    with progress() as bar:
        task = bar.add_task("Documents", total=total)
        report = build_files(
            folders, language, out, workers=workers, progress=lambda: bar.advance(task), form=form.value
        )
    for error in report.errors:
        typer.echo(f"plenary: {error}", err=True)
    counts = [(kind, str(count)) for kind, count in sorted(report.kinds.items())]
    figures = [
        ("documents", str(report.documents)),
        ("resumed", str(report.resumed)),
        ("files written", str(report.written)),
        ("files unchanged", str(report.unchanged)),
        ("refused", str(len(report.errors))),
        ("unread expressions", str(report.unread)),
        ("mandates linked", str(report.linked)),
        ("seconds", f"{time.monotonic() - started:.1f}"),
    ]
    rows(("what", "count"), figures + [(f"items: {kind}", count) for kind, count in counts])
    if report.errors:
        raise typer.Exit(1)
