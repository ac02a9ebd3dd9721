"""Chains of mandates: which item of a later text continues the item of an earlier one.

Links are made in order of adoption, whatever the order in which texts are given. Where nothing held here carries an
item's keys, the item opens a chain of its own: a missing text never makes two mandates one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from app.mandates.identity import Identity, Key

PART = 2
"""The weight of an identity whose clause dates a part of the mandate."""


@dataclass(frozen=True, slots=True)
class ChainItem:
    """A mandate item of a text.

    Without ``uid`` it is a change that the text makes to a mandate without giving it an end. ``ends`` is the last day,
    inclusive.
    """

    symbol: str
    adopted: date
    paragraph: str | None
    identity: Identity
    uid: str | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """``item`` continues the mandate that began with the item ``root``; ``by`` is why.

    A link whose item has no UID, or dates a part of the mandate, changes it and leaves its end as it was.
    """

    item: ChainItem
    root: str
    by: Key

    @property
    def sets_end(self) -> bool:
        """Whether the end of the item becomes that of the mandate."""
        return self.item.uid is not None and self.item.identity.weight != PART


@dataclass(slots=True)
class Chain:
    """A mandate through its texts: first item, keys, and links in order of adoption."""

    root: ChainItem
    keys: set[Key] = field(default_factory=set)
    links: list[Link] = field(default_factory=list)


_RANK = {"name": 0, "organ": 1, "paragraph": 2, "resolution": 3, "likely": 4}
"""How sure keys are, the surest first: a name, an organ with its country, cited paragraphs, a resolution as a whole,
and the mission that the text speaks of most."""


def link_chains(items: Iterable[ChainItem]) -> list[Chain]:
    """Return the chains of ``items``, in order of their first texts.

    Items are taken in order of adoption, then of symbol and paragraph. An item continues the chain that holds its
    strongest key; where two chains hold keys of one rank (two measures of one resolution), it continues the first and
    is a link of each.

    >>> unifil = Identity("mission", (Key("name", "unifil"),), "unifil")
    >>> first, second = (
    ...     ChainItem(f"S/RES/{number}", date(year, 8, 31), "1", unifil, f"S-RES-{number}.1.mandate.1")
    ...     for number, year in ((3901, 2035), (3950, 2036))
    ... )
    >>> [(chain.root.uid, [link.item.uid for link in chain.links]) for chain in link_chains([second, first])]
    [('S-RES-3901.1.mandate.1', ['S-RES-3950.1.mandate.1'])]
    """
    chains: list[Chain] = []
    by_key: dict[Key, list[Chain]] = {}
    for item in sorted(_primary(items), key=_order):
        found, key = _find(item, by_key)
        if key is None or not found:
            if item.uid is None or item.identity.weight == PART:
                continue
            chain = Chain(item)
            chains.append(chain)
            found = [chain]
        else:
            for chain in found:
                _append(chain, Link(item, chain.root.uid or "", key))
        if item.uid is not None:
            _register(item, found, by_key)
    return chains


def _append(chain: Chain, link: Link) -> None:
    """Add a link; of two items of one text the one that speaks of the mandate itself stays."""
    last = chain.links[-1] if chain.links else None
    if last is None or last.item.symbol != link.item.symbol:
        chain.links.append(link)
    elif _preference(link.item)[:3] < _preference(last.item)[:3]:
        chain.links[-1] = link


def _primary(items: Iterable[ChainItem]) -> list[ChainItem]:
    """Return one item for each text and mandate.

    A text gives a mandate one end; what else it dates is a part of the mandate.
    """
    best: dict[tuple[str, Key], ChainItem] = {}
    for item in items:
        strongest = min(item.identity.keys, key=lambda key: _RANK[key.kind])
        place = (item.symbol, strongest)
        if place not in best or _preference(item) < _preference(best[place]):
            best[place] = item
    return list(best.values())


def _preference(item: ChainItem) -> tuple[bool, int, bool, tuple[date, tuple[int, ...], tuple[int, str], str]]:
    return item.uid is None, item.identity.weight, item.ends is None, _order(item)


def _order(item: ChainItem) -> tuple[date, tuple[int, ...], tuple[int, str], str]:
    numbers = tuple(int(part) for part in re.findall(r"\d+", item.symbol))
    paragraph = item.paragraph or ""
    return item.adopted, numbers, (int(paragraph) if paragraph.isdecimal() else 0, paragraph), item.uid or ""


def _find(item: ChainItem, by_key: dict[Key, list[Chain]]) -> tuple[list[Chain], Key | None]:
    cites = any(key.kind in {"paragraph", "resolution"} for key in item.identity.keys if not _own(key, item))
    for key in sorted(item.identity.keys, key=lambda one: _RANK[one.kind]):
        if key.kind == "likely" and cites:
            continue
        alias = Key("likely" if key.kind == "name" else "name", key.value)
        chains = [
            chain for chain in by_key.get(key, []) or _aliased(by_key, key, alias) if chain.root.symbol != item.symbol
        ]
        if not chains:
            continue
        if key.kind in {"name", "organ", "likely"}:
            return chains[:1], key
        same = [
            chain
            for other in item.identity.keys
            if other.kind == key.kind
            for chain in by_key.get(other, [])
            if chain.root.symbol != item.symbol and _fits(item, chain)
        ]
        if same:
            return _by_id(same), key
    return [], None


def _own(key: Key, item: ChainItem) -> bool:
    return key.value.partition(":")[0] == _resolution(item.symbol)


def _aliased(by_key: dict[Key, list[Chain]], key: Key, alias: Key) -> list[Chain]:
    return by_key.get(alias, []) if key.kind in {"name", "likely"} else []


def _by_id(chains: list[Chain]) -> list[Chain]:
    seen: dict[int, Chain] = {}
    for chain in chains:
        seen.setdefault(id(chain), chain)
    return list(seen.values())


def _fits(item: ChainItem, chain: Chain) -> bool:
    """Return whether an item may continue a cited chain: a panel does not continue measures."""
    one, other = item.identity, chain.root.identity
    if one.subject == "organ" or other.subject == "organ":
        return one.subject == other.subject and one.organ == other.organ
    if one.subject == "mission" and other.subject == "mission":
        return one.acronym == other.acronym
    return True


def _register(item: ChainItem, chains: list[Chain], by_key: dict[Key, list[Chain]]) -> None:
    own = {Key("resolution", _resolution(item.symbol))}
    for chain in chains:
        for key in {*item.identity.keys, *own} - chain.keys:
            chain.keys.add(key)
            by_key.setdefault(key, []).append(chain)


def _resolution(symbol: str) -> str:
    match = re.match(r"S/RES/(\d{1,4})", symbol)
    return match[1] if match else symbol
