"""Themes of clauses: what stands after "on", the object of a verb, the goal of a target, a proper name."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from typing import Final

from app.languages.title_patterns import TitlePatterns
from app.obligations.short_title import is_empty

_LONGEST: Final = 160
_LEAST: Final = 4
_TRIES: Final = 4
"""Introducing words that are tried in one clause."""
_PHRASE: Final = 90
"""Characters of a phrase that names an act in the words of the text."""
_CAPITALS: Final = re.compile(r"[A-ZÀ-ÞА-Я]")
_LOOSE: Final = re.compile(r"[\s,;:.–—-]+\Z")
_RELATIVE: Final = re.compile(r"\b(?:that|which|who|whose|qui|dont)\b|^(?:by|no later|not later|within|before)\b")
_TOKEN: Final = re.compile(r"[^\s]+")
_BOUNDARY: Final = re.compile(r"[;:]|,\s(?=(?:and|or|including|with|as|which|that|in|on)\b)|\.\s")


def segment(text: str, start: int, end: int, words: TitlePatterns) -> tuple[int, int]:
    """Return the bounds of the clause around ``start`` to ``end`` under one operative verb."""
    verbs = _starts(words.one("operative"), text)
    before, after = bisect_right(verbs, start), bisect_right(verbs, end)
    return verbs[before - 1] if before else 0, verbs[after] if after < len(verbs) else len(text)


@functools.lru_cache(maxsize=16)  # each item of a paragraph asks
def _starts(pattern: re.Pattern[str], text: str) -> tuple[int, ...]:
    """Return where the matches of ``pattern`` begin in ``text``."""
    return tuple(match.start() for match in pattern.finditer(text))


def theme_after(text: str, words: TitlePatterns, introducer: str = "theme") -> str:
    """Return the first theme that words of ``text`` introduce and that names something, else an empty string."""
    for match in list(words.one(introducer).finditer(text))[:_TRIES]:
        if found := theme_at(text[match.end() :], words):
            return found
    return ""


def theme_at(text: str, words: TitlePatterns) -> str:
    """Return the theme that ``text`` begins with, without what only refers back, else an empty string."""
    said = text.lstrip(' ,“"«„').lstrip()
    stop = words.one("stop").search(said, 1)
    said = said[: min(stop.start() if stop else len(said), _LONGEST)]
    for _ in range(_TRIES):
        if is_empty(said, words):
            return ""
        before = said
        for lead in words.theme_lead:
            cut = lead.match(said)
            if (
                cut
                and cut.end()
                and (cut.end() == len(said) or not said[cut.end() - 1].isalnum() or said[cut.end()].isspace())
            ):
                said = said[cut.end() :].lstrip()
        if said == before:
            break
    said = tidy(said)
    return "" if len(said) < _LEAST or is_empty(said, words) else said


def tidy(text: str) -> str:
    """Return words on one line without marks and footnotes at their ends."""
    said = " ".join(text.split()).strip('“”"«»„ ')
    said = re.sub(r"(?<=[a-zé])\d{1,2}$", "", said)
    return _LOOSE.sub("", said)


def goal_before(text: str, at: int, words: TitlePatterns) -> str:
    """Return the goal that stands before a year at ``at``: "end the AIDS epidemic" of "to end … by 2030"."""
    before = words.one("by_year").sub("", text[:at])
    cuts = [match.end() for match in words.one("infinitive").finditer(before) if len(before) - match.end() >= _LEAST]
    boundary = max((match.end() for match in _BOUNDARY.finditer(before)), default=0)
    start = cuts[-1] if cuts else boundary
    said = tidy(before[start:])
    if len(said) < _LEAST or len(said) > 2 * _LONGEST:
        said = tidy(before[boundary:])
    return said[-_LONGEST:] if len(said) > 2 * _LONGEST else said


def goal_after(text: str, at: int) -> str:
    """Return the goal that follows a year at ``at``: ", by 2030, implement integrated water management"."""
    if not re.search(r",\s+(?:[\w’]+\s+){1,3}$", text[max(0, at - 24) : at]):
        return ""
    match = re.match(r"\d{4}\s*,\s+(?P<what>[a-z][^,;.]{6,120})", text[at:])
    return tidy(match["what"]) if match else ""


def asked_phrase(text: str, at: int, words: TitlePatterns) -> str:
    """Return what is asked to be done by the time at ``at``: an infinitive with its object, or a passive."""
    before = text[:at]
    passive = None
    for match in words.one("passive").finditer(before):
        passive = match
    infinitives = [match for match in words.one("infinitive").finditer(before) if before[match.start()] in "tTdàp"]
    if passive and (not infinitives or infinitives[-1].start() < passive.end()):
        thing = re.split(r"\b(?:and|which|that|who|et|qui|que)\b", passive["what"])[-1]
        return tidy(f"{tidy(thing)} to be {passive['verb']}")[:_PHRASE] if len(tidy(thing)) >= _LEAST else ""
    for match in reversed(infinitives):
        rest = before[match.end() :] if match.end() < len(before) else ""
        said = tidy(re.split(r"[,;:]", rest)[0])
        said = words.one("phrase_end").sub("", said)
        if _RELATIVE.search(said):
            continue
        if len(said) >= 2 * _LEAST:
            return said
    return ""


def proper_name(text: str, start: int, end: int, words: TitlePatterns) -> str:
    """Return the proper name of a meeting in ``text``, the one nearest to ``start``..``end``."""
    if not words.named_heads:
        return ""
    head = re.compile(rf"(?<![\w-])(?:{words.named_heads})(?![\w-])")
    found: list[tuple[int, str]] = []
    for match in head.finditer(text):
        first, last = _name_bounds(text, match.start(), match.end(), words)
        name = tidy(text[first:last])
        own = len(name.split()) >= (2 if _CAPITALS.search(name) else 3)
        if own and len(name) <= _LONGEST + 40:
            distance = start - last if last <= start else max(0, first - end) * 2
            found.append((distance, name))
    return min(found)[1] if found else ""


def _name_bounds(text: str, start: int, end: int, words: TitlePatterns) -> tuple[int, int]:
    """Return where a name begins and ends around its head noun: capitalized words, and links between them."""
    first = start
    for token in reversed(list(_TOKEN.finditer(text, max(0, start - 90), start))):
        word = token[0].strip('“"«(')
        ordinal = re.fullmatch(r"(?:[a-z]+-)?(?:first|second|third|[a-z]+th|\d+(?:st|nd|rd|th)|(?:19|20)\d\d)", word)
        if not word or token[0][-1] in ",;.:" or not (word[0].isupper() or ordinal):
            break
        if word.lower() in ("the", "le", "la", "les", "el", "requests", "decides"):
            break
        first = token.start() + token[0].index(word)
    last = end
    pending = end
    for token in _TOKEN.finditer(text, end, min(len(text), end + 200)):
        word = token[0].strip("“”\"«»,;.:()’'")
        if token[0][0] in "(“«" or not word:
            break
        link = word.lower() in words.name_links or (
            words.lower_names and word[0].islower() and word.lower() not in words.name_stops
        )
        if not (word[0].isupper() or word[0].isdigit() or link) or (
            word[0].isdigit() and not _number(word, text, token.end(), words)
        ):
            break
        pending = token.end()
        if not link or (words.lower_names and word.lower() not in words.name_links):
            last = pending
        if token[0][-1] in ",;.:)":
            last = min(last, token.end() - 1) if last == pending else last
            break
    return first, last


def _number(word: str, text: str, at: int, words: TitlePatterns) -> bool:
    """Return whether a number is part of a name: no day of a month, no year after "in"."""
    if words.one("observance_strip").match(f"{word} {text[at : at + 24].strip()} "):
        return False
    if re.search(r"\b(?:in|en)\s+\S+$", text[:at]):
        return False
    return (
        not re.match(r"\s*(?:to|and|–|-|au|et)?\s*\d*\s*[A-Za-zéû]+\s+\d{4}", text[at : at + 30])
        and len(word) <= _LEAST
    )


def observance_name(text: str, start: int, end: int, words: TitlePatterns) -> str:
    """Return the name of a day, week, year or decade in ``text``, the one nearest to ``start``..``end``."""
    if not words.observances:
        return ""
    found: list[tuple[int, str]] = []
    for match in re.finditer(rf"(?<![\w-])(?:{words.observances})(?![\w-])", text):
        first, last = _name_bounds(text, match.start(), match.end(), words)
        name = tidy(text[first:last])
        name = words.one("observance_strip").sub("", name)
        proper = len(name.split()) > 1
        if proper and words.observance_lead:
            led = re.search(rf"\b(?:{words.observance_lead})\b", name) is not None
            proper = led or len(name.split()) > _LEAST // 2
        if proper:
            distance = max(0, start - last) if last <= start else max(0, first - end)
            found.append((distance, name))
    return min(found)[1] if found else ""


def noun_phrase(text: str, match: re.Match[str], words: TitlePatterns) -> str:
    """Return the words before a common noun of a meeting that belong to it, with it: "open informal consultations"."""
    if not words.phrase_stops:
        return ""
    first = match.start()
    for token in reversed(list(_TOKEN.finditer(text, max(0, first - 60), first))):
        if token[0].lower() in words.phrase_stops or token[0][-1] in ",;.:)" or token[0][0].isdigit():
            break
        first = token.start()
    return tidy(text[first : match.end()])


def noun_theme(text: str, match: re.Match[str], words: TitlePatterns) -> str:
    """Return what a meeting of a common noun is on: "colloquium on secured transactions"."""
    link = re.match(r"\s+(?:on|of|sur|sobre)\s", text[match.end() :])
    return theme_at(text[match.end() + link.end() :], words) if link else ""
