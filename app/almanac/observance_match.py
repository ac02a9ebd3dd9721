"""The almanac's observance that an item of an instrument is: the same day rule, and the same name in some language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from app.almanac.data import Almanac, almanac
from app.almanac.observances import Observance
from app.model import Event, Kind
from app.registry.short_names import printed_name

_WORDS: Final = re.compile(r"\w+")
_UNSPACED: Final = frozenset({"zh"})
_SHORTEST: Final = 3
"""Characters of a name in a script without blanks that are too few to tell one observance from another."""


def match_observance(event: Event, book: Almanac | None = None) -> Observance | None:
    """Return the almanac's observance that ``event`` is, or None.

    It is one if its kind is observance, it recurs on the same days, and the almanac's name is in its title, subject,
    quotation, clause or slots in the same language. Of several names found there the longest counts, and none if two
    are as long.

    >>> from app.model import Certainty
    >>> day = Event("A-RES-1.1.observance.1", Kind.OBSERVANCE, "R/--01-04", Certainty.DECIDED, "A/RES/1", None,
    ...     recurrence="FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=4", title={"en": "Observe World Braille Day"})
    >>> match_observance(day).slug
    'world-braille-day'
    """
    if event.kind is not Kind.OBSERVANCE or not event.recurrence:
        return None
    days = 1 if event.start is None or event.end is None else (event.end - event.start).days + 1
    same_days = [
        item
        for item in (book or almanac()).observances
        if item.days == days and item.recurrence == event.recurrence and item.kind in {"day", "week"}
    ]
    if not same_days:
        return None
    found = [(length, item) for item in same_days if (length := _named(item, event))]
    longest = max((length for length, _ in found), default=0)
    best = [item for length, item in found if length == longest]
    return best[0] if len(best) == 1 else None


def observance_uid(observance: Observance, year: int | None = None) -> str:
    """Return the UID of an observance in feeds.

    ``year`` is that of one occurrence of a movable observance.

    >>> observance_uid(almanac().observances[0])
    'observance.world-braille-day'
    """
    return f"observance.{observance.slug}" if year is None else f"observance.{observance.slug}.{year}"


def _named(observance: Observance, event: Event) -> int:
    """Return the length of the observance's longest name in the event's texts, or 0."""
    return max(
        (
            len(name)
            for language, own in observance.names.items()
            if (name := _plain(own, language))
            for text in _texts(event, language)
            if _contains(_plain(text, language), name, language)
        ),
        default=0,
    )


def _contains(text: str, name: str, language: str) -> bool:
    if language in _UNSPACED:
        return len(name) >= _SHORTEST and name in text
    return f" {name} " in f" {text} "


def _texts(event: Event, language: str) -> Iterable[str]:
    """Yield the texts of an event in a language that may name an observance."""
    mappings: tuple[Mapping[str, str], ...] = (event.title, event.subject, event.quote, event.clause)
    for mapping in mappings:
        if text := mapping.get(language):
            yield text
    # A file of facts has no words of its text but these.
    topic = event.slots.subject if event.slots is not None else None
    if topic is not None:
        if text := topic.words.get(language):
            yield text
        yield from (printed_name(slug, language) for slug in topic.names)


def _plain(text: str, language: str) -> str:
    """Return the words of a text in lower case without accents and punctuation.

    They are joined by blanks, in Chinese by nothing.
    """
    folded = unicodedata.normalize("NFKD", text.replace("'", " ").replace("’", " ")).casefold()
    words = _WORDS.findall("".join(c for c in folded if not unicodedata.combining(c)))
    return "".join(words) if language in _UNSPACED else " ".join(words)
