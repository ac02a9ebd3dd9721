"""Instruments that were renamed, or merged into others: the symbols under which they went before."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from app.documents import slug_of
from app.errors import ScheduleError, message
from app.model import Schedule, Symbol
from app.yaml_document import Node

# Wider than what an instrument may be called: a draft (A/C.3/72/L.9) becomes a resolution.
_SYMBOL: Final = re.compile(r"[A-Z][A-Za-z0-9.]{0,20}(?:/[A-Za-z0-9][A-Za-z0-9.()\[\] -]{0,40}){1,8}")


def read_formerly(node: Node, own: Symbol) -> tuple[str, ...]:
    """Return the symbols of the field ``formerly`` of a schedule whose symbol is ``own``.

    Raises ScheduleError for an invalid or duplicate symbol, and for ``own``.

    >>> from app.documents import parse_symbol
    >>> read_formerly(Node.parse("[A/C.3/72/L.9]", "a.yaml"), parse_symbol("A/RES/72/251"))
    ('A/C.3/72/L.9',)
    """
    found: dict[str, str] = {}
    for item in node.items():
        symbol = item.text()
        if not _SYMBOL.fullmatch(symbol):
            raise item.fail(
                message("invalid document symbol {symbol}", symbol=repr(symbol[:60])),
                message("write it as A/C.3/72/L.9"),
            )
        slug = slug_of(symbol)
        if slug == own.slug:
            raise item.fail(message("{symbol} is the current symbol", symbol=symbol), message("name an earlier symbol"))
        if slug in found:
            raise item.fail(message("duplicate symbol {symbol}", symbol=symbol), message("name it once"))
        found[slug] = symbol
    return tuple(found.values())


def formers(schedules: Iterable[tuple[Schedule, str]]) -> dict[str, Schedule]:
    """Return the schedules by the slugs of their former symbols.

    Each schedule comes with the place that errors name.
    Raises ScheduleError for a symbol that has a schedule of its own, or that two schedules claim.

    >>> formers([])
    {}
    """
    placed = {schedule.symbol.slug: (schedule, place) for schedule, place in schedules}
    found: dict[str, Schedule] = {}
    for schedule, place in placed.values():
        for symbol in schedule.formerly:
            slug = slug_of(symbol)
            if slug in placed:
                hint = message("remove one of them")
                where = f"{place}: formerly, and {placed[slug][1]}"
                raise ScheduleError(
                    message("{symbol} has a schedule of its own", symbol=symbol), where=where, hint=hint
                )
            if slug in found:
                where = f"{placed[found[slug].symbol.slug][1]} and {place}: formerly"
                raise ScheduleError(
                    message("two instruments had the symbol {symbol}", symbol=symbol),
                    where=where,
                    hint=message("name it in one of them"),
                )
            found[slug] = schedule
    return found
