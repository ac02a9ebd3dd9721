"""The act of the nearest verb or noun of the clause, where no other rule finds the act of a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.model import Kind
from app.obligations.classification import (
    BESIDE,
    STOPS,
    Classification,
    Confidence,
    candidate_actions,
    has_verb_last,
)
from app.obligations.clauses import AnalyzedParagraph
from app.obligations.concepts import ADDRESSED, DONE, GENERIC, KINDS, OWN
from app.obligations.object_acts import act_of_object
from app.obligations.phrase_matcher import PhraseMatch
from app.obligations.time_reference import TimeKind, TimeReference

_AFTER: Final = 2.0
"""How much farther away what follows a time seems than what goes before it."""
_COMMA: Final = 14
"""Characters that a comma counts for."""
_DENSE: Final = 2.5
"""A sign of a script without blanks says more than a letter."""
_THING: Final = 90
"""What is done is nearer to a time than the thing it is done to."""
_SOMETHING: Final = 300
"""Some action, no matter which, has a session or a frequency only where no other action has it."""

_FOLLOWING: Final = 40
"""Characters added to the distance of an action after the time."""
_OTHER_TIME: Final = 20
"""Characters added to the distance of an action beyond another time."""
_PRECISE: Final = 2
"""Hyphens of a value that is precise to the day, or a span of months."""
_HIGH: Final = 60
_MEDIUM: Final = 160
"""Distances below which the nearest action is that of the time with high, and with medium confidence."""


def classify_nearest_verb(
    view: AnalyzedParagraph, time: TimeReference, others: list[TimeReference]
) -> Classification | None:
    """Return the nearest action of the clause, or None.

    An action before the time counts for nearer than one after it, a verb for nearer than a noun.
    ``others`` are the times of the paragraph.

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> view = analyze("Demands that all parties withdraw their forces by 1 March 2036", phrase_matcher("en"))
    >>> time = TimeReference(46, 61, "../2036-03-01", TimeKind.BY, "date", "2036-03-01")
    >>> classify_nearest_verb(view, time, [time]).kind.value
    'deadline'
    """
    nearest = _nearest_action(view, time, others)
    clause = view.clause(time.start)
    if nearest is None:
        begins = clause.force in OWN and time.shape is TimeKind.FROM
        return Classification(Kind.MANDATE, "", "kind.begins", "low", None) if begins else None
    cost, mention = nearest
    key = mention.key("actions")
    kind = KINDS[key]
    if kind is Kind.OBSERVANCE and time.shape is TimeKind.OFFSET:
        return None
    asked = clause.force in ADDRESSED
    if key == "proclaim" and clause.force != "proclaim" and not _observance_near(view, time):
        return Classification(Kind.DEADLINE, "act", "action.nearest", "medium", mention)  # "to designate focal points"
    if key in ("establish", "deploy") and time.shape is TimeKind.BY and not time.until and asked:
        kind = Kind.DEADLINE
    elif key in GENERIC:
        kind, key = act_of_object(view, mention, time)
    if kind is Kind.DEADLINE and key == "act" and clause.force in OWN:
        # "decides that the ceiling shall be 500 until 30 June": what is decided lasts, or begins.
        kind = Kind.MANDATE if time.until or time.shape is TimeKind.FROM else kind
    confidence: Confidence = "high" if cost < _HIGH else "medium" if cost < _MEDIUM else "low"
    return Classification(kind, DONE.get(key, key), "action.nearest", confidence, mention)


def _nearest_action(
    view: AnalyzedParagraph, time: TimeReference, others: list[TimeReference]
) -> tuple[float, PhraseMatch] | None:
    """Return the least cost and its action, of equal costs the first action in the text."""
    best: tuple[float, int, PhraseMatch] | None = None
    verb_last = has_verb_last(view, time)
    # Nearest first: a cost is at least the distance, so that what is farther than the best cost cannot win.
    for gap, index, mention in sorted(_with_distance(candidate_actions(view, time), time)):
        if best is not None and gap > best[0]:
            break
        cost = _distance_cost(view, time, mention, verb_last=verb_last)
        if mention.key("actions") == "the-report" and time.shape is TimeKind.FROM:
            continue  # what begins at a time is no report
        if time.shape is TimeKind.FROM and _has_time_of_its_own(view, time, mention, others):
            continue
        cost += _noun_cost(time, mention, cost) + _unspecific_cost(time, mention)
        if any(mention.end <= other.start and other.end <= time.start for other in others):
            cost += _OTHER_TIME
        if best is None or (cost, index) < best[:2]:
            best = (cost, index, mention)
    return (best[0], best[2]) if best is not None else None


def _has_time_of_its_own(
    view: AnalyzedParagraph, time: TimeReference, mention: PhraseMatch, others: list[TimeReference]
) -> bool:
    """Return whether a conjunction and another time go with an act that follows ``time``.

    "Shall be reduced as of 1 February and shall cease by 30 June".
    """
    if mention.start < time.end or not view.before("joined", mention.start, 1):
        return False
    clause = view.clause(time.start)
    return any(mention.end <= other.start < clause.end for other in others)


def _with_distance(actions: list[PhraseMatch], time: TimeReference) -> Iterator[tuple[int, int, PhraseMatch]]:
    """Yield each action after its characters from the time and its index."""
    for index, mention in enumerate(actions):
        yield max(0, time.start - mention.end, mention.start - time.end), index, mention


def _distance_cost(view: AnalyzedParagraph, time: TimeReference, mention: PhraseMatch, *, verb_last: bool) -> float:
    """Return the characters between an action and the time, weighted by their side.

    Commas and an action that follows the time count for more.
    """
    if mention.end <= time.start:
        words = view.between(mention.end, time.start)
        cost = len(words) + _COMMA * len(STOPS.findall(words))
        return cost * (_DENSE if verb_last else 1)
    if mention.start < time.end:
        return 0
    words = view.between(time.end, mention.start)
    commas = len(STOPS.findall(words))
    cost_after = (
        _AFTER * (1 + len(words)) + _COMMA * commas
        if verb_last
        else _FOLLOWING + _AFTER * len(words) + 2 * _COMMA * commas
    )
    return cost_after + (_SOMETHING if mention.key("actions") == "act" else 0)


def _is_coarse(time: TimeReference) -> bool:
    """Return whether a date is only a month, a year, or years."""
    return time.shape in (TimeKind.BY, TimeKind.DATE) and time.value.count("-") < _PRECISE


def _noun_cost(time: TimeReference, mention: PhraseMatch, distance: float) -> float:
    """Return what a noun costs over a verb.

    Less for a meeting on a day, and for a noun right beside the time.
    """
    key = mention.key("actions")
    if not key.startswith("the-"):
        return 0
    held = time.shape is TimeKind.DATE and not _is_coarse(time) and mention.end <= time.start
    if held and KINDS[key] is Kind.MEETING:
        return _THING / 2
    near = distance <= BESIDE and time.shape not in (TimeKind.SESSION, TimeKind.REPEAT)
    return _THING if near else 2 * _THING


def _unspecific_cost(time: TimeReference, mention: PhraseMatch) -> float:
    """Return what an unspecific action costs; little where the time is only a month or year."""
    key = mention.key("actions")
    coarse = _is_coarse(time)
    if key == "act":
        loose = time.shape in (TimeKind.SESSION, TimeKind.REPEAT)
        return 4 if coarse else _SOMETHING if loose else _SOMETHING / 3
    if key == "reach":
        return 4 if time.shape is TimeKind.BY and coarse else 2 * _SOMETHING
    return 0


def _observance_near(view: AnalyzedParagraph, time: TimeReference) -> bool:
    """Return whether the clause of ``time`` names an observance."""
    clause = view.clause(time.start)
    return any(m.key("actions") == "the-observance" for m in view.within(clause.head, clause.end, "actions"))
