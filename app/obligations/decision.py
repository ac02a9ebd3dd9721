"""Decision: what a time becomes, by the polarity of its act, its link, its action and its relation.

The rows are data (decision.yaml), so that a linguist can read and change them.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app.errors import LexiconError
from app.model import Relation, When
from app.obligations.time_reference import TimeKind, TimeReference
from app.yaml_document import load_yaml

PATH: Final = Path(__file__).parent / "decision.yaml"
_FIELDS: Final = ("polarity", "link", "force", "action", "kind", "rule", "relation", "grain")
_OUTCOMES: Final = frozenset({"as-stated", "nothing", "last-day", "on-day", "not-before", "until", "target"})


@dataclass(frozen=True, slots=True)
class TimeSense:
    """The sense of one time: the fields of the decision table, printable."""

    polarity: str = "affirmed"
    link: str = "adjunct"
    force: str = ""
    action: str = ""
    kind: str = ""
    rule: str = ""
    relation: str = ""
    grain: str = ""


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A row of the table: conditions and outcome; ``number`` counts from 1."""

    number: int
    conditions: Mapping[str, frozenset[str]]
    then: str
    reason: str = ""

    def fits(self, sense: TimeSense) -> bool:
        """Return whether every condition of the row holds."""
        return all(getattr(sense, name) in allowed for name, allowed in self.conditions.items())


AS_STATED: Final = DecisionRow(0, {}, "as-stated")
"""The outcome where no row fits: the time as the text states it."""


def decide(sense: TimeSense) -> DecisionRow:
    """Return the first row that fits ``sense``.

    >>> decide(TimeSense(polarity="denied", relation="before")).then
    'not-before'
    >>> decide(TimeSense(polarity="denied", link="attribute")).reason
    'act.denied'
    >>> decide(TimeSense(action="end", kind="mandate", relation="from")).then
    'last-day'
    """
    return next((row for row in decision_table() if row.fits(sense)), AS_STATED)


def applied(row: DecisionRow, time: TimeReference) -> TimeReference:
    """Return ``time`` with the row's outcome applied.

    A time without calendar bounds (a session, an offset) is returned unchanged.

    >>> ended = decide(TimeSense(action="end", kind="mandate", relation="from"))
    >>> applied(ended, TimeReference(0, 15, "2026-12-03/..", TimeKind.FROM, "", "2026-12-03")).when
    '../2026-12-03'
    """
    value = When.try_parse(time.value)
    if row.then == "as-stated" or value is None or not value.is_calendar:
        return time
    first, last = value.first_day, value.last_day
    if row.then == "on-day":
        return replace(time, when=time.value, shape=TimeKind.DATE)
    if row.then == "last-day" and first is not None:
        return replace(time, when=str(When.of_days(None, first)), shape=TimeKind.BY)
    if row.then == "not-before":
        return replace(time, when=str(value.related(Relation.FROM)), shape=TimeKind.FROM)
    if row.then == "until" and last is not None:
        return replace(time, when=str(When.of_days(None, last)), shape=TimeKind.BY)
    return time


@functools.cache
def decision_table() -> tuple[DecisionRow, ...]:
    """Return the rows of decision.yaml. Raises LexiconError for an unknown field or outcome.

    >>> [row.number for row in decision_table()][:3]
    [1, 2, 3]
    """
    rows = load_yaml(PATH.read_bytes(), str(PATH), LexiconError)
    out = []
    for number, row in enumerate(rows, 1):
        unknown = set(row) - {*_FIELDS, "then", "reason"}
        if unknown or row.get("then") not in _OUTCOMES:
            raise LexiconError("unknown field or outcome", where=f"{PATH.name}: row {number}", hint=", ".join(_FIELDS))
        conditions = {
            name: frozenset(row[name]) if isinstance(row[name], list) else frozenset({row[name]})
            for name in _FIELDS
            if name in row
        }
        out.append(DecisionRow(number, conditions, row["then"], row.get("reason", "")))
    return tuple(out)
