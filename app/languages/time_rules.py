"""The part of a lexicon that is about numbers and time, typed and checked."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from app.errors import LexiconError
from app.languages.loader import FOLDER, location, raw
from app.languages.normalize import SCRIPTS, plain


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of writing time.

    ``pattern`` is a bounded regular expression in which ``{class}`` stands for a word class and ``{class:name}``
    captures it; ``values`` are the templates of what it says, in order (none: the words say no time, and nothing
    else may read them). ``modifier`` and ``anchor`` are what the rule itself makes of it. The words before and after
    must match ``only_before`` and ``only_after``, and may not match ``unless_before`` and ``unless_after``.
    ``examples`` pair a text with its values, ``rejects`` are texts in which this rule must find nothing.
    """

    id: str
    pattern: str
    values: tuple[str, ...]
    modifier: str = ""
    anchor: str = ""
    cited: bool = False
    only_before: str = ""
    only_after: str = ""
    unless_before: str = ""
    unless_after: str = ""
    examples: tuple[tuple[str, tuple[str, ...]], ...] = ()
    rejects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Numerals:
    """Number words that add up to a number.

    ``words`` end a number, ``tens`` go before them (after them where ``units_first``).
    Values and forms; forms are patterns. ``glue`` is the pattern between the parts, ``digits`` the pattern of the
    same number in figures. Where ``positional`` is not empty, the words are digits and these its multipliers.
    """

    words: Mapping[int, tuple[str, ...]]
    tens: Mapping[int, tuple[str, ...]]
    glue: str
    digits: str
    units_first: bool = False
    positional: Mapping[int, tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """The words around a time that modify it: phrase and modifier, before and after.

    ``skip`` are articles and the like that may stand between a phrase and the expression.
    """

    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]
    skip: tuple[str, ...] = ()
    negated: tuple[str, ...] = ()
    """Patterns that end before the time and turn "before" into "not before"."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language about numbers and time.

    ``script`` is one of SCRIPTS; ``spaced`` says whether blanks stand between words; ``prefixes`` are letters that
    stick to the word after them; ``year_first`` says whether a year stands before its month. ``absent`` says of rules
    that other languages have why this one does without.
    """

    language: str
    path: Path
    script: str
    spaced: bool
    prefixes: str
    year_first: bool
    ordinals: Numerals
    cardinals: Numerals
    tables: Mapping[str, Mapping[str, tuple[str, ...]]]
    words: Mapping[str, str]
    modifiers: Context
    anchors: Mapping[str, Mapping[str, tuple[str, ...]]]
    citations: Mapping[str, tuple[str, ...]]
    rules: tuple[Rule, ...]
    absent: Mapping[str, str]


def _mapping(value: object, where: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise LexiconError("is no mapping", where=where)
    return value


def _strings(value: object, where: str) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise LexiconError("is no list of texts", where=where)
    return tuple(value)


def _string(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise LexiconError("is no text", where=where)
    return value


def _known(data: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in data:
        if key not in known:
            raise LexiconError(f"unknown key {key!r}", where=f"{where}.{key}", hint=f"one of {', '.join(known)}")


def _flag(value: object, where: str) -> bool:
    if value not in ("true", "false"):
        raise LexiconError("is neither true nor false", where=where)
    return value == "true"


def _table(value: object, where: str) -> dict[str, tuple[str, ...]]:
    return {key: _strings(forms, f"{where}.{key}") for key, forms in _mapping(value, where).items()}


def _counted(value: object, where: str) -> dict[int, tuple[str, ...]]:
    table = _table(value, where)
    for key in table:
        if not key.isdecimal():
            raise LexiconError(f"{key!r} is no number", where=where)
    return {int(key): forms for key, forms in table.items()}


def _numerals(value: object, where: str) -> Numerals:
    data = _mapping(value, where)
    _known(data, ("words", "tens", "glue", "digits", "units_first", "positional"), where)
    return Numerals(
        words=_counted(data.get("words", {}), f"{where}.words"),
        tens=_counted(data.get("tens", {}), f"{where}.tens"),
        glue=_string(data.get("glue", ""), f"{where}.glue"),
        digits=_string(data.get("digits", ""), f"{where}.digits"),
        units_first=_flag(data.get("units_first", "false"), f"{where}.units_first"),
        positional=_counted(data["positional"], f"{where}.positional") if "positional" in data else None,
    )


def _phrases(value: object, where: str, script: str) -> tuple[tuple[str, str], ...]:
    """Return phrases and their meanings, the longest phrase first.

    So the first that fits is the right one.
    """
    pairs = [
        (plain(phrase, script).lower(), meaning) for meaning, forms in _table(value, where).items() for phrase in forms
    ]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


RULE_KEYS = (
    *("id", "pattern", "value", "values", "modifier", "anchor", "cited", "unless_before", "unless_after"),
    *("only_before", "only_after"),
    *("examples", "rejects"),
)


def _rule(value: object, where: str) -> Rule:
    data = _mapping(value, where)
    where = f"{where} ({data.get('id', 'no id')})"
    _known(data, RULE_KEYS, where)
    for key in ("id", "pattern", "examples"):
        if key not in data:
            raise LexiconError(f"no {key}", where=where)
    values = _strings(data.get("values", data.get("value", [])), f"{where}.values")
    examples = _mapping(data["examples"], f"{where}.examples")
    return Rule(
        id=_string(data["id"], f"{where}.id"),
        pattern=_string(data["pattern"], f"{where}.pattern"),
        values=tuple(value for value in values if value != "none"),
        modifier=_string(data.get("modifier", ""), f"{where}.modifier"),
        anchor=_string(data.get("anchor", ""), f"{where}.anchor"),
        cited=_flag(data.get("cited", "false"), f"{where}.cited"),
        only_before=_string(data.get("only_before", ""), f"{where}.only_before"),
        only_after=_string(data.get("only_after", ""), f"{where}.only_after"),
        unless_before=_string(data.get("unless_before", ""), f"{where}.unless_before"),
        unless_after=_string(data.get("unless_after", ""), f"{where}.unless_after"),
        examples=tuple((text, _strings(values, f"{where}.examples")) for text, values in examples.items()),
        rejects=_strings(data.get("rejects", []), f"{where}.rejects"),
    )


def _tables(data: Mapping[str, object], at: Callable[[str], str]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the word tables of a language, that of the months included."""
    tables = {
        name: _table(table, at(f"tables.{name}"))
        for name, table in _mapping(data.get("tables", {}), at("tables")).items()
    }
    tables["month"] = _table(data.get("months", {}), at("months"))
    return tables


@functools.cache
def lexicon(language: str, folder: Path | None = None) -> Lexicon:
    """Return the words and rules of time of ``language``, from ``folder`` or the package.

    Raises UnknownLanguage where there is no such file, and LexiconError with file and path of what is wrong.
    """
    path = (folder or FOLDER) / language
    data = raw(language, folder)
    at = partial(location, language, folder=folder)
    script = _mapping(data.get("script", {}), at("script"))
    _known(script, ("name", "spaced", "prefixes", "year_first"), at("script"))
    name = _string(script.get("name", "latin"), at("script.name"))
    if name not in SCRIPTS:
        raise LexiconError(f"unknown script {name!r}", where=at("script.name"), hint=f"one of {', '.join(SCRIPTS)}")
    modifiers = _mapping(data.get("modifiers", {}), at("modifiers"))
    _known(modifiers, ("before", "after", "skip", "negated"), at("modifiers"))
    anchors = {
        anchor: _table(sides, at(f"anchors.{anchor}"))
        for anchor, sides in _mapping(data.get("anchors", {}), at("anchors")).items()
    }
    for anchor, sides in anchors.items():
        _known(sides, ("before", "after"), at(f"anchors.{anchor}"))
    citations = _mapping(data.get("citations", {}), at("citations"))
    _known(citations, ("before", "after", "session"), at("citations"))
    listed = data.get("rules", [])
    if not isinstance(listed, list):
        raise LexiconError("is no list", where=at("rules"))
    return Lexicon(
        language=language,
        path=path,
        script=name,
        spaced=_flag(script.get("spaced", "true"), at("script.spaced")),
        prefixes=_string(script.get("prefixes", ""), at("script.prefixes")),
        year_first=_flag(script.get("year_first", "false"), at("script.year_first")),
        ordinals=_numerals(data.get("ordinals", {}), at("ordinals")),
        cardinals=_numerals(data.get("cardinals", {}), at("cardinals")),
        tables=_tables(data, at),
        words={
            name: _string(word, at(f"words.{name}"))
            for name, word in _mapping(data.get("words", {}), at("words")).items()
        },
        modifiers=Context(
            before=_phrases(modifiers.get("before", {}), at("modifiers.before"), name),
            after=_phrases(modifiers.get("after", {}), at("modifiers.after"), name),
            skip=tuple(plain(word, name) for word in _strings(modifiers.get("skip", []), at("modifiers.skip"))),
            negated=_strings(modifiers.get("negated", []), at("modifiers.negated")),
        ),
        anchors=anchors,
        citations={key: _strings(forms, at(f"citations.{key}")) for key, forms in citations.items()},
        rules=tuple(_rule(rule, at(f"rules[{index}]")) for index, rule in enumerate(listed)),
        absent={
            name: _string(why, at(f"absent.{name}"))
            for name, why in _mapping(data.get("absent", {}), at("absent")).items()
        },
    )
