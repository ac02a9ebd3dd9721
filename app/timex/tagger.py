"""Finds the time expressions of a text: one linear scan for candidates, then the grammar reads them."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path

from app.lexicon.script import Folded, fold
from app.model import TemporalExpression, TimexType
from app.timex.context import REACH, cites, modifier_of
from app.timex.pattern import Grammar, Reading, grammar
from app.timex.value import FIELDS, Capture, Said, said, type_of

_INSIDE_FIGURE = re.compile(r"[0-9]|[.,:][0-9]|[/-][0-9]{3}|/[0-9]| 000\b|[%°]")
"""What follows a figure that goes on: a longer number, a symbol, a percentage."""
_GLUED = frozenset("/.,:-–—$€£#+")
"""What stands before a figure that is part of something else, where no blank is between."""


@dataclass(frozen=True, slots=True)
class Option:
    """One way of reading some words: the rule, what it says, and the fields its words fill."""

    reading: Reading
    values: tuple[Said, ...]
    fields: tuple[tuple[str, str], ...]


@functools.lru_cache(maxsize=8192)
def _options(language: str, folder: Path | None, words: str) -> tuple[Option, ...]:
    """Every reading of ``words`` as a whole, in the order of the rules."""
    rules = grammar(language, folder)
    out = []
    for index in sorted(rules.chooser.Match(words) or ()):
        reading = rules.readings[index]
        if not reading.rule.values:
            out.append(Option(reading, (), ()))
            continue
        match = reading.groups.fullmatch(words)
        if match is None:
            continue
        captures: dict[str, Capture] = {}
        fields: list[tuple[str, str]] = []
        for name, kind in reading.classes.items():
            place = match.start(reading.groups.groupindex[name])
            if place < 0:
                continue
            text = match.group(name).strip()
            if kind not in rules.lexicon.tables:
                number = rules.reader.number(text)
                if number is None:
                    break
                captures[name] = Capture(kind, number, place, place + len(text))
            else:
                key = rules.reader.key(kind, text)
                if name in FIELDS:
                    fields.append((name, key))
                else:
                    meaning = int(key) if key.isdecimal() else key
                    captures[name] = Capture(kind, meaning, place, place + len(text))
        else:
            values = said(reading.rule.values, captures, len(words))
            if values:
                out.append(Option(reading, values, tuple(fields)))
    return tuple(out)


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


def _allowed(reading: Reading, before: str, after: str) -> bool:
    """Whether the words before and after allow a rule."""
    return not (
        (reading.only_before is not None and not reading.only_before.search(before))
        or (reading.only_after is not None and not reading.only_after.search(after))
        or (reading.unless_before is not None and reading.unless_before.search(before))
        or (reading.unless_after is not None and reading.unless_after.search(after))
    )


def _chosen(options: tuple[Option, ...], text: str, start: int, end: int) -> Option | None:
    """The first option that the words around allow."""
    before, after = text[max(0, start - REACH) : start], text[end : end + REACH]
    return next((option for option in options if _allowed(option.reading, before, after)), None)


def _expressions(
    rules: Grammar, option: Option, folded: Folded, given: str, start: int, end: int
) -> list[TemporalExpression]:
    rule = option.reading.rule
    fields = dict(option.fields)
    text = folded.text
    modifier = fields.get("modifier") or rule.modifier or modifier_of(rules, text, start, end)
    session = option.values[0].value.startswith("session:")
    full = type_of(option.values[0].value) is TimexType.DATE
    cited = rule.cited or (full and cites(rules, text, start, end, session=session))
    out = []
    for value in option.values:
        first = folded.place(start + value.start)
        last = folded.place(start + value.end - 1) + 1
        out.append(
            TemporalExpression(
                start=first,
                end=last,
                text=given[first:last],
                type=type_of(value.value),
                value=value.value,
                rule=rule.id,
                modifier=modifier,
                body=fields.get("body"),
                part=fields.get("part", ""),
                cited=cited,
                anchor=fields.get("anchor") or rule.anchor,
            )
        )
    return out


def tag(text: str, language: str, folder: Path | None = None) -> tuple[TemporalExpression, ...]:
    """The time expressions of ``text``, in order, none over another; offsets are characters of ``text``.

    ``language`` is the language of the text, given and never guessed; ``folder`` holds the lexicons, the house's own
    where it is None. The values are in the notation of tags (see TemporalExpression), the modifiers those of
    ``Modifier`` and the anchors those of ``Anchor``. Time taken is linear in the length of the text.
    Raises UnknownLanguage for a language that has no lexicon.
    """
    rules = grammar(language, folder)
    folded = fold(text)
    plain = folded.text
    data = plain.encode("utf-8", "surrogatepass")
    ascii_only = len(data) == len(plain)
    out: list[TemporalExpression] = []
    byte = char = 0
    search = rules.finder.search
    while (match := search(data, byte)) is not None:
        first, last = match.span()
        start = first if ascii_only else char + len(data[byte:first].decode("utf-8", "surrogatepass"))
        words = data[first:last].decode("utf-8", "surrogatepass")
        option, size, rejected = None, 0, False
        edged = rules.lexicon.spaced and not words[-1].isalnum()
        for whole in (words[:-1], words) if edged else (words,):
            trimmed = whole.rstrip()
            if trimmed and (options := _options(language, folder, trimmed)) and _free(
                rules, plain, start, start + len(trimmed)
            ):
                option, size = _chosen(options, plain, start, start + len(trimmed)), len(trimmed)
                rejected = option is None
                break
        if option is None:
            # Another rule may read what follows the first word of words that no rule may read.
            size = max(1, words.find(" ")) if rejected and rules.lexicon.spaced else 1
        elif option.values:
            out += _expressions(rules, option, folded, text, start, start + size)
        byte, char = first + len(words[:size].encode("utf-8", "surrogatepass")), start + size
    return tuple(out)
