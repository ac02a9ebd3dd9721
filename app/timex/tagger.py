"""Finds the time expressions of a text: one linear scan for candidates, then the grammar reads them."""

from __future__ import annotations

import functools
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from app.languages.normalize import Stripped, part, plain, strip
from app.model import Relation, TemporalExpression, TimexType
from app.timex.constructors import Capture
from app.timex.damage import repaired
from app.timex.grammar import CompiledRule, Grammar, grammar
from app.timex.modifiers import anchor_of, around, cites, modifier_of, settle_relation
from app.timex.values import FIELDS, RuleValue, fill_templates, shape_of

_INSIDE_FIGURE = re.compile(r"[0-9]|[.,:][0-9]|[/-][0-9]{3}|/[0-9]| 000\b|[%°]")
"""What follows a figure that goes on: a longer number, a symbol, a percentage."""
_GLUED = frozenset("/.,:-–—$€£#+")
"""Characters before a figure that is part of something else, where no blank is between."""
_COUNTED = frozenset({Relation.WITHIN, Relation.BEFORE, Relation.AFTER, Relation.FOR})
"""The modifiers of durations that are counted from something."""


@dataclass(frozen=True, slots=True)
class Option:
    """One way of reading some words: the rule, what it says, and the fields its words fill."""

    reading: CompiledRule
    values: tuple[RuleValue, ...]
    fields: tuple[tuple[str, str], ...]


class Found(NamedTuple):
    """An option that the words around allow.

    ``size`` is the number of characters that state it; ``before`` and ``after`` are the plain words around.
    """

    option: Option | None
    size: int
    before: str = ""
    after: str = ""


@functools.lru_cache(maxsize=8192)
def _candidates(language: str, folder: Path | None, words: str) -> tuple[int, ...]:
    """Return the rules that ``words`` fit as a whole, by number, in their order."""
    return tuple(sorted(grammar(language, folder).chooser.Match(words) or ()))


@functools.lru_cache(maxsize=8192)
def _option(language: str, folder: Path | None, words: str, index: int) -> Option | None:
    """Return what rule ``index`` reads in ``words``; None where they name no real day."""
    rules = grammar(language, folder)
    reading = rules.readings[index]
    if not reading.rule.values:
        return Option(reading, (), ())
    match = reading.groups.fullmatch(words)
    if match is None:
        return None
    captures: dict[str, Capture] = {}
    fields: list[tuple[str, str]] = []
    for name, (kind, group) in reading.classes.items():
        start, end = match.span(group)
        if start < 0:
            continue
        text = words[start:end].rstrip()
        if kind in rules.lexicon.tables:
            key = rules.reader.key(kind, text)
            if name.rstrip("0123456789") in FIELDS:
                fields.append((name.rstrip("0123456789"), key))
                continue
            meaning: int | str = int(key) if key.isdecimal() else key
        else:
            number = rules.reader.number(text)
            if number is None:
                return None
            meaning = number
        captures[name] = Capture(kind, meaning, start, start + len(text))
    values = fill_templates(reading.rule.values, captures, len(words))
    return Option(reading, values, tuple(fields)) if values else None


def _free(rules: Grammar, text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is no part of a longer word, figure or symbol."""
    if start:
        first, last, apart = text[start], text[start - 1], start < 2 or not text[start - 2].isalnum()
        if first.isalnum() and last.isalnum():
            of_word = rules.lexicon.spaced or last.isascii()
            figure_before = last.isdigit() and first.isalpha()
            if of_word and not figure_before and not (apart and last in rules.lexicon.prefixes):
                return False
        if first.isdigit() and last in _GLUED and start > 1 and not text[start - 2].isspace():
            return False
    return not (text[end - 1].isdigit() and _INSIDE_FIGURE.match(text, end))


def _allowed(reading: CompiledRule, before: str, after: str) -> bool:
    """Whether the words before and after allow a rule."""
    return not (
        (reading.only_before is not None and not reading.only_before.search(before))
        or (reading.only_after is not None and not reading.only_after.search(after))
        or (reading.unless_before is not None and reading.unless_before.search(before))
        or (reading.unless_after is not None and reading.unless_after.search(after))
    )


def _expressions(
    rules: Grammar, found: Found, option: Option, stripped: Stripped, given: str, start: int
) -> list[TemporalExpression]:
    rule = option.reading.rule
    fields = dict(option.fields)
    before, after = found.before, found.after
    shape = shape_of(option.values[0].value)
    dated = shape.type is TimexType.DATE
    around_it = modifier_of(rules, before, after, dated=dated)
    part = "" if fields.get("part") == "start" else fields.get("part", "")
    ends = rule.id.startswith("end.") or part == "end"
    modifier = settle_relation(around_it, fields.get("modifier", ""), rule.modifier, shape, ends=ends)
    cited = rule.cited or (dated and cites(rules, before, after, session=shape.is_session))
    anchor = fields.get("anchor") or rule.anchor
    if not anchor and modifier in _COUNTED and shape.type is TimexType.DURATION:
        anchor = anchor_of(rules, before, after)
    out = []
    for value in option.values:
        first = stripped.place(start + value.start)
        last = stripped.place(start + value.end - 1) + 1
        out.append(
            TemporalExpression(
                start=first,
                end=last,
                text=given[first:last],
                type=shape_of(value.value).type,
                value=value.value,
                rule=rule.id,
                modifier=modifier,
                body=fields.get("body"),
                part=part,
                cited=cited,
                anchor=anchor,
                doubt=value.doubt,
            )
        )
    return out


def _read(language: str, folder: Path | None, rules: Grammar, words: str, text: str, start: int) -> Found:
    """Return the option that the words found at ``start`` state, and their length.

    In a language with blanks the words found end in the character after them, unless the text ends. It may be a
    figure: footnote marks stick to words. Without blanks the last character may belong to the next word.
    """
    spaced = rules.lexicon.spaced
    wholes = (words, words[:-1]) if not spaced or words[-1].isalnum() else (words[:-1], words)
    for whole in wholes:
        size = len(whole.rstrip())
        saying = plain(whole[:size], rules.lexicon.script)
        indices = _candidates(language, folder, saying) if size else ()
        if indices and _free(rules, text, start, start + size):
            before, after = around(rules, text, start, start + size)
            doubtful: Option | None = None
            for index in indices:
                if _allowed(rules.readings[index], before, after):
                    option = _option(language, folder, saying, index)
                    if option is not None and not (option.values and option.values[0].doubt):
                        return Found(option, size, before, after)
                    doubtful = doubtful or option
            if doubtful is not None:
                return Found(doubtful, size, before, after)
            if spaced:
                # Another rule may read what follows the first word of words that no rule may read.
                return Found(None, max(1, words.find(" ")))
    return Found(None, 1)


def _share_year(rules: Grammar, found: list[TemporalExpression], text: str) -> list[TemporalExpression]:
    """Give days without a year the year of the one they are joined to.

    "26 May and 3 June 2015".
    """
    if len(found) < 2 or rules.connector is None or not any(shape_of(x.value).is_yearless for x in found):
        return found
    out = list(found)
    steps = range(1, len(out)) if rules.lexicon.year_first else range(len(out) - 2, -1, -1)
    for index in steps:
        other = index - 1 if rules.lexicon.year_first else index + 1
        if not shape_of(out[index].value).is_yearless:
            continue
        shape = shape_of(out[other].value)
        if not shape.is_calendar or shape.precision == "year":
            continue
        one, dated = out[index].when, out[other].when
        if one is None or dated is None or dated.first_day is None:
            continue
        first, second = (out[other], out[index]) if other < index else (out[index], out[other])
        if rules.connector.fullmatch(plain(text[first.end : second.start], rules.lexicon.script)):
            with suppress(ValueError):  # 29 February of a common year
                doubt = out[index].doubt or out[other].doubt
                out[index] = replace(out[index], value=str(one.in_year(dated.first_day.year)), doubt=doubt)
    return out


def tag(text: str, language: str, folder: Path | None = None) -> tuple[TemporalExpression, ...]:
    """Return the time expressions of ``text``, in order, without overlap.

    Offsets are characters of ``text``. ``language`` is the language of the text, given and never guessed;
    ``folder`` holds
    the lexicons, the project's own where it is absent. Values are in the notation of tags (see TemporalExpression),
    modifiers those of ``Relation``. What is damaged or contradicts itself carries its ``doubt``. Time taken is
    linear in
    the length of the text. Raises UnknownLanguage for a language that has no lexicon.

    >>> [(x.value, x.modifier, x.doubt) for x in tag("no later than 3 May 2027, after 31 April 2027", "en")]
    [('2027-05-03', 'by', ''), ('2027-04-31', 'after', 'day.impossible')]
    """
    rules = grammar(language, folder)
    stripped, data = strip(text)
    if rules.lexicon.script == "arabic":
        stripped, data = part(stripped, data)
    ascii_only = len(data) == len(stripped.text)
    out: list[TemporalExpression] = []
    byte = char = 0
    matches = rules.finder.finditer(data)
    while (match := next(matches, None)) is not None:
        first, last = match.span()
        char += first - byte if ascii_only else len(data[byte:first].decode())
        byte = first
        words = data[first:last].decode()
        found = _read(language, folder, rules, words, stripped.text, char)
        option, size = found.option, found.size
        if option is None:
            byte += size if ascii_only else len(words[:size].encode())
            char += size
            matches = rules.finder.finditer(data, byte)
        elif option.values:
            out += _expressions(rules, found, option, stripped, text, char)
    return tuple(_share_year(rules, repaired(rules, out, text), text))
