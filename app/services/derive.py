"""Deriving: a document, or a folder of them, to what it schedules; nothing is stored."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from app.documents import Limits, has_operative_words, read
from app.errors import DocumentError, PlenaryError, ScheduleError, TooLarge, UnknownLanguage, message
from app.feeds import render_schedule
from app.i18n import translate_warning
from app.i18n.catalog import SOURCE
from app.model import LANGUAGES, UNKNOWN_SYMBOL, Language, Resolution, Schedule, Symbol
from app.schedule.files import read_file, write_atomically
from app.schedule.json_format import plain_schedule
from app.schedule.review import merge
from app.schedule.translations import unite
from app.schedule.yaml_writer import write
from app.services.process_pool import map_in_processes

if TYPE_CHECKING:
    from app.amendments.detect import Histories, LookupKeys

_log = logging.getLogger(__name__)

Format: TypeAlias = Literal["json", "yaml", "ics"]
SUFFIXES = frozenset({".txt", ".pdf", ".docx", ".html", ".htm"})
"""The endings of files that a folder is searched for."""


def language_of(name: str) -> Language:
    """``name`` as one of the six languages. Raises UnknownLanguage."""
    for language in LANGUAGES:
        if language == name:
            return language
    raise UnknownLanguage(
        message("unknown language {asked}", asked=repr(name)),
        where="lang",
        hint=message("use one of {known}", known=", ".join(LANGUAGES)),
    )


HistorySource: TypeAlias = "Callable[[Schedule, LookupKeys], Histories]"
"""Gives the histories of the events that an instrument may change, by UID; called with what it schedules."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """A document as read, and what it schedules."""

    resolution: Resolution
    schedule: Schedule


def derive_bytes(
    data: bytes,
    language: Language,
    *,
    name: str = "",
    symbol: Symbol | None = None,
    adopted: date | None = None,
    limits: Limits | None = None,
    against: HistorySource | None = None,
) -> Derivation:
    """Return what the document ``data`` schedules; nothing is stored.

    ``name`` is the document's file name, from which a missing symbol may be taken; ``symbol`` and ``adopted`` win
    over what the text says. ``against`` gives the events that the text may change; it is asked only where the text
    has words of change, and what it does to them is proposed. Raises DocumentError, TooLarge, SymbolError.
    """
    resolution = read(data, language, name=name, symbol=symbol, adopted=adopted, limits=limits or Limits())
    if not has_operative_words(resolution):
        raise DocumentError(
            message("no operative paragraphs found"),
            where=name or "document",
            hint=message("check that it is a resolution or decision in the language {language}", language=language),
        )
    # The pipeline is large; a service that gives what it has needs nothing of it until somebody sends a document.
    from app.amendments.detect import detect_amendments, extract_keys, mentions_change  # noqa: PLC0415  # see above
    from app.schedule.pipeline import derive  # noqa: PLC0415  # see above

    schedule = derive(resolution)
    if against is not None and resolution.symbol is not None and mentions_change(resolution):
        known = against(schedule, extract_keys(resolution))
        found = detect_amendments(resolution, schedule, known)
        unread = (*schedule.unread.get(language, ()), *found.missed)
        schedule = replace(
            schedule,
            proposals=found.proposals,
            unread={**schedule.unread, language: unread} if unread else schedule.unread,
        )
    return Derivation(resolution, schedule)


def derive_path(
    path: Path,
    language: Language,
    *,
    symbol: Symbol | None = None,
    adopted: date | None = None,
    against: HistorySource | None = None,
) -> Derivation:
    """Return the schedule of the document at ``path``.

    Raises DocumentError for a file that cannot be read.
    """
    return derive_bytes(read_path(path), language, name=path.name, symbol=symbol, adopted=adopted, against=against)


def read_path(path: Path, limits: Limits | None = None) -> bytes:
    """Return the bytes of the file at ``path``. Raises DocumentError and TooLarge."""
    bounds = limits or Limits()
    try:
        with path.open("rb") as stream:
            data = stream.read(bounds.bytes + 1)
    except FileNotFoundError as error:
        raise DocumentError(
            message("the file does not exist"), where=str(path), hint=message("check the path")
        ) from error
    except IsADirectoryError as error:
        raise DocumentError(
            message("the path is a folder, not a file"), where=str(path), hint=message("name a file")
        ) from error
    except OSError as error:
        raise DocumentError(message("cannot be read ({strerror})", strerror=error.strerror), where=str(path)) from error
    if len(data) > bounds.bytes:
        raise TooLarge(
            message("the document exceeds {bytes} bytes", bytes=bounds.bytes),
            where=str(path),
            hint=message("give a smaller document"),
        )
    return data


def documents_below(places: Iterable[Path]) -> list[Path]:
    """Return the documents at or below ``places``, in order.

    A folder gives the files in it that can be read as text.
    """
    found: dict[Path, None] = {}
    for place in places:
        if place.is_dir():
            found.update(
                dict.fromkeys(
                    path for path in sorted(place.rglob("*")) if path.suffix.lower() in SUFFIXES and path.is_file()
                )
            )
        else:
            found[place] = None
    return list(found)


def form(derivation: Derivation, format_: Format) -> bytes:
    """Return the schedule of a derivation as bytes of a format; the output is deterministic."""
    schedule, language = derivation.schedule, derivation.resolution.language
    if format_ == "json":
        return (json.dumps(plain_schedule(schedule, language), ensure_ascii=False, indent=2) + "\n").encode()
    if format_ == "yaml":
        return write(schedule).encode()
    return render_schedule(schedule, language)


@dataclass(frozen=True, slots=True)
class WrittenSchedule:
    """Result of one document of many: its output path and report of changes, or the error."""

    source: Path
    target: Path | None
    items: int = 0
    unread: int = 0
    error: str = ""
    report: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Task:
    source: Path
    language: Language
    symbol: Symbol | None
    adopted: date | None
    format_: Format
    out: Path
    against: HistorySource | None


def _write_one(task: _Task) -> WrittenSchedule:
    try:
        derivation = derive_path(
            task.source, task.language, symbol=task.symbol, adopted=task.adopted, against=task.against
        )
        report: tuple[str, ...] = ()
        if task.format_ == "yaml":
            symbol = derivation.schedule.symbol
            if symbol == UNKNOWN_SYMBOL:  # named after its source, and laid over nothing
                target = task.out / task.source.with_suffix(".yaml").name
            else:
                target = task.out / f"{symbol.slug}.yaml"
                derivation, report = _over_stored(derivation, task.source, target)
        else:
            target = _answer(task)
        write_atomically(target, form(derivation, task.format_))
    except PlenaryError as error:
        return WrittenSchedule(task.source, None, error=error.line())
    except Exception as error:
        # An internal error in one document is logged with its trace, and the others go on.
        _log.exception("deriving %s", task.source)
        failure = DocumentError(message("internal error ({error})", error=type(error).__name__), where=task.source.name)
        return WrittenSchedule(task.source, None, error=failure.line())
    schedule = derivation.schedule
    report = (*report, *(translate_warning(warning, SOURCE) for warning in schedule.warnings))
    unread = sum(not item.is_name for items in schedule.unread.values() for item in items)
    return WrittenSchedule(task.source, target, items=len(schedule.events), unread=unread, report=report)


def _over_stored(derivation: Derivation, source: Path, target: Path) -> tuple[Derivation, tuple[str, ...]]:
    """Merge a derivation into the file at ``target`` and its texts in other languages.

    What was reviewed stays; every difference and every disagreement between translations is reported, a line each.
    """
    language = derivation.resolution.language
    fresh = {language: replace(derivation.schedule, sources={language: source.name})}
    if not target.exists():
        return replace(derivation, schedule=fresh[language]), ()
    stored = read_file(target)
    others = {tongue: name for tongue, name in stored.sources.items() if tongue != language}
    united, disagreements = unite(fresh | derive_beside(others, target.parent, stored))
    merged, differences = merge(stored, united)
    report = [f"{item.line()} ({'kept, as reviewed' if item.explained else 'changed'})" for item in differences]
    return replace(derivation, schedule=merged), (*(item.line() for item in disagreements), *report)


def derive_beside(sources: Mapping[str, str], folder: Path, stored: Schedule) -> dict[str, Schedule]:
    """Return the schedules derived from a schedule file's texts, by language.

    Raises ScheduleError.
    """
    found: dict[str, Schedule] = {}
    for language, name in sources.items():
        path = folder / name
        if Path(name).name != name or not path.exists():
            raise ScheduleError(
                message("the text {name} is missing", name=name),
                where=stored.symbol.text,
                hint=message("put it beside the schedule file"),
            )
        derived = derive_path(path, language_of(language), symbol=stored.symbol, adopted=stored.adopted).schedule
        found[language] = replace(derived, sources={language: name})
    return found


def derive_many(
    sources: Sequence[Path],
    language: Language,
    out: Path,
    format_: Format,
    *,
    symbol: Symbol | None = None,
    adopted: date | None = None,
    workers: int = 1,
    against: HistorySource | None = None,
) -> Iterator[WrittenSchedule]:
    """Derive every document into a file below ``out``.

    Results come as they are completed, in order of ``sources``.

    A JSON or ICS answer is named as its source with the last suffix replaced, a YAML one after the instrument, laid
    over the schedule that is there. ``against`` as of ``derive_bytes``, a value that processes can share. Two sources
    that would write the same file are refused. ``workers`` processes.
    """
    tasks = [_Task(source, language, symbol, adopted, format_, out, against) for source in sources]
    if format_ != "yaml":
        names: dict[str, Path] = {}
        for source in sources:
            name = source.with_suffix("").name
            if name in names:
                raise DocumentError(
                    message("two documents have the same output file {name}.{format}", name=name, format=format_),
                    where=f"{names[name]}, {source}",
                    hint=message("write them to different folders"),
                )
            names[name] = source
    if workers <= 1 or len(tasks) <= 1 or format_ == "yaml":
        yield from map(_write_one, tasks)
        return
    yield from map_in_processes(_write_one, tasks, workers, _on_crash)


def _on_crash(task: _Task, code: int) -> WrittenSchedule:
    """Return the error for a document whose process ended; no output of it remains."""
    for left in task.out.glob(f".{_answer(task).name}.*"):
        left.unlink(missing_ok=True)
    return WrittenSchedule(
        task.source,
        None,
        error=DocumentError(message("the worker process ended ({code})", code=code), where=task.source.name).line(),
    )


def _answer(task: _Task) -> Path:
    return task.out / task.source.with_suffix(f".{task.format_}").name
