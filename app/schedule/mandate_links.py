"""Linking of mandates: items of later instruments that continue the mandate of an earlier one.

A continuing item repeats the first item of its chain (``same_as``), so that a mandate is one event through its texts.
Where it continues a second chain too (two measures renewed together), that chain gets an amendment. A change without
an end of its own is kept as an amendment that modifies.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from app.mandates import Chain, ChainItem, Identity, Link, link_chains
from app.model import Action, Amendment, Schedule


@dataclass(frozen=True, slots=True)
class MandateReading:
    """The mandates of a text: identities of its items by UID, and changes without an item."""

    identities: Mapping[str, Identity]
    modifications: tuple[tuple[str | None, Identity], ...] = ()


def link_mandates(readings: Sequence[tuple[Schedule, MandateReading]]) -> list[Schedule]:
    """Return the schedules of ``readings``, in the same order, with their mandates linked.

    Earlier links are replaced, except those of items that a reviewer has decided on. An instrument without
    its day of adoption is left as it is.

    >>> link_mandates([])
    []
    """
    chains = link_chains(item for schedule, reading in readings for item in _items(schedule, reading))
    repeated: dict[str, str] = {}
    amendments: dict[str, list[Amendment]] = {}
    for chain in chains:
        for link in chain.links:
            _apply(link, chain, repeated, amendments)
    kept = {chain.root.uid for chain in chains} | {link.item.uid for chain in chains for link in chain.links}
    return [
        _linked(schedule, repeated, amendments.get(schedule.symbol.text, []), {uid for uid in kept if uid})
        for schedule, _ in readings
    ]


def _items(schedule: Schedule, reading: MandateReading) -> list[ChainItem]:
    if schedule.adopted is None:
        return []
    symbol, adopted = schedule.symbol.text, schedule.adopted
    items = [
        ChainItem(symbol, adopted, event.paragraph, identity, event.uid, event.end)
        for event in schedule.events
        if (identity := reading.identities.get(event.uid)) is not None
    ]
    return items + [ChainItem(symbol, adopted, paragraph, found) for paragraph, found in reading.modifications]


def _apply(link: Link, chain: Chain, repeated: dict[str, str], amendments: dict[str, list[Amendment]]) -> None:
    item, root = link.item, chain.root.uid or ""
    if link.sets_end and item.uid is not None and item.uid not in repeated:
        repeated[item.uid] = root
        return
    action = Action.EXTEND if link.sets_end and item.ends is not None else Action.MODIFY
    when = f"../{item.ends}" if action is Action.EXTEND else None
    amendment = Amendment(root, action, item.symbol, item.adopted, when, item.paragraph)
    amendments.setdefault(item.symbol, []).append(amendment)


def _linked(
    schedule: Schedule, repeated: Mapping[str, str], amendments: Sequence[Amendment], chained: Collection[str]
) -> Schedule:
    events = tuple(
        event
        if event.uid in schedule.reviews
        else replace(
            event,
            same_as=repeated.get(event.uid, None if event.kind == "mandate" else event.same_as),
            # Of the items of one text that name a mandate, only the one that gives its end stands for it.
            identity=event.identity if event.uid in chained else (),
        )
        for event in schedule.events
    )
    known = {(item.target, item.action) for item in schedule.amendments}
    added = [item for item in amendments if (item.target, item.action) not in known]
    return replace(schedule, events=events, amendments=(*schedule.amendments, *added))
