"""Which meeting belongs to which: an organizational meeting to the conference that it prepares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from app.model import Event, Kind

# Stems of the official words for a meeting or session that organizes another ("organizational session of the
# conference"); United Nations Editorial Manual and UNTERM, 2024.
_ORGANIZES: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("organizational meeting", "organizational session", "organisational"),
    "fr": ("réunion d’organisation", "réunion d'organisation", "session d’organisation", "session d'organisation"),
    "es": ("organizativa", "de organización", "organizativo"),
    "ru": ("организационн",),
    "zh": ("组织会议", "组织性会议"),
    "ar": ("تنظيمي",),
}


def parent_of(event: Event, others: Sequence[Event]) -> str | None:
    """Return the UID of the meeting that ``event`` prepares; or None.

    ``others`` are the events of its instrument.

    It is the one whose name the event's own name contains in some language, else the nearest meeting before it in the
    text that organizes nothing itself.

    >>> from app.model import Certainty
    >>> main, organizing = (
    ...     Event(f"A-RES-90-1.{paragraph}.meeting.1", Kind.MEETING, "2036", Certainty.DECIDED, "A/RES/90/1", None,
    ...         paragraph=paragraph, subject={"en": name})
    ...     for paragraph, name in (("5", "conference"), ("6", "organizational session of the conference"))
    ... )
    >>> parent_of(organizing, (main, organizing)), parent_of(main, (main, organizing))
    ('A-RES-90-1.5.meeting.1', None)
    """
    if event.kind is not Kind.MEETING or not _organizes(event):
        return None
    meetings = [other for other in others if other.kind is Kind.MEETING and other.uid != event.uid]
    meetings = [other for other in meetings if not _organizes(other) and not other.recurrence]
    for other in meetings:
        names = ((event.subject.get(language, ""), name) for language, name in other.subject.items())
        if any(name and name in own and name != own for own, name in names):
            return other.uid
    before = [other for other in meetings if _place(other) <= _place(event)]
    return max(before, key=_place).uid if before else None


def _organizes(event: Event) -> bool:
    return any(
        stem in event.subject.get(language, "").casefold() for language, stems in _ORGANIZES.items() for stem in stems
    )


def _place(event: Event) -> tuple[str, int, tuple[str, ...]]:
    number = event.paragraph or ""
    return event.section, int(number) if number.isdigit() else 0, event.letters
