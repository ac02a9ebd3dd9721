"""Rules of a lexicon compiled to automata: one finds candidates, one tells which rules fit, one per rule captures."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import re2

from app.errors import LexiconError
from app.languages import Lexicon, Numerals, Rule, lexicon
from app.languages.normalize import loosen, plain

MEMORY = 1 << 28
"""Bytes that an automaton may use before re2 flushes its cache."""

_REFERENCE = re.compile(r"\{([a-z][a-z_]*)(?::([a-z]+[0-9]?))?\}")
_HAN = r"[\u3400-\u9fff〇、，]"
_HAN_ATOM = re.compile(rf"(\[[^\]]*\]|\\.)|({_HAN}|\{{[a-z_]+(?::[a-z]+[0-9]?)?\}})(\?)?")


def _options(*, longest: bool = False, capture: bool = True) -> re2.Options:
    options = re2.Options()
    options.case_sensitive = False
    options.longest_match = longest
    options.never_capture = not capture
    options.max_mem = MEMORY
    options.log_errors = False
    return options


def _spaced(pattern: str) -> str:
    """Let a blank in a pattern match one to three blanks or line breaks of a text."""
    return pattern.replace(" ?", r"\s{0,3}").replace(" ", r"\s{1,3}")


def _unspaced(pattern: str) -> str:
    """Let Han characters stand apart.

    Printed pages put a blank between figures and characters, and break anywhere.
    """

    def loosen(atom: re.Match[str]) -> str:
        if atom[1]:
            return atom[1]
        return rf"(?:{atom[2]}\s?)?" if atom[3] else rf"{atom[2]}\s?"

    return _HAN_ATOM.sub(loosen, pattern)


def _either(forms: list[str]) -> str:
    return "(?:" + "|".join(sorted(forms, key=lambda form: (-len(form), form))) + ")"


def _words(numerals: Numerals) -> str:
    """Return the pattern of a number in words."""
    if numerals.positional is not None:
        forms = [form for table in (numerals.words, numerals.positional) for words in table.values() for form in words]
        return f"(?:{_either(forms)}\\s?){{1,5}}"
    ends = _either([form for forms in numerals.words.values() for form in forms])
    if not numerals.tens:
        return ends
    tens = _either([form for forms in numerals.tens.values() for form in forms])
    if numerals.units_first:
        return f"(?:{ends}(?:{numerals.glue}{tens}){{0,2}})"
    return f"(?:(?:{tens}{numerals.glue}){{0,2}}{ends})"


class PatternCompiler:
    """Expands the classes of a lexicon's patterns and interprets what they matched."""

    def __init__(self, words: Lexicon) -> None:
        self.lexicon = words
        self.key = functools.lru_cache(maxsize=4096)(self._key)
        self.number = functools.lru_cache(maxsize=4096)(self._number)
        self._classes: dict[str, str] = {}

    def expand(self, pattern: str, where: str, *, captures: bool) -> str:
        """Return ``pattern`` with every ``{class}`` replaced.

        ``{class:name}`` becomes a group of that name where ``captures``. Raises LexiconError for an unknown class.
        """

        def put(reference: re.Match[str]) -> str:
            inner = self.of_class(reference[1], where)
            if captures and reference[2]:
                return f"(?P<{reference[2]}>{inner})"
            return f"(?:{inner})"

        return _REFERENCE.sub(put, self._loosen(pattern))

    def _loosen(self, pattern: str) -> str:
        pattern = plain(pattern, self.lexicon.script)
        return _spaced(pattern) if self.lexicon.spaced else _unspaced(pattern)

    def of_class(self, name: str, where: str) -> str:
        """Return the pattern of a class: a table's forms, a word, or a number.

        A number is in figures or words. Raises LexiconError for an unknown class.
        """
        if name not in self._classes:
            if name in self.lexicon.tables:
                inner = _either([form for forms in self.lexicon.tables[name].values() for form in forms])
            elif name in self.lexicon.words:
                inner = self.lexicon.words[name]
            elif name == "ordinal":
                inner = f"(?:{self.lexicon.ordinals.digits}|{_words(self.lexicon.ordinals)})"
            elif name == "number":
                inner = f"(?:{self.lexicon.cardinals.digits}|{_words(self.lexicon.cardinals)})"
            else:
                raise LexiconError(f"unknown class {{{name}}}", where=where, hint="a table, a word, or a number class")
            self._classes[name] = self.expand(inner, f"{self.lexicon.path}: {name}", captures=False)
        return self._classes[name]

    @functools.cached_property
    def _tables(self) -> Mapping[str, tuple[tuple[re2._Regexp, str], ...]]:
        return {
            name: tuple(
                (re2.compile(self.expand(_either(list(forms)), name, captures=False), _options(capture=False)), key)
                for key, forms in table.items()
            )
            for name, table in self.lexicon.tables.items()
        }

    def _key(self, table: str, text: str) -> str:
        """Return the key of ``table`` whose forms ``text`` is one of."""
        text = text.strip()
        return next((key for forms, key in self._tables[table] if forms.fullmatch(text)), "")

    @functools.cached_property
    def _pieces(self) -> tuple[tuple[re2._Regexp, tuple[tuple[re2._Regexp, int], ...]], ...]:
        """The automata for number words, of ordinals, then of cardinals.

        One finds number words, and one a value identifies it.
        """
        out = []
        for numerals in (self.lexicon.ordinals, self.lexicon.cardinals):
            tables = [numerals.words, numerals.tens]
            forms = [form for table in tables for words in table.values() for form in words]
            if not forms:
                continue
            values = tuple(
                (re2.compile(self.expand(_either(list(words)), "numerals", captures=False), _options()), value)
                for table in tables
                for value, words in table.items()
            )
            either = self.expand(_either(forms), "numerals", captures=False)
            out.append((re2.compile(either, _options(longest=True, capture=False)), values))
        return tuple(out)

    def _number(self, text: str) -> int | None:
        """Return the number that ``text`` states in figures or in words, or None."""
        figures = re.search(r"[0-9]{1,4}", text.replace(".", ""))
        if figures:
            return int(figures[0])
        positional = self.lexicon.cardinals.positional
        if positional is not None:
            return self._positional("".join(text.split()), positional)
        best, covered = None, 0
        for finder, values in self._pieces:
            pieces = [piece[0].strip() for piece in finder.finditer(text)]
            length = sum(map(len, pieces))
            if length > covered:
                found = (next((n for form, n in values if form.fullmatch(piece)), 0) for piece in pieces)
                best, covered = sum(found), length
        return best

    def _positional(self, text: str, multipliers: Mapping[int, tuple[str, ...]]) -> int | None:
        """Return a number in Chinese characters.

        They stand one after another as written, or each with its multiplier (二〇一八, 七十三).
        """
        digits = {form: value for value, forms in self.lexicon.cardinals.words.items() for form in forms}
        times = {form: value for value, forms in multipliers.items() for form in forms}
        if not any(char in digits or char in times for char in text):
            return None
        if not any(char in times for char in text):
            return int("".join(str(digits[char]) for char in text if char in digits))
        total, last = 0, 0
        for char in text:
            if char in digits:
                last = digits[char]
            elif char in times:
                total += (last or 1) * times[char]
                last = 0
        return total + last


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its automaton, and the class and group number of each capture."""

    rule: Rule
    groups: re2._Regexp
    classes: Mapping[str, tuple[str, int]]
    only_before: re2._Regexp | None
    only_after: re2._Regexp | None
    unless_before: re2._Regexp | None
    unless_after: re2._Regexp | None


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled rules of a language.

    ``finder`` takes UTF-8; ``chooser`` numbers the rules that a text fits whole.
    """

    lexicon: Lexicon
    reader: PatternCompiler
    finder: re2._Regexp
    chooser: re2.Set
    readings: tuple[CompiledRule, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    connector: re2._Regexp | None
    anchors: tuple[tuple[str, re2._Regexp | None, re2._Regexp | None], ...]
    cited_before: re2._Regexp | None
    cited_after: re2._Regexp | None
    cited_session: re2._Regexp | None
    negated: re2._Regexp | None
    """Words that make of a following "before" a "not before"."""


def _compiled(pattern: str | bytes, options: re2.Options, where: str) -> re2._Regexp:
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        raise LexiconError("is no regular expression", where=where, hint=str(error)) from error


class _GrammarCompiler:
    """Compiles the rules and cues of one lexicon."""

    def __init__(self, words: Lexicon) -> None:
        self.words = words
        self.reader = PatternCompiler(words)

    def beside(self, pattern: str, where: str, *, before: bool) -> re2._Regexp | None:
        """Return the automaton of words right beside a time; None for an empty pattern."""
        if not pattern:
            return None
        words = self.words
        inner = f"(?:{self.reader.expand(pattern, where, captures=False)})"
        if before:
            edge = r"(?:^|[^\pL\pN])" if words.spaced else ""
            prefixes = f"[{words.prefixes}]?" if words.prefixes else ""
            inner = rf"{edge}{prefixes}{inner}\s*$"
        else:
            inner = f"^{inner}" if words.spaced else rf"^\s*{inner}"
        return _compiled(inner, _options(capture=False), where)

    def either(self, forms: tuple[str, ...], path: str, *, before: bool) -> re2._Regexp | None:
        """Return the automaton of any of ``forms`` beside a time; None without forms."""
        pattern = "|".join(f"(?:{form})" for form in forms)
        return self.beside(pattern, f"{self.words.path}: {path}", before=before)

    def citation(self, key: str, *, before: bool) -> re2._Regexp | None:
        """Return the automaton of words that only cite a time, by key of the citations."""
        return self.either(self.words.citations.get(key, ()), f"citations.{key}", before=before)

    def rule(self, rule: Rule) -> CompiledRule:
        """Return a rule with its automata. Raises LexiconError, with file and rule."""
        where = f"{self.words.path}: rules.{rule.id}"
        groups = _compiled(rf"(?:{self.reader.expand(rule.pattern, where, captures=True)})\s*", _options(), where)
        numbers = groups.groupindex
        return CompiledRule(
            rule,
            groups,
            {name: (kind, numbers[name]) for kind, name in _REFERENCE.findall(rule.pattern) if name},
            self.beside(rule.only_before, where, before=True),
            self.beside(rule.only_after, where, before=False),
            self.beside(rule.unless_before, where, before=True),
            self.beside(rule.unless_after, where, before=False),
        )

    def patterns(self) -> list[str]:
        """Return the expanded patterns of the rules, without captures, in their order."""
        return [
            f"(?:{self.reader.expand(rule.pattern, f'{self.words.path}: rules.{rule.id}', captures=False)})"
            for rule in self.words.rules
        ]

    def connector(self) -> re2._Regexp | None:
        """Return the automaton of the word that joins two days; None where the lexicon has none."""
        if "connector" not in self.words.words:
            return None
        where = str(self.words.path)
        return _compiled(rf"\s*{self.reader.of_class('connector', where)}\s*", _options(capture=False), where)


@functools.cache
def grammar(language: str, folder: Path | None = None) -> Grammar:
    """Return the compiled rules of ``language``.

    Raises LexiconError, with file and rule, where one cannot be compiled.

    >>> grammar("en").lexicon.spaced
    True
    """
    words = lexicon(language, folder)
    compiler = _GrammarCompiler(words)
    patterns = compiler.patterns()
    chooser = re2.Set.FullMatchSet(_options(capture=False))
    readings = tuple(compiler.rule(rule) for rule in words.rules)
    for pattern in patterns:
        chooser.Add(rf"{pattern}\s*")
    chooser.Compile()
    edge = r"(?:[^\pL\pN]|[0-9]|\z)" if words.spaced else ""
    whole = f"(?:{loosen('|'.join(patterns), words.script)}){edge}".encode()
    return Grammar(
        lexicon=words,
        reader=compiler.reader,
        finder=_compiled(whole, _options(longest=True, capture=False), str(words.path)),
        chooser=chooser,
        readings=readings,
        before=tuple(phrase for phrase, _ in words.modifiers.before),
        after=tuple(phrase for phrase, _ in words.modifiers.after),
        connector=compiler.connector(),
        anchors=tuple(
            (
                anchor,
                compiler.either(sides.get("before", ()), f"anchors.{anchor}.before", before=True),
                compiler.either(sides.get("after", ()), f"anchors.{anchor}.after", before=False),
            )
            for anchor, sides in words.anchors.items()
        ),
        cited_before=compiler.citation("before", before=True),
        cited_after=compiler.citation("after", before=False),
        cited_session=compiler.citation("session", before=True),
        negated=compiler.either(words.modifiers.negated, "modifiers.negated", before=True),
    )
