"""The command line, thin over ``app.jobs``: words for people on a terminal, plain lines when piped, JSON on request."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from app import __version__, jobs
from app.errors import NotFound, PlenaryError, PortInUse, UsageError
from app.model import Event, Kind, Language, Revision, Symbol
from app.schedule.plain import plain_event, plain_revision
from app.settings import settings
from app.store import EventQuery, Store
from app.text import parse_symbol
from app.wording import name_of, say_certainty, say_kind, say_proof, say_revision, say_status, say_time, title

cli = typer.Typer(
    name="plenary",
    help="Calendars and deadlines from United Nations resolutions.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


# Typer carries its own copy of Click and exports only the first of these; its base is every error of a call.
_CALL_ERROR: type[Exception] = typer.BadParameter.__mro__[1]


class Output(StrEnum):
    """How ``derive`` answers."""

    TABLE = "table"
    JSON = "json"
    YAML = "yaml"
    ICS = "ics"


_FORMATS: Mapping[Output, jobs.Format] = {Output.JSON: "json", Output.YAML: "yaml", Output.ICS: "ics"}


class View(StrEnum):
    """How ``show`` and ``check`` answer."""

    TABLE = "table"
    JSON = "json"


def _day(text: str | None, option: str) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is no day", where=option, hint="write it as 2018-04-01") from error


def _moment(text: str | None, option: str) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is no moment", where=option, hint="write it as 2018-04-01T12:00:00Z") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _symbol(text: str | None) -> Symbol | None:
    if text is None:
        return None
    try:
        return parse_symbol(text)
    except PlenaryError as error:
        raise UsageError(error.what, where="--symbol", hint=error.hint) from error


def _terminal() -> bool:
    return sys.stdout.isatty()


def _rows(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table on a terminal; lines of tab-separated fields when piped."""
    if not _terminal():
        sys.stdout.writelines("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in (heads, *rows))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def _who(event: Event, language: str) -> str:
    bearer = name_of(event.bearer, language).name if event.bearer else "–"
    addressees = ", ".join(name_of(slug, language).name for slug in event.addressees)
    return f"{bearer} → {addressees}" if addressees else bearer


def _label(event: Event) -> str:
    head = f"{event.section}.{event.paragraph}" if event.section and event.paragraph else event.paragraph or "–"
    return " ".join([head, *(f"({letter})" for letter in event.letters)])


def _item_rows(events: Iterable[Event], language: str, about: str) -> Iterable[Sequence[str]]:
    for event in events:
        proof = say_proof(event.proof, language) if event.proof else event.arithmetic
        milestones = [
            f"{item.name}: {item.day} ({say_certainty(item.certainty, language)})"
            for item in event.milestones
            if event.kind is Kind.AGENDA
        ]
        yield (
            _label(event),
            event.kind.value,
            event.when,
            _who(event, language),
            say_time(event, language),
            say_certainty(event.certainty, language),
            event.place or "–",
            title(event, language, about),
            "; ".join([part for part in (proof, *milestones) if part]),
            next((" ".join(quote.split()) for quote in event.quote.values()), ""),
        )


_ITEM_HEADS = ("¶", "kind", "when", "bearer", "resolves to", "certainty", "place", "title", "arithmetic", "quote")


@cli.command()
def derive(
    paths: Annotated[list[Path], typer.Argument(help="Documents or folders; - reads one from standard input.")],
    lang: Annotated[str, typer.Option("--lang", help="Language of the documents: ar en es fr ru zh.")],
    symbol: Annotated[str | None, typer.Option(help="The instrument's symbol, as in A/RES/72/251.")] = None,
    adopted: Annotated[str | None, typer.Option(help="The day of adoption, as in 2017-12-24.")] = None,
    format_: Annotated[Output, typer.Option("--format", help="How to answer.")] = Output.TABLE,
    out: Annotated[Path | None, typer.Option(help="Folder to write one file a document to.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes to use with --out.")] = os.cpu_count() or 1,
) -> None:
    """What documents schedule: every meeting, report, deadline … with its words and arithmetic.

    Examples:

      plenary derive schedules/ga/72/A-RES-72-251.zh.txt --lang zh

      plenary derive resolution.pdf --lang en --format ics > resolution.ics

      plenary derive texts/ --lang fr --format json --out derived/
    """
    language = jobs.language_of(lang)
    named, day = _symbol(symbol), _day(adopted, "--adopted")
    if out is not None:
        if format_ is Output.TABLE:
            raise UsageError("a table cannot be written to files", where="--format", hint="use json, yaml or ics")
        _derive_many(jobs.documents_below(paths), language, out, _FORMATS[format_], named, day, workers)
        return
    sources = paths if paths == [Path("-")] else jobs.documents_below(paths)
    if len(sources) != 1:
        hint = "give --out DIR for many, one file for one"
        raise UsageError(f"{len(sources)} documents and no folder to write to", where="--out", hint=hint)
    if sources == [Path("-")]:
        derivation = jobs.derive_bytes(sys.stdin.buffer.read(), language, name="", symbol=named, adopted=day)
    else:
        derivation = jobs.derive_path(sources[0], language, symbol=named, adopted=day)
    if format_ is Output.TABLE:
        schedule = derivation.schedule
        _rows(_ITEM_HEADS, _item_rows(schedule.events, "en", schedule.title.get("en", "")))
        for items in schedule.unread.values():
            for item in items:
                words = " ".join(item.quote.split())
                typer.echo(f"unread: ¶{item.paragraph or '–'}: {words}: {item.reason}", err=True)
        return
    sys.stdout.buffer.write(jobs.form(derivation, _FORMATS[format_]))


def _derive_many(
    sources: Sequence[Path],
    language: Language,
    out: Path,
    format_: jobs.Format,
    symbol: Symbol | None,
    adopted: date | None,
    workers: int,
) -> None:
    if not sources:
        raise UsageError("no documents there", where="PATH", hint=f"files ending in {', '.join(sorted(jobs.SUFFIXES))}")
    console = Console(stderr=True)
    failed: list[jobs.Written] = []
    items = 0
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("deriving", total=len(sources))
        answers = jobs.derive_many(
            sources,
            language,
            out,
            format_,
            symbol=symbol,
            adopted=adopted,
            workers=workers,
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
    language = jobs.language_of(lang)
    named = parse_symbol(symbol)
    day, moment = _day(as_of, "--as-of"), _moment(known_at, "--known-at")
    with _store() as store:
        instrument = store.instrument(named.slug)
        if instrument is None:
            raise NotFound(f"no schedule of {named.text}", where=symbol, hint="plenary derive makes one from its text")
        about = instrument.title.get(language, "")
        if history:
            own = sorted(instrument.schedule.events, key=_in_order)
            uids = [event.uid for event in own if event.same_as is None]
            _histories({uid: store.history(uid, known_at=moment) for uid in uids}, language, format_, about)
            return
        page = store.events(EventQuery(resolution=named.slug, as_of=day, known_at=moment, limit=1000))
    events = sorted((revision.event for revision in page.items), key=_in_order)
    if format_ is View.JSON:
        answer = [plain_event(event, language, instrument.title) for event in events]
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    heads = ("¶", "kind", "when", "status", "resolves to", "decided", "by", "title", "uid")
    _rows(
        heads,
        [
            (
                _label(event),
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


class _store:  # noqa: N801  # used as a function in a with statement
    """The store of the settings, brought up to the schedule files, closed at the end."""

    def __enter__(self) -> Store:
        chosen = settings()
        self._store = Store(chosen.database_url)
        try:
            self._store.migrate()
            jobs.load(self._store, chosen.schedules, datetime.now(UTC))
        except BaseException:
            self._store.close()
            raise
        return self._store

    def __exit__(self, *_: object) -> None:
        self._store.close()


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
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("checking", total=None)
        results = jobs.check(places, progress=lambda: bar.advance(task))
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
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
) -> None:
    """The web service: feeds, API and pages.

    Examples:

      plenary serve

      plenary serve --host 0.0.0.0 --port 8080
    """
    import uvicorn  # noqa: PLC0415  # the other commands start quicker without it

    from app.web.main import create_app  # noqa: PLC0415  # as above

    chosen = settings()
    if "base_url" not in chosen.model_fields_set:
        shown = f"[{host}]" if ":" in host else host
        chosen = chosen.model_copy(update={"base_url": f"http://{shown}:{port}"})
    listener = _listen(host, port)
    config = uvicorn.Config(create_app(chosen), log_level=chosen.log_level.lower(), server_header=False)
    server = uvicorn.Server(config)
    typer.echo(f"Plenary {__version__} on http://{host}:{listener.getsockname()[1]}", err=True)
    server.run(sockets=[listener])
    if not server.started:
        raise typer.Exit(1)


def _listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address, so that a port in use is said before anything is started."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise PortInUse(
            f"cannot listen ({error.strerror or error})", where=f"{host}:{port}", hint="choose another with --port"
        ) from error
    return listener


@cli.command()
def version() -> None:
    """The version of Plenary."""
    typer.echo(f"plenary {__version__}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line; errors are one line on standard error, exit code 2 for a wrong call, 1 for bad data."""
    try:
        status = cli(args=arguments, prog_name="plenary", standalone_mode=False)
    except PlenaryError as error:
        _fail(error.line(), error.exit_code)
    except _CALL_ERROR as error:
        context = getattr(error, "ctx", None)
        call = context.command_path if context else "plenary"
        words = (
            error.format_message() if isinstance(error, typer.BadParameter) else getattr(error, "message", str(error))
        )
        _fail(f"{' '.join(words.split())}: {call} --help shows the call", 2)
    except typer.Abort:
        _fail("stopped", 130)
    except BrokenPipeError:
        # The reader of our output went away (head, less): not an error, and nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    else:
        sys.exit(status if isinstance(status, int) else 0)


def _fail(line: str, status: int) -> None:
    sys.stderr.write(f"plenary: {line}\n")
    sys.exit(status)
