"""Cases of the sense of an act, one a line: language and body, paragraphs, and the items that they schedule.

``en A | paragraph // paragraph | kind/kind when~when @bearer; ?kind when``. The body is A (General Assembly), S
(Security Council), D (decision of the Assembly) or U (Assembly, paragraphs without numbers). A time is a day, ``A..B``,
``..B`` (due by it), ``A..`` (from it on), a session's token, ``R/…`` (it recurs so), ``any``, or ``unread``. ``-`` is
no item, ``doubt`` no item that is certain, ``!GA`` no item at a session of the Assembly, ``?`` an item that may be
there; ``||`` parts two readings that are both right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from app.documents import parse_symbol
from app.errors import PlenaryError
from app.model import Event, Language, Schedule
from app.services.derive import derive_bytes, language_of

FOLDER: Final = Path(__file__).parent / "sense"
_OPENINGS: Final = {
    ("en", "A"): "The General Assembly,", ("en", "S"): "The Security Council,",
    ("fr", "A"): "L’Assemblée générale,", ("fr", "S"): "Le Conseil de sécurité,",
    ("es", "A"): "La Asamblea General,", ("es", "S"): "El Consejo de Seguridad,",
    ("ru", "A"): "Генеральная Ассамблея,", ("ru", "S"): "Совет Безопасности,",
    ("ar", "A"): "إن الجمعية العامة،", ("ar", "S"): "إن مجلس الأمن،",
    ("zh", "A"): "大会，", ("zh", "S"): "安全理事会，",
}  # fmt: skip
_SYMBOLS: Final = {
    "A": ("A/RES/80/900", date(2025, 12, 15)),
    "U": ("A/RES/80/901", date(2025, 12, 15)),
    "S": ("S/RES/2990 (2026)", date(2026, 1, 15)),
    "D": ("A/DEC/80/590", date(2025, 11, 12)),
}


@dataclass(frozen=True, slots=True)
class SenseCase:
    """Paragraphs of one instrument and the items that are right, as written in the file."""

    sense: str
    language: Language
    body: str
    paragraphs: tuple[str, ...]
    wanted: str

    @property
    def name(self) -> str:
        """A short name for reports."""
        return f"{self.sense}-{self.language}: {self.paragraphs[0][:60]}"

    @property
    def text(self) -> str:
        """The instrument as a document."""
        if self.body == "D":
            return "\n\n".join(self.paragraphs) + "\n"
        opening = _OPENINGS[self.language, "A" if self.body == "U" else self.body]
        sign = " -" if self.language == "ar" else "."
        numbered = [p if self.body == "U" else f"{n}{sign} {p}" for n, p in enumerate(self.paragraphs, 1)]
        return "\n\n".join([opening, *numbered]) + "\n"


def sense_cases() -> Iterator[SenseCase]:
    """Every case of the files in ``sense/``, in their order."""
    for path in sorted(FOLDER.glob("*.txt")):
        sense = ""
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("# class: "):
                sense = line.removeprefix("# class: ").split(" ")[0]
            elif line and not line.startswith("#"):
                head, _, rest = line.partition(" | ")
                text, _, wanted = rest.rpartition(" | ") if " || " not in rest else _either(rest)
                language, body = head.split()
                yield SenseCase(sense, language_of(language), body, tuple(text.split(" // ")), wanted)


def _either(rest: str) -> tuple[str, str, str]:
    text, sign, wanted = rest.partition(" | ")
    return text, sign, wanted


def derived(case: SenseCase) -> Schedule | None:
    """What the engine reads in the case's text; None where it refuses it."""
    symbol, adopted = _SYMBOLS[case.body]
    try:
        return derive_bytes(
            case.text.encode(), case.language, name="case.txt", symbol=parse_symbol(symbol), adopted=adopted
        ).schedule
    except PlenaryError:
        return None


def is_dated(event: Event) -> bool:
    """Whether an item has a time."""
    return event.kind.value != "obligation" and bool(event.start or event.end or event.recurrence)


def _is_doubtful(event: Event) -> bool:
    certain = event.certainty.value in ("decided", "derived")
    return not certain or event.confidence == "low" or bool(event.alternatives)


def _fits_time(said: str, event: Event) -> bool:
    start, end = (day.isoformat() if day else "" for day in (event.start, event.end))
    if said == "any":
        return True
    if said.startswith("R/"):
        return said in (event.when, event.when.partition(";")[2], f"R/{event.recurrence}")
    if event.recurrence or "R/" in event.when:
        return False
    first, dots, last = said.partition("..")
    if not dots:
        return event.when == said or (start == said and end in (said, ""))
    if not first:
        return end == last and start in ("", last)
    return start == first and end == last


def _fits(said: str, event: Event) -> bool:
    kinds, when, *bearer = said.split()
    return (
        event.kind.value in kinds.split("/")
        and any(_fits_time(one, event) for one in when.split("~"))
        and (not bearer or event.bearer == bearer[0].removeprefix("@"))
    )


def _matches_all(wanted: list[str], events: list[Event]) -> bool:
    if not wanted:
        return not events
    said, optional = wanted[0].removeprefix("?"), wanted[0].startswith("?")
    for at, event in enumerate(events):
        if _fits(said, event) and _matches_all(wanted[1:], events[:at] + events[at + 1 :]):
            return True
    return optional and _matches_all(wanted[1:], events)


def is_right(case: SenseCase, schedule: Schedule | None) -> bool:
    """Whether the engine's answer is what the case says, with no dated item too much."""
    if schedule is None:
        return False
    dated = [event for event in schedule.events if is_dated(event)]
    unread = bool(schedule.unread.get(case.language))
    if case.wanted == "-":
        return not dated
    if case.wanted == "doubt":
        return all(_is_doubtful(event) for event in dated) and bool(dated or unread)
    if case.wanted == "!GA":
        return not any("GA" in event.when for event in schedule.events) and not dated
    if case.wanted.endswith("~unread") and not dated and unread:
        return True
    return any(_matches_all(reading.split("; "), dated) for reading in case.wanted.split(" || "))


def shown(schedule: Schedule | None) -> list[str]:
    """The dated items and the unread words, for a report."""
    if schedule is None:
        return ["refused"]
    items = [f"{e.kind.value} {e.when} [{e.start}..{e.end}] @{e.bearer} {e.rule}" for e in schedule.events]
    items = [line for line in items if not line.startswith("obligation")]
    return items + [f"unread {u.quote!r} {u.value} {u.reason}" for said in schedule.unread.values() for u in said]
