"""The sense of acts by class: how many of our own texts are read rightly, and how many were before the sentence's
structure decided (commit fd3b61a, the same texts and the same judgement)."""

from collections import Counter

import pytest

from tests.obligations.sense_cases import derived, is_right, sense_cases

pytestmark = pytest.mark.bench
BEFORE = {
    "negation": 0,
    "ending": 8,
    "moved": 1,
    "control": 19,
    "bounds": 2,
    "description": 14,
    "offer": 17,
    "n-day-from": 2,
    "duration-and-end": 17,
    "terms": 17,
    "days-before-event": 0,
    "expiry-anchor": 4,
    "acts-one-time": 1,
    "one-act-sessions": 13,
    "subparagraphs": 2,
    "other-body": 8,
    "conditional": 7,
    "same-day": 0,
    "name": 2,
    "span-end": 0,
    "inclusive": 5,
    "nth-weekday": 4,
    "week-of": 0,
    "two-ranges": 1,
    "day-list": 5,
    "working-days": 0,
    "month-end": 0,
    "doubtful": 3,
    "glued": 0,
    "numeric": 0,
    "numerals": 3,
    "day-in-words": 1,
    "last-of-february": 1,
    "recurrence": 8,
    "proclamation": 4,
    "target-year": 3,
    "cross-year": 3,
    "relative-session": 5,
    "beside-weekday": 0,
    "adoption-line": 3,
    "unnumbered": 0,
}
"""Texts of each class that commit fd3b61a read rightly."""


def test_sense_by_class_is_no_worse_than_before() -> None:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for case in sense_cases():
        total[case.sense] += 1
        right[case.sense] += is_right(case, derived(case))
    print(f"\n{'class':<28} {'texts':>5} {'before':>6} {'now':>5}")
    for sense, count in total.items():
        print(f"{sense:<28} {count:>5} {BEFORE.get(sense, 0):>6} {right[sense]:>5}")
    print(f"{'all':<28} {total.total():>5} {sum(BEFORE.values()):>6} {right.total():>5}")
    assert all(right[sense] >= BEFORE.get(sense, 0) for sense in total)
