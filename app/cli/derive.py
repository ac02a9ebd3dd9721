"""``plenary derive``: the schedule of documents."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.cli.app import cli
from app.cli.output import ITEM_HEADS, PROPOSAL_HEADS, item_rows, progress, proposal_rows, rows
from app.cli.parsing import day_of, symbol_of
from app.errors import UsageError, message
from app.i18n import translate_reason, translate_warning
from app.model import Language, Symbol
from app.services import derive as derive_service
from app.services import history_source
from app.settings import settings


class Output(StrEnum):
    """Output format of ``derive``."""

    TABLE = "table"
    JSON = "json"
    YAML = "yaml"
    ICS = "ics"


_FORMATS: Mapping[Output, derive_service.Format] = {Output.JSON: "json", Output.YAML: "yaml", Output.ICS: "ics"}


@cli.command()
def derive(
    paths: Annotated[list[Path], typer.Argument(help="Documents or folders; - reads one from standard input.")],
    lang: Annotated[str, typer.Option("--lang", help="Language of the documents: ar en es fr ru zh.")],
    symbol: Annotated[str | None, typer.Option(help="The instrument's symbol, as in A/RES/72/251.")] = None,
    adopted: Annotated[str | None, typer.Option(help="The day of adoption, as in 2017-12-24.")] = None,
    format_: Annotated[Output, typer.Option("--format", help="How to answer.")] = Output.TABLE,
    out: Annotated[Path | None, typer.Option(help="Folder to write one file a document to.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes to use with --out.")] = os.cpu_count() or 1,
    against: Annotated[
        Path | None, typer.Option(help="Folder of the schedules that the text may amend; the settings' folder.")
    ] = None,
) -> None:
    """Derive the schedule of documents.

    Examples:

      plenary derive schedules/ga/72/A-RES-72-251.zh.txt --lang zh

      plenary derive resolution.pdf --lang en --format ics > resolution.ics

      plenary derive texts/ --lang fr --format json --out derived/
    """
    language = derive_service.language_of(lang)
    named, day = symbol_of(symbol), day_of(adopted, "--adopted")
    held = _against(against)
    if out is not None:
        if format_ is Output.TABLE:
            raise UsageError(
                message("tables cannot be written to files"), where="--format", hint=message("use json, yaml or ics")
            )
        _derive_many(derive_service.documents_below(paths), language, out, _FORMATS[format_], named, day, workers, held)
        return
    sources = paths if paths == [Path("-")] else derive_service.documents_below(paths)
    if len(sources) != 1:
        hint = message("give --out DIR, or exactly one document")
        raise UsageError(
            message("{count} documents need an output folder", count=len(sources)), where="--out", hint=hint
        )
    if sources == [Path("-")]:
        derivation = derive_service.derive_bytes(
            sys.stdin.buffer.read(), language, name="", symbol=named, adopted=day, against=held
        )
    else:
        derivation = derive_service.derive_path(sources[0], language, symbol=named, adopted=day, against=held)
    if format_ is Output.TABLE:
        schedule = derivation.schedule
        rows(ITEM_HEADS, item_rows(schedule.events, "en", schedule.title.get("en", "")))
        if schedule.proposals:
            rows(PROPOSAL_HEADS, proposal_rows(schedule.proposals, "en"))
        for warning in schedule.warnings:
            typer.echo(f"warning: {translate_warning(warning, 'en')}", err=True)
        for items in schedule.unread.values():
            for item in items:
                words = " ".join(item.quote.split())
                label = "name" if item.is_name else "unread"
                typer.echo(
                    f"{label}: ¶{item.paragraph or '–'}: {words}: {translate_reason(item.reason, 'en')}", err=True
                )
        typer.echo(", ".join(f"{name}: {count}" for name, count in schedule.time_counts.items()))
        return
    sys.stdout.buffer.write(derive_service.form(derivation, _FORMATS[format_]))


def _against(folder: Path | None) -> derive_service.HistorySource | None:
    """Return the schedules that a text may amend, from ``folder`` or the settings."""
    if folder is not None:
        if not folder.is_dir():
            raise UsageError(message("the folder does not exist"), where="--against", hint=message("check the path"))
        return history_source.FolderHistorySource(folder)
    chosen = settings().schedules
    return history_source.FolderHistorySource(chosen) if chosen.is_dir() else None


def _derive_many(
    sources: Sequence[Path],
    language: Language,
    out: Path,
    format_: derive_service.Format,
    symbol: Symbol | None,
    adopted: date | None,
    workers: int,
    against: derive_service.HistorySource | None,
) -> None:
    if not sources:
        raise UsageError(
            message("no documents found"),
            where="PATH",
            hint=message("use files ending in {suffixes}", suffixes=", ".join(sorted(derive_service.SUFFIXES))),
        )
    failed: list[derive_service.WrittenSchedule] = []
    items = 0
    with progress() as bar:
        task = bar.add_task("deriving", total=len(sources))
        answers = derive_service.derive_many(
            sources,
            language,
            out,
            format_,
            symbol=symbol,
            adopted=adopted,
            workers=workers,
            against=against,
        )
        for written in answers:
            bar.advance(task)
            items += written.items
            if written.error:
                failed.append(written)
            for line in written.report:
                typer.echo(f"{written.source}: {line}", err=True)
    typer.echo(f"{len(sources)} documents, {items} items, {len(failed)} failed", err=True)
    for written in failed:
        typer.echo(f"failed: {written.source}: {written.error}", err=True)
    if failed:
        raise typer.Exit(1)
