"""Items that say what another item says: the less specific one, the repeated one, the undated one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from app.model import UNDATED, Kind, Obligation
from app.obligations.classification import LASTING_KINDS


def without_less_specific(found: Sequence[Obligation]) -> Iterator[Obligation]:
    """Yield the items without those whose time another one states better.

    "27 January as an annual day": the day of each year says more than that it is yearly.

    >>> from app.model import Span
    >>> at = Span(0, 1)
    >>> items = [Obligation("1", Kind.OBSERVANCE, when, at, "rule") for when in ("R/--01-27", "R/P1Y")]
    >>> [item.when for item in without_less_specific(items)]
    ['R/--01-27']
    """
    named_days = {
        (item.kind, item.paragraph, item.section, short)
        for item in found
        for short in ("R/P1Y", ";R/P1Y")
        if item.when.startswith(("R/--", "R/FREQ")) or (short == "R/P1Y" and item.when.endswith(";R/P1Y"))
    }
    listed = {(item.when, item.paragraph) for item in found if item.rule.endswith(" list.of-years")}
    for item in found:
        short = "R/P1Y" if item.when == "R/P1Y" else ";R/P1Y" if item.when.endswith(";R/P1Y") else ""
        better = short and (item.kind, item.paragraph, item.section, short) in named_days
        # A list of years ("the themes for 2037 and 2038 shall be (a) …") repeats the times of its parts.
        if not better and (item.letters or (item.when, item.paragraph) not in listed):
            yield item


def without_repeated(found: Sequence[Obligation], starts: Sequence[int]) -> Iterator[Obligation]:
    """Yield one item a paragraph, kind and time, and no task of which there is a dated item.

    ``starts`` are where the paragraphs begin in the stored text, which tells those without a number apart.

    >>> from app.model import Span
    >>> at = Span(0, 1)
    >>> items = [Obligation("1", kind, "2037", at, "rule") for kind in (Kind.MEETING, Kind.MEETING, Kind.REPORT)]
    >>> [item.kind.value for item in without_repeated(items, [0])]
    ['meeting', 'report']
    """
    seen: set[tuple[str, str | None, int, Kind, str, str | None]] = set()
    dated = {(item.section, item.paragraph, item.bearer) for item in found if item.kind is not Kind.OBLIGATION}
    whens = {
        (item.section, item.paragraph, item.when)
        for item in found
        if item.kind is not Kind.DEADLINE and item.when != UNDATED
    }
    observed = {(item.section, item.paragraph, item.force) for item in found if item.kind is Kind.OBSERVANCE}
    for item in found:
        shown = (item.section, item.paragraph, item.bearer), (item.section, item.paragraph, item.force)
        if item.kind is Kind.OBLIGATION and (shown[0] in dated or shown[1] in observed):
            continue
        restated = (item.section, item.paragraph, item.when) in whens
        if restated and item.kind is Kind.DEADLINE and item.action in ("", "act"):
            continue  # the time of something that happens anyhow
        key = (
            item.section,
            item.paragraph,
            bisect_right(starts, item.span.start) if item.paragraph is None and item.kind not in LASTING_KINDS else 0,
            item.kind,
            item.when,
            item.bearer if item.kind is Kind.OBLIGATION else None,
        )
        if key not in seen:
            seen.add(key)
            yield item
