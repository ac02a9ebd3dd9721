"""The automata of every language fit their memory: one that outgrows it is right, and silently many times slower."""

import random
import time
from collections.abc import Iterator
from typing import Any

import pytest
import re2

from app.languages.phrases import deontic, phrases
from app.obligations.phrase_matcher import phrase_matcher
from app.timex.grammar import grammar

SLOW = 1 << 20
TIMES = 100
"""Measured on words that mean nothing: 845 to 9,300 times as fast as an automaton that has given its table up."""


def idle(language: str) -> bytes:
    """Words that begin as the language's words end, so that many states are met and hardly a phrase is found."""
    said = {
        word[::-1]
        for entries in deontic(language).sections.values()
        for patterns in entries.values()
        for pattern in patterns
        for phrase in phrases(pattern)
        for word in phrase.split()
    }
    words = sorted(said)
    random.Random(7).shuffle(words)
    return " ".join(words).encode()[:12_000]


def seconds(automaton: Any, data: bytes, turns: int = 3) -> float:
    """The least processor time of a few scans over ``data``."""
    taken = []
    for _ in range(turns):
        start = time.process_time()
        for _ in automaton.finditer(data):
            pass
        taken.append(time.process_time() - start)
    return min(taken)


def starved(automaton: Any) -> Any:
    """The same pattern with too little memory for a table of its states."""
    options = re2.Options()
    for name in re2.Options.NAMES:
        setattr(options, name, getattr(automaton.options, name))
    options.max_mem = SLOW
    return re2.compile(automaton.pattern, options)


def automata(language: str) -> Iterator[tuple[str, Any]]:
    yield "times", grammar(language).finder
    yield "asking", phrase_matcher(language)._asking
    yield "expiring", phrase_matcher(language)._expiring


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
def test_every_automaton_of_a_language_keeps_its_table(language: str) -> None:
    slow = seconds(starved(grammar("en").finder), idle("en")[:2000], 1) / 2000
    data = idle(language)
    found = {name: slow * len(data) / seconds(automaton, data) for name, automaton in automata(language)}
    assert {name: times for name, times in found.items() if times < TIMES} == {}
