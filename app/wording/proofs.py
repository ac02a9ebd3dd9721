"""The arithmetic of a date as sentences: each step of a proof worded in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from string import Formatter
from typing import Final

from app.model import Step
from app.wording.catalog import gettext
from app.wording.dates import say_day
from app.wording.names import name_of

# One sentence for each rule of app.almanac; the facts are ISO days, numbers and slugs.
SENTENCES: Final[Mapping[str, str]] = {}


def _said(name: str, fact: str, language: str) -> str:
    """A fact as a reader reads it: a day written out, a slug by its name, anything else as it is."""
    if len(fact) == 10 and fact[4] == "-" and fact[7] == "-":
        return say_day(date.fromisoformat(fact), language)
    if name == "body":
        return name_of(fact, language).name
    return fact


def say(step: Step, language: str) -> str:
    """One step of a proof as a sentence in ``language``; a rule without a sentence is said by its name and facts."""
    facts = {name: _said(name, fact, language) for name, fact in step.facts.items()}
    sentence = SENTENCES.get(step.rule)
    if sentence is None or not {field for _, field, _, _ in Formatter().parse(sentence) if field} <= facts.keys():
        return f"{step.rule}: " + ", ".join(f"{name} {fact}" for name, fact in facts.items())
    return gettext(sentence, language, **facts)


def say_proof(proof: Iterable[Step], language: str) -> str:
    """The whole proof: its sentences one after the other, joined by "; "."""
    return ("；" if language == "zh" else "; ").join(say(step, language) for step in proof)
