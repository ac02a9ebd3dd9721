"""The use cases: read, derive, load, check, show. The only place where files, the store and the pipeline meet."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib import resources
from pathlib import Path
from typing import Literal, TypeAlias

from app import __version__
from app.almanac import Almanac, almanac
from app.errors import DocumentError, PlenaryError, ScheduleError, SymbolError, TooLarge, UnknownLanguage
from app.feeds import render_schedule
from app.model import LANGUAGES, Language, Resolution, Schedule, Symbol
from app.schedule.amend import histories
from app.schedule.dates import dated
from app.schedule.derive import derive
from app.schedule.files import paths_below, read_file, save, write
from app.schedule.plain import plain_schedule
from app.schedule.review import Difference, compare, merge, published
from app.schedule.unite import unite
from app.store import Store
from app.text import Limits, read

Format: TypeAlias = Literal["json", "yaml", "ics"]
SUFFIXES = frozenset({".txt", ".pdf", ".docx", ".html", ".htm"})
"""The endings of files that a folder is searched for."""


def language_of(name: str) -> Language:
    """``name`` as one of the six languages. Raises UnknownLanguage."""
    for language in LANGUAGES:
        if language == name:
            return language
    raise UnknownLanguage(f"unknown language {name!r}", where="lang", hint=f"use one of {', '.join(LANGUAGES)}")


# --- deriving -------------------------------------------------------------------------------------------------------


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
) -> Derivation:
    """What the document ``data`` schedules; nothing is stored.

    ``name`` is the document's file name, from which a missing symbol may be taken; ``symbol`` and ``adopted`` win
    over what the text says. Raises DocumentError, TooLarge, SymbolError.
    """
    resolution = read(data, language, name=name, symbol=symbol, adopted=adopted, limits=limits or Limits())
    if resolution.symbol is None:
        raise SymbolError(
            "the text does not say which instrument it is",
            where=name or "document",
            hint="give its symbol, as in A/RES/72/251, or name the file after it",
        )
    if not _instrument(resolution):
        raise DocumentError(
            "no operative paragraphs are found",
            where=name or "document",
            hint=f"is it a resolution or decision, in the language {language}?",
        )
    return Derivation(resolution, derive(resolution))


def _instrument(resolution: Resolution) -> bool:
    """Whether the text has what makes an instrument: numbered paragraphs, or some beside a preamble or an adoption."""
    numbered = any(paragraph.number for paragraph in resolution.operative)
    dressed = bool(resolution.preamble or resolution.meeting or resolution.adopted)
    return numbered or bool(resolution.operative and dressed)


def derive_path(
    path: Path, language: Language, *, symbol: Symbol | None = None, adopted: date | None = None
) -> Derivation:
    """What the document at ``path`` schedules. Raises DocumentError for a file that cannot be read."""
    return derive_bytes(read_path(path), language, name=path.name, symbol=symbol, adopted=adopted)


def read_path(path: Path, limits: Limits | None = None) -> bytes:
    """The bytes of the file at ``path``. Raises DocumentError and TooLarge."""
    bounds = limits or Limits()
    try:
        with path.open("rb") as stream:
            data = stream.read(bounds.bytes + 1)
    except FileNotFoundError as error:
        raise DocumentError("no such file", where=str(path), hint="check the path") from error
    except IsADirectoryError as error:
        raise DocumentError("a folder, not a file", where=str(path), hint="name a file") from error
    except OSError as error:
        raise DocumentError(f"cannot be read ({error.strerror})", where=str(path)) from error
    if len(data) > bounds.bytes:
        raise TooLarge(f"more than {bounds.bytes} bytes", where=str(path), hint="give a smaller document")
    return data


def documents_below(places: Iterable[Path]) -> list[Path]:
    """The documents at or below ``places``, in order; a folder gives the files in it that can be read as text."""
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
    """The schedule of a derivation as bytes of a format; the same derivation gives the same bytes."""
    schedule, language = derivation.schedule, derivation.resolution.language
    if format_ == "json":
        return (json.dumps(plain_schedule(schedule, language), ensure_ascii=False, indent=2) + "\n").encode()
    if format_ == "yaml":
        return write(schedule).encode()
    return render_schedule(schedule, language)


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one document of many: where its answer is, or the error; ``report`` of what it changed there."""

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


def _write_one(task: _Task) -> Written:
    try:
        derivation = derive_path(task.source, task.language, symbol=task.symbol, adopted=task.adopted)
        report: tuple[str, ...] = ()
        if task.format_ == "yaml":
            target = task.out / f"{derivation.schedule.symbol.slug}.yaml"
            derivation, report = _over_stored(derivation, task.source, target)
        else:
            target = task.out / task.source.with_suffix(f".{task.format_}").name
        save(target, form(derivation, task.format_))
    except PlenaryError as error:
        return Written(task.source, None, error=error.line())
    schedule = derivation.schedule
    unread = sum(len(items) for items in schedule.unread.values())
    return Written(task.source, target, items=len(schedule.events), unread=unread, report=report)


def _over_stored(derivation: Derivation, source: Path, target: Path) -> tuple[Derivation, tuple[str, ...]]:
    """The derivation laid over the schedule file at ``target``, with the texts in other languages beside it.

    What was reviewed stays; every difference and every disagreement between translations is reported, a line each.
    """
    language = derivation.resolution.language
    fresh = {language: replace(derivation.schedule, sources={language: source.name})}
    if not target.exists():
        return replace(derivation, schedule=fresh[language]), ()
    stored = read_file(target)
    others = {tongue: name for tongue, name in stored.sources.items() if tongue != language}
    united, disagreements = unite(fresh | _derive_beside(others, target.parent, stored))
    merged, differences = merge(stored, united)
    report = [f"{item.line()} ({'kept, as reviewed' if item.explained else 'changed'})" for item in differences]
    return replace(derivation, schedule=merged), (*(item.line() for item in disagreements), *report)


def _derive_beside(sources: Mapping[str, str], folder: Path, stored: Schedule) -> dict[str, Schedule]:
    """The schedules derived from the texts that a schedule file names, by language. Raises ScheduleError."""
    found: dict[str, Schedule] = {}
    for language, name in sources.items():
        path = folder / name
        if Path(name).name != name or not path.exists():
            raise ScheduleError(
                f"its text {name} is not there", where=stored.symbol.text, hint="put it beside the schedule file"
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
) -> Iterator[Written]:
    """Derives every document into a file below ``out``; answers come as they are done, in order of ``sources``.

    A JSON or ICS answer is named as its source with the last suffix replaced, a YAML one after the instrument, laid
    over the schedule that is there. Two sources that would write the same file are refused. ``workers`` processes.
    """
    tasks = [_Task(source, language, symbol, adopted, format_, out) for source in sources]
    if format_ != "yaml":
        names: dict[str, Path] = {}
        for source in sources:
            name = source.with_suffix("").name
            if name in names:
                raise DocumentError(
                    f"two documents would both be written as {name}.{format_}",
                    where=f"{names[name]}, {source}",
                    hint="derive them into different folders",
                )
            names[name] = source
    if workers <= 1 or len(tasks) <= 1 or format_ == "yaml":
        yield from map(_write_one, tasks)
        return
    with ProcessPoolExecutor(max_workers=workers) as pool:
        yield from pool.map(_write_one, tasks, chunksize=max(1, min(16, len(tasks) // (workers * 4))))


# --- loading --------------------------------------------------------------------------------------------------------


def fingerprint(paths: Iterable[Path], folder: Path) -> str:
    """A digest of the names and bytes of the schedule files and of the almanac that dates them."""
    digest = hashlib.sha256(__version__.encode())
    for resource in sorted(resources.files("app.almanac").iterdir(), key=lambda item: item.name):
        if resource.name.endswith(".yaml"):
            digest.update(resource.read_bytes())
    for path in paths:
        digest.update(str(path.relative_to(folder)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def texts_of(schedule: Schedule, file: Path) -> dict[tuple[str, str], str]:
    """The stored texts that lie beside a schedule file, by slug and language. Raises ScheduleError."""
    found: dict[tuple[str, str], str] = {}
    for language, name in schedule.sources.items():
        if Path(name).name != name:
            raise ScheduleError(f"the source {name!r} is not beside the file", where=str(file), hint="a plain name")
        source = file.parent / name
        if source.suffix == ".txt" and source.exists():
            found[schedule.symbol.slug, language] = source.read_bytes().decode("utf-8")
    return found


def load(store: Store, folder: Path, recorded: datetime, *, calendar: Almanac | None = None) -> bool:
    """Brings the store to what the schedule files below ``folder`` say, atomically; whether anything changed.

    ``recorded`` is the moment at which the service learns of it. Raises ScheduleError, AmendmentError, StoreError;
    the store then holds what it held.
    """
    if not folder.is_dir():
        raise ScheduleError("no such folder", where=str(folder), hint="set PLENARY_SCHEDULES to the schedules folder")
    paths = paths_below([folder])
    print_ = fingerprint(paths, folder)
    if store.fingerprint() == print_:
        return False
    chosen = calendar or almanac()
    schedules: list[Schedule] = []
    texts: dict[tuple[str, str], str] = {}
    homes: dict[str, Path] = {}
    for path in paths:
        schedule = published(read_file(path))
        slug = schedule.symbol.slug
        if slug in homes:
            raise ScheduleError(f"{schedule.symbol.text} has two files", where=f"{homes[slug]}, {path}")
        homes[slug] = path
        schedules.append(dated(schedule, chosen))
        texts.update(texts_of(schedule, path))
    return store.load(schedules, histories(schedules, chosen), fingerprint=print_, recorded=recorded, texts=texts)


# --- checking -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Checked:
    """One schedule file held against its texts and its form."""

    path: Path
    differences: tuple[Difference, ...] = ()
    error: str = ""
    derived: bool = False

    @property
    def fails(self) -> bool:
        """Whether something is wrong that no review explains."""
        return bool(self.error) or any(not item.explained for item in self.differences)


def check(paths: Sequence[Path], progress: Callable[[], None] = lambda: None) -> list[Checked]:
    """Re-derives every schedule that has its text beside it, and reads and re-writes every file byte for byte.

    With several files, what they do to each other's events is checked too.
    """
    results: list[Checked] = []
    schedules: list[Schedule] = []
    for path in paths_below(paths):
        try:
            schedule = read_file(path)
            results.append(_check_one(schedule, path))
            schedules.append(dated(published(schedule), almanac()))
        except PlenaryError as error:
            results.append(Checked(path, error=error.line()))
        progress()
    if len(schedules) > 1 and not any(item.error for item in results):
        try:
            histories(schedules, almanac())
        except PlenaryError as error:
            results.append(Checked(paths[0], error=error.line()))
    return results


def _check_one(schedule: Schedule, path: Path) -> Checked:
    if write(schedule).encode() != path.read_bytes():
        again = "plenary derive --format yaml writes the canonical form"
        raise ScheduleError("the file is not in its canonical form", where=str(path), hint=again)
    if not schedule.sources:
        fresh = replace(dated(schedule, almanac()), sources=dict.fromkeys(LANGUAGES, ""))
        return Checked(path, tuple(compare(schedule, fresh)))
    united, _ = unite(_derive_beside(schedule.sources, path.parent, schedule))
    return Checked(path, tuple(compare(schedule, united)), derived=True)


__all__ = [
    "Checked",
    "Derivation",
    "Format",
    "Written",
    "check",
    "derive_bytes",
    "derive_many",
    "derive_path",
    "documents_below",
    "form",
    "language_of",
    "load",
    "read_path",
]
