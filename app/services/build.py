"""Building a calendar from folders of texts: schedule files by body and session, with the mandates of all linked."""

from __future__ import annotations

import hashlib
import logging
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal, TypeAlias

from pydantic import TypeAdapter

from app.errors import DocumentError, PlenaryError, message
from app.mandates import identify, identify_modifications
from app.model import Check, Language, Schedule
from app.schedule.facts import text_digest, without_text
from app.schedule.files import read_file, write_atomically
from app.schedule.mandate_links import MandateReading, link_mandates
from app.schedule.review import merge
from app.schedule.yaml_writer import write
from app.services.derive import derive_path, documents_below, read_path
from app.services.process_pool import map_in_processes

PROGRESS_FOLDER: Final = ".build"
"""Folder below the schedules where a build keeps what it has, until it is over."""
Form: TypeAlias = Literal["auto", "facts", "words"]
_log = logging.getLogger(__name__)

_FOLDERS: Final = {
    "general-assembly": "ga",
    "security-council": "sc",
    "human-rights-council": "hrc",
    "economic-and-social-council": "ecosoc",
}
"""Folders of bodies whose slugs are long; other bodies are filed under their slug."""


@dataclass(frozen=True, slots=True)
class Built:
    """Result of one document of a build: schedule and mandate statements, or the error.

    ``digest`` is that of the stored text.
    """

    source: Path
    schedule: Schedule | None = None
    mandates: MandateReading = field(default_factory=lambda: MandateReading({}))
    error: str = ""
    language: Language = "en"
    digest: str = ""
    resumed: bool = False


_BUILT: Final = TypeAdapter(Built)


@dataclass(frozen=True, slots=True)
class BuildReport:
    """Result of a build.

    Counts of documents, of files written and left unchanged, of items by kind, of unread passages and links; and the
    errors.
    """

    documents: int
    written: int
    unchanged: int
    kinds: Counter[str]
    unread: int
    linked: int
    errors: tuple[str, ...]
    resumed: int = 0
    """Documents whose result an interrupted build had left."""


@dataclass(frozen=True, slots=True)
class _Task:
    source: Path
    language: Language
    progress: Path
    """The folder of results of a build that was interrupted."""
    code: str
    """A digest of the program: results of another one do not count."""


def build(
    folders: Sequence[Path],
    language: Language,
    out: Path,
    *,
    workers: int = 1,
    progress: Callable[[], None] = lambda: None,
    form: Form = "auto",
) -> BuildReport:
    """Derive every document below ``folders`` and write its schedule file below ``out``.

    Files are ``out/<body>/<session or year>/<slug>.yaml``; reviews in files that are there already stay. The result
    does not depend on the order of files. Of two documents of one instrument the first by name is taken. A document
    that cannot be read is reported and the others go on. ``progress`` is called once a document. ``form`` "facts"
    writes facts alone, "words" the words of the texts too; "auto" facts of texts that do not lie below ``out``.
    A build that was interrupted goes on where it was.
    """
    kept = out / PROGRESS_FOLDER
    code = program_digest()
    tasks = [_Task(source, language, kept, code) for source in documents_below(folders)]
    read: dict[str, Built] = {}
    errors: list[str] = []
    resumed = 0
    for built in _derived(tasks, workers):
        progress()
        resumed += built.resumed
        if built.schedule is None:
            errors.append(built.error)
        elif built.schedule.symbol.slug in read:
            twice = DocumentError(
                message("duplicate text of {symbol}", symbol=built.schedule.symbol.text),
                where=str(built.source),
                hint=message("remove it; {path} was used", path=read[built.schedule.symbol.slug].source),
            )
            errors.append(twice.line())
        else:
            read[built.schedule.symbol.slug] = built
    ordered = sorted(read.values(), key=_order)
    linked = link_mandates([(built.schedule, built.mandates) for built in ordered if built.schedule is not None])
    formed = [_formed(schedule, built, out, form) for schedule, built in zip(linked, ordered, strict=True)]
    written = sum(_write(schedule, out) for schedule in formed)
    shutil.rmtree(kept, ignore_errors=True)
    return BuildReport(
        documents=len(tasks),
        written=written,
        unchanged=len(formed) - written,
        kinds=Counter(event.kind.value for schedule in formed for event in schedule.events),
        unread=sum(not item.is_name for schedule in linked for items in schedule.unread.values() for item in items),
        linked=sum(event.same_as is not None for schedule in linked for event in schedule.events),
        errors=tuple(errors),
        resumed=resumed,
    )


def _formed(schedule: Schedule, built: Built, out: Path, form: Form) -> Schedule:
    """Return what the file of a schedule holds: facts alone, or the words of its text too."""
    if form == "words" or (form == "auto" and built.source.resolve().is_relative_to(out.resolve())):
        return schedule
    return replace(without_text(schedule, {built.language: built.digest}), check=Check.DERIVED)


def _order(built: Built) -> tuple[str, list[int], str]:
    schedule = built.schedule
    if schedule is None:
        return "", [], ""
    numbers = [int(part) for part in re.findall(r"\d+", schedule.symbol.text)]
    return str(schedule.adopted or ""), numbers, schedule.symbol.text


def _derived(tasks: Sequence[_Task], workers: int) -> Iterator[Built]:
    if workers <= 1 or len(tasks) <= 1:
        yield from map(_derive, tasks)
    else:
        yield from map_in_processes(_derive, tasks, workers, _crashed)


def _derive(task: _Task) -> Built:
    try:
        left = _left(task)
        if left.exists():
            return replace(_BUILT.validate_json(left.read_bytes()), source=task.source, resumed=True)
        derivation = derive_path(task.source, task.language)
        resolution, schedule = derivation.resolution, derivation.schedule
        reading = MandateReading({})
        if schedule.body == "security-council":
            reading = MandateReading(
                identify(resolution, schedule.events, {}),
                tuple(identify_modifications(resolution, schedule.events, {})),
            )
        built = Built(
            task.source, schedule, reading, language=task.language, digest=text_digest(derivation.resolution.text)
        )
        write_atomically(left, _BUILT.dump_json(built))
    except PlenaryError as error:
        return Built(task.source, error=error.line())
    except Exception as error:
        # A fault of ours in one document is logged with its trace, and the others go on.
        _log.exception("building %s", task.source)
        failed = DocumentError(message("internal error ({error})", error=type(error).__name__), where=str(task.source))
        return Built(task.source, error=failed.line())
    return built


def _left(task: _Task) -> Path:
    """Return the file of a document's result.

    The same bytes, name, language and program give the same.
    """
    data = hashlib.sha256(f"{task.code} {task.language} {task.source.name} ".encode() + read_path(task.source))
    return task.progress / f"{data.hexdigest()}.json"


def program_digest() -> str:
    """Return a digest of the package's code and data, which names its results."""
    digest = hashlib.sha256()
    top = Path(__file__).parent.parent
    for path in sorted(top.rglob("*")):
        if path.suffix in {".py", ".yaml", ".po"}:
            digest.update(str(path.relative_to(top)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _crashed(task: _Task, code: int) -> Built:
    error = DocumentError(message("the worker process ended ({code})", code=code), where=str(task.source))
    return Built(task.source, error=error.line())


def locate(schedule: Schedule) -> Path:
    """Return the path of an instrument's file below the schedules folder.

    Example: ``ga/72/A-RES-72-251.yaml``.
    """
    body = schedule.body or "other"
    when = schedule.session if body not in {"security-council", "economic-and-social-council"} else None
    period = str(when or schedule.symbol.year or (schedule.adopted.year if schedule.adopted else "undated"))
    return Path(_FOLDERS.get(body, body), period, f"{schedule.symbol.slug}.yaml")


def _write(schedule: Schedule, out: Path) -> bool:
    """Write the file of a schedule unless it is unchanged; return whether it was written.

    A file whose text lies beside it keeps its form; another takes that of ``schedule``, and its reviews stay.
    """
    path = out / locate(schedule)
    if path.exists():
        stored = read_file(path)
        if stored.sources:
            return False
        schedule, _ = merge(without_text(stored, stored.digests) if schedule.facts_only else stored, schedule)
    data = write(replace(schedule, proposals=())).encode("utf-8")
    if path.exists() and hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(data).digest():
        return False
    write_atomically(path, data)
    return True
