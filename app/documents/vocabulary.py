"""The words that classify the parts of a document: a lexicon's ``document`` section, typed.

Patterns are compiled once a language, on first use. A space in a pattern stands for any white space (in Chinese for
none as well), an accented letter matches its bare letter, an apostrophe any of its shapes: old texts lose them.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.errors import LexiconError
from app.languages import FOLDER, raw

_TEXTS = ("date", "agenda", "letters", "quoted")
_LISTS = (
    *("titles", "adoption", "closing", "voting", "annex", "report", "furniture", "footnotes"),
    *("issued", "preambular", "operative", "organs", "acts", "counted"),
    *("decisions", "organization", "untitled", "statements", "adopting", "hollow", "ends", "frequent"),
)
_KEYS = frozenset({*_TEXTS, *_LISTS, "formulas", "subjects", "mandates"})

LABEL = re.compile(
    r"(?:(?:ES|S)-)?[0-9]{1,4}/[0-9]{1,4}(?:\s[A-Z]\b)?"
    r"|[0-9]{1,4}\s{0,3}\((?:[12][0-9]{3}|(?:(?:ES|S)-)?[IVXLC]{1,8})\)(?:\s[A-Z]\b)?"
    r"|[0-9]{1,3}/(?:CP|CMP|CMA)\.[0-9]{1,3}"
)
"""The number within its series: ``72/251``, ``31/16 A``, ``S-13/2``, ``3379 (XXX)``, ``598 (1987)``."""
_HAN_LABEL = r"[0-9]{1,4}\s{0,3}[(（](?:特|紧特)?[一二三四五六七八九十]{1,3}[)）]"
"""A number with its session in Chinese figures: 2199(六十二)."""
UNSPACED = frozenset({"zh"})
"""Languages whose script sets no spaces between words."""
UNCASED = frozenset({"ar", "ru", "zh"})
"""Languages whose paragraphs open without a capital: their script has none, or they go on from the formula."""

_AFTER_LABEL = r"(?=\s?\.(?:\s|$)|\s?[-–—](?:\s|$)|\t|[^\S\n]*$)"
_SUBJECT = r"(?P<subject>[^\s,;:.()\[\]“”\"«»„،؛，；。：、][^,;:()\[\]“”\"«»„،؛，；。：]{2,240})"
"""A subject: the words up to the next stop."""
_AFTER_LABEL_UNSPACED = r"(?=\s?[.、](?![0-9])|\s?[-–—](?:\s|$)|[^\S\n]*$)"
_ARTICLE = re.compile(r"^(?:The |Le |La |El |L'|إن )")
_CLASS = re.compile(r"(?<!\\)(\[(?:\\.|[^\]\\])*\])")
_NO_WORD = re.compile(r"[\W_]+")
_NEVER = re.compile(r"(?!)")
_LOOSE = {
    **dict.fromkeys("éèêë", "[éèêëe]"),
    **dict.fromkeys("àâä", "[àâäa]"),
    **dict.fromkeys("îï", "[îïi]"),
    **dict.fromkeys("ôö", "[ôöo]"),
    **dict.fromkeys("ûùü", "[ûùüu]"),
    **{pair[0]: f"[{pair}]" for pair in ("çc", "ÉE", "ÈE", "áa", "íi", "óo", "úu", "ñn", "ÁA", "ÍI", "ÓO", "ÚU", "ёе")},
    **dict.fromkeys("أإآا", "[أإآا]"),
    **dict.fromkeys("ىي", "[ىي]"),
    **dict.fromkeys("ةه", "[ةه]"),
    "œ": "(?:œ|oe)",
    "'": "['’ʼ´`]",
}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The patterns of the parts of a document; they match at a line's start unless noted."""

    language: str
    spaced: bool
    """Whether words stand apart; where they do not, broken lines are joined without a space."""
    cased: bool
    """Whether a paragraph opens with a capital, so that a small letter goes on with the last one."""
    formula: re.Pattern[str]
    """A line that only names the adopting body; searched for over a whole text: group 1."""
    bodies: Mapping[str, str]
    """The slug of the body that a formula names, by ``plain`` formula; empty for a body without one."""
    body: re.Pattern[str]
    """The name of one of the bodies with a slug, searched for: group 1."""
    title: re.Pattern[str]
    """The start of a line with the number of an instrument (``LABEL``); searched for over a whole text."""
    adoption: tuple[re.Pattern[str], ...]
    """Lines that tell the day of adoption, searched for, the surest first: groups of ``day_of``, ``meeting``."""
    decided: tuple[re.Pattern[str], ...]
    """The same phrases wherever they stand: for decisions, which tell their day within their one paragraph."""
    part_adoption: tuple[re.Pattern[str], ...]
    """The sentences that tell the meeting and day on which a part or a decision was adopted, searched for."""
    closing: re.Pattern[str]
    """The line of the meeting below the text: group ``meeting``."""
    dated: re.Pattern[str]
    """A date, searched for."""
    voting: re.Pattern[str]
    annex: re.Pattern[str]
    """The whole of a line that opens an annex."""
    agenda: re.Pattern[str]
    report: re.Pattern[str]
    furniture: re.Pattern[str]
    """The whole of a line that belongs to the page."""
    footnote: re.Pattern[str]
    """The first words of a footnote, after its number."""
    preambular: re.Pattern[str]
    operative: re.Pattern[str]
    acting: re.Pattern[str]
    """The opening of a paragraph in which an organ acts, in the present or the past: "The Committee decided"."""
    counted: re.Pattern[str]
    """Words after which a number counts something and is no footnote mark; searched for, ends at the number."""
    month: re.Pattern[str]
    """A month's name at the start."""
    units: str
    """Characters that count what the number before them says, in a script without spaces."""
    letters: str
    """The letters of sub-paragraphs, in their order."""
    months: tuple[re.Pattern[str], ...]
    label: re.Pattern[str]
    """The number of an instrument within its heading."""
    decision: re.Pattern[str]
    """The heading of a decision, searched for."""
    organization: re.Pattern[str]
    """The whole of a line that names the organization or its bodies, at the head of a page."""
    untitled: re.Pattern[str]
    """Lines that stand where a title stands and are none: "Statement by the President …"."""
    statement: re.Pattern[str]
    """The title of a statement of a presiding officer, on a line of its own; searched for over a text."""
    adopting: re.Pattern[str]
    """The first words of a line that tells the adoption, whatever follows."""
    quoted: re.Pattern[str]
    """The item that a statement is made on, searched for: group ``subject``."""
    subjects: tuple[tuple[re.Pattern[str], str], ...]
    """Where a preamble names its subject, the surest first, with the form of a title made of group ``subject``."""
    mandates: tuple[tuple[re.Pattern[str], str], ...]
    """Where a paragraph names a mandate, with the words for it made of group ``subject``."""
    colon: str
    """What parts the subject of a title from what is done about it."""
    hollow: re.Pattern[str]
    """A subject that says nothing: "this matter", a date."""
    ends: re.Pattern[str]
    """Words before which a subject ends, searched for."""
    frequent: tuple[str, ...]
    """Frequent words that reveal reversed letters, in a script that runs from right to left."""

    def day_of(self, match: re.Match[str]) -> date | None:
        """Return the day of a match of a pattern with ``{date}``; None if there is no such day."""
        groups = match.groupdict()
        year, month, day = groups.get("year"), groups.get("month"), groups.get("day")
        if not (year and month and day):
            return None
        return day_from(int(year), self.month_of(month), number_of(day) or 0)

    def month_of(self, words: str) -> int:
        """Return the number of the month that ``words`` name, 0 where they name none."""
        return next((n for n, month in enumerate(self.months, 1) if month.fullmatch(words)), 0)


_HAN_NUMBER = re.compile(r"(?:([一二三四五六七八九])?([十]))?([一二三四五六七八九])?")
_HAN_TENS = {"廿": "二十", "卅": "三十"}
_HAN_ONES = {one: n for n, one in enumerate("一二三四五六七八九", 1)}


def number_of(figures: str) -> int | None:
    """Return the number that figures, or Chinese ones up to 99, write; None for anything else.

    >>> number_of("廿三"), number_of("十"), number_of("4044")
    (23, 10, 4044)
    """
    if figures.isdecimal():
        return int(figures)
    for short, long in _HAN_TENS.items():
        figures = figures.replace(short, long)
    match = _HAN_NUMBER.fullmatch(figures)
    if not match or not figures:
        return None
    tens = (_HAN_ONES.get(match[1], 1) if match[2] else 0) * 10
    return tens + _HAN_ONES.get(match[3], 0)


def day_from(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


@functools.cache
def load_vocabulary(language: str, folder: Path | None = None) -> Vocabulary:
    """Return the document vocabulary of ``language``. Raises LexiconError, UnknownLanguage."""
    path = (folder or FOLDER) / language / "documents.yaml"
    data = raw(language, folder)
    section = _read_section(data, path)
    return _compile(_Builder(path, language, section.texts["date"], _months(data, path)), section, language)


@dataclass(frozen=True, slots=True)
class _Section:
    """The ``document`` section of a lexicon as written, with the types of its values checked."""

    texts: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    formulas: Mapping[str, list[str]]
    """The opening formulas, by the slug of the body; ``other`` for bodies without one."""
    subjects: list[tuple[str, str]]
    mandates: list[tuple[str, str]]


def _read_section(data: Mapping[str, object], path: Path) -> _Section:
    """Return the ``document`` section. Raises LexiconError for unknown keys and wrong types."""
    section = data.get("document")
    if not isinstance(section, dict):
        raise LexiconError("has no section document", where=str(path), hint="document: with date:, formulas: …")
    for key in section:
        if key not in _KEYS:
            known = ", ".join(sorted(_KEYS))
            raise LexiconError(f"unknown key {key!r}", where=f"{path}: document", hint=f"one of {known}")
    formulas = section.get("formulas")
    if not isinstance(formulas, dict) or not all(isinstance(value, list) for value in formulas.values()):
        where = f"{path}: document.formulas"
        raise LexiconError("is no mapping of lists", where=where, hint="general-assembly: [The General Assembly]")
    return _Section(
        texts={key: _text(section, key, path) for key in _TEXTS},
        lists={key: _list(section, key, path) for key in _LISTS},
        formulas=formulas,
        subjects=_pairs(section, "subjects", path),
        mandates=_pairs(section, "mandates", path),
    )


def _compile(build: _Builder, section: _Section, language: str) -> Vocabulary:
    """Compile the patterns of a section. Raises LexiconError naming the invalid pattern."""
    texts, lists = section.texts, section.lists
    adoption = (*lists["adoption"], *lists["issued"])
    number = "{number}" + (_AFTER_LABEL if build.spaced else _AFTER_LABEL_UNSPACED)
    return Vocabulary(
        language=language,
        spaced=build.spaced,
        cased=build.cased,
        formula=build.any(_formulas(section), r"^[^\S\n]*({})\s{0,2}[,،，:：]?[^\S\n]*$", re.MULTILINE),
        bodies=_body_slugs(section),
        body=build.any([_ARTICLE.sub("", name).rstrip(",") for name in _formulas(section, named=True)], "({})", re.I),
        title=build.any(
            [*lists["titles"], *lists["decisions"], number], r"^[^\S\n]*(?:#{1,4} {1,3})?(?:{})", re.M | re.I
        ),
        adoption=tuple(build(rf"^[^\S\n]*\[?(?:{pattern})", re.I | re.M) for pattern in adoption),
        decided=tuple(build(pattern, re.I) for pattern in adoption),
        part_adoption=tuple(build(pattern, re.I) for pattern in lists["adoption"][-2:]),
        closing=build.any(lists["closing"], r"^[^\S\n]*(?:{})", re.MULTILINE),
        dated=build("{date}", re.IGNORECASE),
        voting=build.any(lists["voting"]),
        annex=build.any(lists["annex"]),
        agenda=build(texts["agenda"], re.IGNORECASE),
        report=build.any(lists["report"], r"\[\s{0,4}((?:{})[^\]]{0,240})\]", re.IGNORECASE),
        furniture=build.any(lists["furniture"]),
        footnote=build.any(lists["footnotes"]),
        preambular=build.any(lists["preambular"]),
        operative=build.any(lists["operative"]),
        acting=_acting(build, lists["organs"], lists["acts"]),
        counted=build.any(lists["counted"], r"\b[وفبلك]{0,2}(?:{})\Z" if build.spaced else r"(?:{})\Z", re.IGNORECASE),
        month=build("(?:" + "|".join(build.months) + ")", re.IGNORECASE),
        units="" if build.spaced else "年月日个次届项条号万亿多％%名国位小至、—–-",
        letters=texts["letters"],
        months=tuple(build(month, re.IGNORECASE) for month in build.months),
        label=re.compile(build.label),
        decision=build.any(lists["decisions"], "(?:{})", re.IGNORECASE),
        organization=build.any(lists["organization"], r"(?:(?:{})[\s,;–—-]{0,6}){1,4}", re.IGNORECASE),
        untitled=build.any(lists["untitled"], "(?:{})", re.IGNORECASE),
        statement=build.any(lists["statements"], r"^[^\S\n]*(?:{})", re.MULTILINE | re.IGNORECASE),
        adopting=build.any(lists["adopting"], "(?:{})", re.IGNORECASE),
        quoted=build(texts["quoted"]),
        subjects=tuple((build(pattern), form) for pattern, form in section.subjects),
        mandates=tuple((build(pattern), form) for pattern, form in section.mandates),
        colon={"fr": " : ", "zh": "："}.get(language, ": "),
        hollow=build.any(lists["hollow"], "(?:{})", re.IGNORECASE),
        ends=build.any(lists["ends"], "(?:{})" if language == "zh" else r"\s(?:{})(?!\w)"),
        frequent=lists["frequent"],
    )


def _formulas(section: _Section, *, named: bool = False) -> list[str]:
    """Return the opening formulas of all bodies; with ``named``, of those that have a slug."""
    return [name for slug, group in section.formulas.items() if slug != "other" or not named for name in group]


def _body_slugs(section: _Section) -> dict[str, str]:
    """Return the slugs of bodies by folded formula, with and without article; "" if none."""
    return {
        fold_name(form): "" if slug == "other" else slug
        for slug, group in section.formulas.items()
        for name in group
        for form in (name, _ARTICLE.sub("", name))
    }


def _acting(build: _Builder, organs: tuple[str, ...], acts: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of a paragraph's opening in which an organ acts.

    The act opens the paragraph, or follows the organ within its first clause: at most 100 characters before the
    organ (its article and qualifiers), 300 between organ and act (a clause between commas), as long as no stop parts
    them.
    """
    edge = r"\b" if build.spaced else ""
    organ, act = (f"{edge}(?:{'|'.join(forms)}){edge}" for forms in (organs, acts))
    return build(
        rf"[\s“”\"«»„‘(]{{0,4}}(?:(?:{act})|[^.;:。；：؛]{{0,100}}?(?:{organ})[^.;:。；：؛]{{0,300}}?(?:{act}))",
        re.IGNORECASE,
    )


class _Builder:
    """Compiler of one lexicon's patterns: fills marks, loosens spaces, accents, apostrophes."""

    def __init__(self, path: Path, language: str, day: str, months: tuple[str, ...]) -> None:
        self.path = path
        self.spaced = language not in UNSPACED
        self.cased = language not in UNCASED
        self.months = months
        self.label = LABEL.pattern if self.spaced else f"{LABEL.pattern}|{_HAN_LABEL}"
        self._space = r"(?:\s{1,60})" if self.spaced else r"(?:\s{0,8})"
        month = "(?P<month>" + "|".join(f"(?:{one})" for one in months) + ")"
        han = "" if self.spaced else "|[一二三四五六七八九十廿卅]{1,3}"
        parts = {"day": rf"(?P<day>[0-3]?[0-9]{han})", "month": month, "year": r"(?P<year>[12][0-9]{3})"}
        self._marks = {
            "date": _fill(day, parts),
            "dayless": _fill(day[: day.index("{year}")].rstrip("|,? ") if "{year}" in day[6:] else day, parts),
            "meeting": rf"(?P<meeting>[0-9]{{1,5}}{han})",
            "number": f"(?-i:{self.label})",
            "subject": _SUBJECT,
            "item": r"(?P<item>[0-9]{1,3}(?:\s?,?\s?\(?[^\W\d_]\)?(?=\W|\Z))?)",
        }

    def __call__(self, pattern: str, flags: int = 0) -> re.Pattern[str]:
        """Compile ``pattern`` with its marks filled and its spaces loosened; raise LexiconError."""
        parts = _CLASS.split(_fill(pattern, self._marks))
        filled = "".join(
            part.replace(" ", r"\s") if n % 2 else "".join(_LOOSE.get(c, c) for c in part).replace(" ", self._space)
            for n, part in enumerate(parts)
        )
        try:
            return re.compile(filled, flags)
        except re.error as error:
            where = f"{self.path}: document"
            raise LexiconError(f"is no pattern: {pattern!r}", where=where, hint=str(error)) from error

    def any(self, patterns: list[str] | tuple[str, ...], form: str = "(?:{})", flags: int = 0) -> re.Pattern[str]:
        """Return ``form`` with any of ``patterns`` for ``{}``; a pattern without matches if none."""
        return self(form.replace("{}", "|".join(patterns)), flags) if patterns else _NEVER


def fold_name(name: str) -> str:
    """Return ``name`` without accents, case, punctuation and doubled spaces.

    >>> fold_name("L'Assemblée  générale,")
    'l assemblee generale'
    """
    if not name.isascii():
        bare = unicodedata.normalize("NFKD", name.replace("œ", "oe"))
        name = "".join(c for c in bare if not unicodedata.combining(c))
    return " ".join(_NO_WORD.sub(" ", name).lower().split())


def _fill(pattern: str, marks: Mapping[str, str]) -> str:
    for name, value in marks.items():
        pattern = pattern.replace("{" + name + "}", value)
    return pattern


def _text(section: dict[str, object], key: str, path: Path) -> str:
    value = section.get(key)
    if not isinstance(value, str) or not value:
        raise LexiconError(f"{key} is no text", where=f"{path}: document.{key}", hint="give it as one text")
    return value


def _list(section: dict[str, object], key: str, path: Path) -> tuple[str, ...]:
    value = section.get(key)
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise LexiconError(f"{key} is no list of texts", where=f"{path}: document.{key}", hint="give it as [one, two]")
    return tuple(value)


def _pairs(section: Mapping[str, object], key: str, path: Path) -> list[tuple[str, str]]:
    """Return the patterns of a section with the forms that are made of what they find."""
    found = section.get(key)
    pairs = found if isinstance(found, list) else [found]
    out = [(pair[0], pair[1]) for pair in pairs if isinstance(pair, list) and len(pair) == 2]
    if len(out) != len(pairs) or not all("subject" in one and "{subject}" in form for one, form in out):
        where = f"{path}: document.{key}"
        raise LexiconError("is no list of pairs", where=where, hint="[['resolutions on {subject}', '{subject}']]")
    return out


def _months(data: Mapping[str, object], path: Path) -> tuple[str, ...]:
    months = data.get("months")
    if not isinstance(months, dict) or set(months) != {str(n) for n in range(1, 13)}:
        raise LexiconError("months are not 1 to 12", where=f"{path}: months", hint="1: [January, …] … 12: […]")
    return tuple("|".join(f"(?:{name})" for name in months[str(n)]) for n in range(1, 13))
