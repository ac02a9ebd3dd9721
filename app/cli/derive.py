"""The commands: what each takes, calls and prints."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app import __version__, services
from app.cli.output import ITEM_HEADS, PROPOSAL_HEADS, item_rows, label, progress, proposal_rows, rows
from app.cli.parsing import day_of, moment_of, symbol_of
from app.documents import parse_symbol
from app.errors import NotFound, UsageError, message
from app.i18n import say_kind, say_reason, say_revision, say_status, say_time, say_warning, title
from app.model import Event, Language, Revision, Symbol
from app.schedule.json_format import plain_event, plain_revision
from app.settings import settings
from app.store import EventQuery, Store

cli = typer.Typer(
    name="plenary",
    help="Calendars and deadlines from United Nations resolutions.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Output(StrEnum):
    """How ``derive`` answers."""

    TABLE = "table"
    JSON = "json"
    YAML = "yaml"
    ICS = "ics"


_FORMATS: Mapping[Output, services.Format] = {Output.JSON: "json", Output.YAML: "yaml", Output.ICS: "ics"}


class View(StrEnum):
    """How ``show`` and ``check`` answer."""

    TABLE = "table"
    JSON = "json"


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
    """What documents schedule: every meeting, report, deadline … with its words and arithmetic.

    Examples:

      plenary derive schedules/ga/72/A-RES-72-251.zh.txt --lang zh

      plenary derive resolution.pdf --lang en --format ics > resolution.ics

      plenary derive texts/ --lang fr --format json --out derived/
    """
    language = services.language_of(lang)
    named, day = symbol_of(symbol), day_of(adopted, "--adopted")
    held = _against(against)
    if out is not None:
        if format_ is Output.TABLE:
            raise UsageError(
                message("tables cannot be written to files"), where="--format", hint=message("use json, yaml or ics")
            )
        _derive_many(services.documents_below(paths), language, out, _FORMATS[format_], named, day, workers, held)
        return
    sources = paths if paths == [Path("-")] else services.documents_below(paths)
    if len(sources) != 1:
        hint = message("give --out DIR, or exactly one document")
        raise UsageError(
            message("{count} documents need an output folder", count=len(sources)), where="--out", hint=hint
        )
    if sources == [Path("-")]:
        derivation = services.derive_bytes(
            sys.stdin.buffer.read(), language, name="", symbol=named, adopted=day, against=held
        )
    else:
        derivation = services.derive_path(sources[0], language, symbol=named, adopted=day, against=held)
    if format_ is Output.TABLE:
        schedule = derivation.schedule
        rows(ITEM_HEADS, item_rows(schedule.events, "en", schedule.title.get("en", "")))
        if schedule.proposals:
            rows(PROPOSAL_HEADS, proposal_rows(schedule.proposals, "en"))
        for warning in schedule.warnings:
            typer.echo(f"warning: {say_warning(warning, 'en')}", err=True)
        for items in schedule.unread.values():
            for item in items:
                words = " ".join(item.quote.split())
                typer.echo(f"unread: ¶{item.paragraph or '–'}: {words}: {say_reason(item.reason, 'en')}", err=True)
        return
    sys.stdout.buffer.write(services.form(derivation, _FORMATS[format_]))


def _against(folder: Path | None) -> services.Against | None:
    """The schedules that a text may amend: those of ``folder``, else those of the settings where they are there."""
    if folder is not None:
        if not folder.is_dir():
            raise UsageError(message("the folder does not exist"), where="--against", hint=message("check the path"))
        return services.Folder(folder)
    chosen = settings().schedules
    return services.Folder(chosen) if chosen.is_dir() else None


def _derive_many(
    sources: Sequence[Path],
    language: Language,
    out: Path,
    format_: services.Format,
    symbol: Symbol | None,
    adopted: date | None,
    workers: int,
    against: services.Against | None,
) -> None:
    if not sources:
        raise UsageError(
            message("no documents found"),
            where="PATH",
            hint=message("use files ending in {suffixes}", suffixes=", ".join(sorted(services.SUFFIXES))),
        )
    failed: list[services.Written] = []
    items = 0
    with progress() as bar:
        task = bar.add_task("deriving", total=len(sources))
        answers = services.derive_many(
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


@cli.command()
def show(
    symbol: Annotated[str, typer.Argument(help="The instrument's symbol, as in A/RES/72/251.")],
    as_of: Annotated[str | None, typer.Option(help="What had been decided by this day.")] = None,
    known_at: Annotated[str | None, typer.Option(help="What the service knew at this moment.")] = None,
    history: Annotated[
        bool, typer.Option("--history", help="Every revision, with the instrument that made it.")
    ] = False,
    lang: Annotated[str, typer.Option("--lang", help="Language of the answer: ar en es fr ru zh.")] = "en",
    format_: Annotated[View, typer.Option("--format", help="How to answer.")] = View.TABLE,
) -> None:
    """What an instrument schedules, after everything that later instruments did to it.

    Examples:

      plenary show A/RES/72/251

      plenary show A/RES/72/251 --as-of 2018-04-01

      plenary show A/RES/72/251 --history
    """
    language = services.language_of(lang)
    named = parse_symbol(symbol)
    day, moment = day_of(as_of, "--as-of"), moment_of(known_at, "--known-at")
    with _store() as store:
        instrument = store.instrument(store.home(named.slug) or named.slug)
        if instrument is None:
            raise NotFound(
                message("no schedule of {symbol} is stored", symbol=named.text),
                where=symbol,
                hint=message("run `plenary derive` on its text"),
            )
        about = instrument.title.get(language, "")
        if history:
            own = sorted(instrument.schedule.events, key=_in_order)
            uids = [event.uid for event in own if event.same_as is None]
            _histories({uid: store.history(uid, known_at=moment) for uid in uids}, language, format_, about)
            return
        page = store.events(EventQuery(resolution=instrument.slug, as_of=day, known_at=moment, limit=1000))
    events = sorted((revision.event for revision in page.items), key=_in_order)
    if format_ is View.JSON:
        answer = [plain_event(event, language, instrument.title) for event in events]
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    heads = ("¶", "kind", "when", "status", "resolves to", "decided", "by", "title", "uid")
    rows(
        heads,
        [
            (
                label(event),
                say_kind(event.kind, language),
                event.when,
                say_status(event.status, language),
                say_time(event, language),
                event.decided.isoformat() if event.decided else "–",
                event.revised_by or event.instrument,
                title(event, language, about),
                event.uid,
            )
            for event in events
        ],
    )


def _in_order(event: Event) -> tuple[str, int, str]:
    return event.section, int(event.paragraph or 0), event.uid


def _histories(found: dict[str, tuple[Revision, ...]], language: str, view: View, about: str) -> None:
    if view is View.JSON:
        answer = {uid: [plain_revision(item, language) for item in revisions] for uid, revisions in found.items()}
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    for uid, revisions in found.items():
        typer.echo(f"{uid}  {title(revisions[0].event, language, about)}")
        for revision in revisions:
            typer.echo(f"  {revision.number}  {say_revision(revision, language)}")


@contextmanager
def _store() -> Iterator[Store]:
    """The store of the settings, brought up to the schedule files, closed at the end."""
    chosen = settings()
    store = Store(chosen.database_url)
    try:
        store.migrate()
        services.load(store, chosen.schedules, datetime.now(UTC))
        yield store
    finally:
        store.close()


@cli.command()
def check(
    paths: Annotated[list[Path] | None, typer.Argument(help="Schedule files or folders; the settings' folder.")] = None,
    format_: Annotated[View, typer.Option("--format", help="How to answer.")] = View.TABLE,
) -> None:
    """Holds schedule files against their texts, their form and each other; exit code 1 where one fails.

    Examples:

      plenary check

      plenary check schedules/ga/72/A-RES-72-251.yaml
    """
    places = paths or [settings().schedules]
    with progress(counted=False) as bar:
        task = bar.add_task("checking", total=None)
        results = services.check(places, progress=lambda: bar.advance(task))
    if format_ is View.JSON:
        answer = [
            {
                "path": str(item.path),
                "error": item.error,
                "derived": item.derived,
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
        typer.echo(f"{len(results)} schedule files, {derived} re-derived from their texts, {failed} failed")
    if any(item.fails for item in results):
        raise typer.Exit(1)


@cli.command()
def version() -> None:
    """The version of Plenary."""
    typer.echo(f"plenary {__version__}")
