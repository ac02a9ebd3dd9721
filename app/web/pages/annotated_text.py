"""The text of an instrument as a page shows it: each paragraph cut where times and scheduled items begin and end."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Final

from app.documents import read
from app.model import Event, Language, Paragraph, Role, Span, When

LONG_TEXT: Final = 12_000
"""Characters of a text of which a page folds the paragraphs that make no event."""
_LEAST_FOLDED: Final = 3
"""Consecutive paragraphs that are folded; fewer would save no space."""
# A paragraph longer than this is shown whole, its times unmarked: pages have a bound.
_LONGEST: Final = 20_000


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words: ``uids`` are the events they make, ``value`` the time they give.

    ``first`` is the event whose words begin here, so that each event has one place to return to.
    """

    text: str
    uids: tuple[str, ...] = ()
    value: str = ""
    cited: bool = False
    first: str = ""

    @property
    def days(self) -> str:
        """The value where it is plain days of the calendar: other notation is not for readers."""
        when = When.try_parse(self.value)
        return self.value if when is not None and when.is_calendar and when.recurrence is None else ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A paragraph on a page: the name of its place (once a page), its label, its runs.

    ``place`` is the same for the paragraph in every language: its role and label, or the last label before it and how
    many paragraphs without one stand since.
    """

    name: str
    label: str
    role: str
    runs: tuple[Run, ...]
    place: tuple[str, str, int] = ("", "", 0)


@lru_cache(maxsize=32)
def paragraphs(text: str, language: Language, name: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a stored text in its order: preamble, operative part, annexes."""
    resolution = read(text.encode("utf-8"), language, name=name)
    return (*resolution.preamble, *resolution.operative, *resolution.annexes)


def excerpt(
    listed: Sequence[Paragraph], events: Sequence[Event], numbers: Collection[str], language: Language, most: int
) -> tuple[tuple[Paragraph, ...], int]:
    """Return the paragraphs of a long text that make events, each with the one before it.

    These are the paragraphs that hold words of ``events`` and the operative ones with ``numbers``: the first ones, at
    least one, of at most ``most`` characters together. The second value counts those left out.
    """
    starts = sorted(event.span[language].start for event in events if language in event.span)
    wanted: set[int] = set()
    for place, item in enumerate(listed):
        first = bisect_left(starts, item.span.start)
        holds = first < len(starts) and starts[first] < item.span.end
        if holds or (item.role is Role.OPERATIVE and item.number in numbers):
            wanted |= {max(place - 1, 0), place}
    chosen: list[Paragraph] = []
    size = 0
    for place in sorted(wanted):
        size += listed[place].span.end - listed[place].span.start
        if chosen and size > most:
            break
        chosen.append(listed[place])
    return tuple(chosen), len(wanted) - len(chosen)


@lru_cache(maxsize=4096)
def _times(text: str, language: Language) -> tuple[tuple[int, int, str, bool], ...]:
    """Return the time expressions of a text: start, end, value, whether only cited."""
    if len(text) > _LONGEST:
        return ()
    from app.timex import tag  # noqa: PLC0415  # large, and only a text on a page needs it

    return tuple((item.start, item.end, item.value, item.cited) for item in tag(text, language))


def marked(listed: Sequence[Paragraph], events: Sequence[Event], language: Language) -> list[Shown]:
    """Return the paragraphs with the words of ``events`` and every time expression marked."""
    spans = {event.uid: event.span[language] for event in events if language in event.span}
    seen: set[str] = set()
    placed: set[str] = set()
    shown = []
    place = ("", "", 0)
    for paragraph in listed:
        operative = paragraph.role is Role.OPERATIVE
        name = paragraph.number if operative and paragraph.number and paragraph.number not in seen else ""
        seen.add(name or "")
        whole = paragraph.span
        here = {uid: span for uid, span in spans.items() if whole.start <= span.start < whole.end}
        runs = cut(paragraph, here, _times(paragraph.reading.text, language), placed)
        role, label = paragraph.role.value, paragraph.label
        before = place if place[0] == role else (role, "", 0)
        place = (role, label, 0) if label and label != before[1] else (role, before[1], before[2] + 1)
        shown.append(Shown(name or "", label if operative else "", role, tuple(runs), place))
    return shown


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive paragraphs, ``folded`` where none makes an event.

    ``first`` and ``last`` are the labels of a folded passage, empty where it has none.
    """

    paragraphs: tuple[Shown, ...]
    folded: bool
    first: str = ""
    last: str = ""


def passages(listed: Sequence[Shown]) -> list[Passage]:
    """Return a text in passages: those of a long text that make no event are folded."""
    if sum(len(run.text) for shown in listed for run in shown.runs) <= LONG_TEXT:
        return [Passage(tuple(listed), folded=False)] if listed else []
    found: list[Passage] = []
    for dated, group in groupby(listed, lambda shown: any(run.uids for run in shown.runs)):
        members = tuple(group)
        if dated or len(members) < _LEAST_FOLDED:
            before = found.pop().paragraphs if found and not found[-1].folded else ()
            found.append(Passage((*before, *members), folded=False))
        else:
            labels = [shown.label for shown in members if shown.label] or [""]
            found.append(Passage(members, folded=True, first=labels[0], last=labels[-1]))
    return found


def contents(listed: Sequence[Shown]) -> list[str]:
    """Return the names of the paragraphs that make events, in the order of the text."""
    return [shown.name for shown in listed if shown.name and any(run.uids for run in shown.runs)]


def aligned(one: Sequence[Shown], other: Sequence[Shown]) -> list[tuple[Shown | None, Shown | None]]:
    """Pair the paragraphs of two texts of one instrument, those of one place side by side.

    The order of both is kept; a paragraph that the other text lacks is paired with None.
    """
    pairs: list[tuple[Shown | None, Shown | None]] = []
    places = [shown.place for shown in one], [shown.place for shown in other]
    for same, first, last, from_, to in SequenceMatcher(None, *places, autojunk=False).get_opcodes():
        if same == "equal":
            pairs += zip(one[first:last], other[from_:to], strict=True)
        else:
            pairs += [(shown, None) for shown in one[first:last]] + [(None, shown) for shown in other[from_:to]]
    return pairs


def cut(
    paragraph: Paragraph,
    spans: Mapping[str, Span],
    times: Sequence[tuple[int, int, str, bool]],
    placed: set[str],
) -> list[Run]:
    """Return the runs of a paragraph, cut where events and time expressions begin and end.

    ``spans`` (by UID) index the stored text, ``times`` the reading. ``placed`` are the events whose first words have
    been seen; those of this paragraph are added to it.
    """
    reading = paragraph.reading
    inside: dict[str, tuple[int, int]] = {}
    for uid, span in spans.items():
        offsets = [offset for offset in range(len(reading.text)) if span.start <= reading.place(offset) < span.end]
        if offsets:
            inside[uid] = (offsets[0], offsets[-1] + 1)
    edges = {0, len(reading.text)}
    edges.update(edge for pair in inside.values() for edge in pair)
    edges.update(edge for start, end, _, _ in times for edge in (start, end))
    runs = []
    for start, end in pairwise(sorted(edges)):
        uids = tuple(uid for uid, (first, last) in inside.items() if first <= start < last)
        time = next((item for item in times if item[0] <= start < item[1]), None)
        first = next((uid for uid in uids if uid not in placed), "")
        placed.add(first)
        runs.append(Run(reading.text[start:end], uids, time[2] if time else "", bool(time and time[3]), first))
    return runs
