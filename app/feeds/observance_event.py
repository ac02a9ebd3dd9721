"""Observances of instruments that are observances of the almanac: one entry, under the almanac's UID and names.

Many instruments name one day. A feed shows it once, from the instrument that decided it first; the others, and the
almanac's source, stand among its sources.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields, replace

from app.almanac import Observance, match_observance, observance_uid
from app.model import Event, Kind, Revision


@dataclass(frozen=True, slots=True)
class ObservanceEvent(Event):
    """An event that is an observance of the almanac.

    ``title`` holds the almanac's names by language, ``public_uid`` its UID in feeds; ``uid`` stays that of the event's
    page. ``sources`` are further instruments, with their paragraphs, and the almanac's source.
    """

    public_uid: str = ""
    sources: tuple[str, ...] = ()


def join_observances(revisions: Collection[Revision]) -> Collection[Revision]:
    """Return the revisions with those that are one observance of the almanac joined.

    The first decided one represents it, in its place. The same collection is returned if nothing matches.

    >>> from datetime import date
    >>> from app.model import Certainty
    >>> day = Event("A-RES-1.1.observance.1", Kind.OBSERVANCE, "R/--01-04", Certainty.DECIDED, "A/RES/1", None,
    ...     recurrence="FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=4", title={"en": "Observe World Braille Day"})
    >>> joined = list(join_observances([Revision(day, 0, date(2027, 1, 1), "A/RES/1", None)]))
    >>> joined[0].event.public_uid, joined[0].event.sources
    ('observance.world-braille-day', ('A/RES/73/161',))
    """
    matched: dict[str, list[tuple[Revision, Observance]]] = {}
    for revision in revisions:
        if revision.event.kind is Kind.OBSERVANCE and (found := match_observance(revision.event)) is not None:
            matched.setdefault(found.slug, []).append((revision, found))
    if not matched:
        return revisions
    shown: dict[str, Revision | None] = {}
    for group in matched.values():
        (first, observance), *others = sorted(group, key=lambda item: (item[0].decided, item[0].event.uid))
        sources = [_citation(revision.event) for revision, _ in others]
        listed = "; ".join(dict.fromkeys(text for text in (observance.resolution, observance.source) if text))
        own = _citation(first.event)
        more = tuple(text for text in dict.fromkeys([*sources, listed]) if text not in (own, first.event.instrument))
        shown |= {revision.event.uid: None for revision, _ in others}
        shown[first.event.uid] = replace(first, event=_observed(first.event, observance, more))
    return [item for revision in revisions if (item := shown.get(revision.event.uid, revision)) is not None]


def _citation(event: Event) -> str:
    return f"{event.instrument} ¶{event.paragraph}" if event.paragraph else event.instrument


def _observed(event: Event, observance: Observance, sources: tuple[str, ...]) -> ObservanceEvent:
    held = {item.name: getattr(event, item.name) for item in fields(Event)}
    names = {language: observance.names.get(language) or observance.name for language in ("en", *observance.names)}
    return ObservanceEvent(**{**held, "title": names}, public_uid=observance_uid(observance), sources=sources)
