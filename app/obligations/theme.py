"""Find themes in clauses: words after "on", objects of verbs, goals of targets, proper names."""

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
_LOOSE_TAIL: Final = re.compile(
    r"\s(?:of|to|for|and|or|in|on|with|from|by|at|as|the|an?|de|du|des|la|le|les|à|et|ou|en|sur|pour|del|el|los|las|y|a"
    r"|con|para|и|в|на|о|по|с)$",
    re.I,
)
"""A word after which something is missing: "benefits of, and challenges to"."""
_STATEMENT: Final = re.compile(r"\b(?:was|were|has|have|had|can|could|may|might|ont|peut|peuvent)\b")
"""Verbs of a sentence: what holds one is no goal."""
_JOINED: Final = re.compile(r"(?:or|and|but|ou|et|mais|y|o)\b", re.I)
"""A conjunction: what begins with it is a piece of a sentence."""
_UNLED: Final = re.compile(
    r"(?:in|with|through|by|including|as|of|which|that|on|at|for|from|under|avec|en|par|dans|sur)\s", re.I
)
"""Words with which no goal begins."""
_VERB_FORM: Final = re.compile(r"\s(?:need|needs|ought|has|have|had|is|are|was|were|continue|continues)$")
_STOPS: Final = re.compile(r"[,;:،؛，；：。]|\.\s")
_ARTICLE: Final = re.compile(r"(?:the|an?|its|le|la|les|un|une|el|los|las)\s|l[’']", re.I)
_OBJECT_AFTER: Final = re.compile(r"[^,;]{0,80},\s+(?P<what>[^,;.]{4,100})")
"""The object of a verb behind a time in commas."""
_YEAR_END: Final = re.compile(r"\s(?:in|by|on|before|en|d’ici)\s[^\s]*\d[^,]*$")
"""A preposition and a number: a date or year at the end of an object."""
_THAT: Final = re.compile(r"(?:that|que|qu[’'])\s*")
_TOKEN: Final = re.compile(r"[^\s]+")
_BOUNDARY: Final = re.compile(r"[;:]|,\s(?=(?:and|or|including|with|as|which|that|in|on)\b)|\.\s")


def segment(text: str, start: int, end: int, words: TitlePatterns) -> tuple[int, int]:
    """Return the bounds of the clause around ``start`` to ``end`` under one operative verb.

    >>> from app.languages.title_patterns import title_patterns
    >>> text = "Notes the lamps, and requests the keepers to report"
    >>> first, last = segment(text, 45, 51, title_patterns("en"))
    >>> text[first:last]
    'requests the keepers to report'
    """
    verbs = _starts(words.one("operative"), text)
    before, after = bisect_right(verbs, start), bisect_right(verbs, end)
    return verbs[before - 1] if before else 0, verbs[after] if after < len(verbs) else len(text)


@functools.lru_cache(maxsize=16)  # each item of a paragraph asks
def _starts(pattern: re.Pattern[str], text: str) -> tuple[int, ...]:
    """Return where the matches of ``pattern`` begin in ``text``."""
    return tuple(match.start() for match in pattern.finditer(text))


def theme_after(text: str, words: TitlePatterns, introducer: str = "theme") -> str:
    """Return the first theme that words of ``text`` introduce, else an empty string.

    A theme names something: words that only refer back do not count.

    >>> from app.languages.title_patterns import title_patterns
    >>> theme_after("to submit a report on the keeping of lamps by May", title_patterns("en"))
    'keeping of lamps'
    """
    for match in list(words.one(introducer).finditer(text))[:_TRIES]:
        if found := theme_at(text[match.end() :], words):
            return found
    return ""


def theme_at(text: str, words: TitlePatterns) -> str:
    """Return the theme that ``text`` begins with, else an empty string.

    Words that only refer back are left out.

    >>> from app.languages.title_patterns import title_patterns
    >>> theme_at("the progress made in the keeping of lamps, and to report", title_patterns("en"))
    'keeping of lamps'
    >>> theme_at("the implementation of the present resolution", title_patterns("en"))
    ''
    """
    phrase = text.lstrip(' ,“"«„').lstrip()
    stop = words.one("stop").search(phrase, 1)
    phrase = phrase[: min(stop.start() if stop else len(phrase), _LONGEST)]
    for _ in range(_TRIES):
        if is_empty(phrase, words):
            return ""
        before = phrase
        for lead in words.theme_lead:
            cut = lead.match(phrase)
            if (
                cut
                and cut.end()
                and (cut.end() == len(phrase) or not phrase[cut.end() - 1].isalnum() or phrase[cut.end()].isspace())
            ):
                phrase = phrase[cut.end() :].lstrip()
        if phrase == before:
            break
    phrase = tidy(phrase)
    return "" if len(phrase) < _LEAST or is_empty(phrase, words) or _LOOSE_TAIL.search(phrase) else phrase


def tidy(text: str) -> str:
    """Return words on one line without marks and footnotes at their ends.

    >>> tidy("the  keeping of lamps12")
    'the keeping of lamps'
    """
    phrase = " ".join(text.split()).strip('“”"«»„ ')
    phrase = re.sub(r"(?<=[a-zé])\d{1,2}$", "", phrase)
    return _LOOSE.sub("", phrase)


def goal_before(text: str, at: int, words: TitlePatterns) -> str:
    """Return the goal that stands before a year at ``at``.

    >>> from app.languages.title_patterns import title_patterns
    >>> text = "Urges States to end the drowning of sailors by 2040"
    >>> goal_before(text, text.index("2040"), title_patterns("en"))
    'end the drowning of sailors'
    """
    before = words.one("by_year").sub("", text[:at])
    nouns = list(words.one("goal_noun").finditer(before))
    if nouns and not words.one("infinitive").search(before, nouns[-1].end()):
        return tidy(nouns[-1]["what"])
    cuts = [match.end() for match in words.one("infinitive").finditer(before) if len(before) - match.end() >= _LEAST]
    boundary = max((match.end() for match in _BOUNDARY.finditer(before)), default=0)
    start = cuts[-1] if cuts else boundary
    phrase = tidy(before[start:])
    if len(phrase) < _LEAST or len(phrase) > 2 * _LONGEST or (" " not in phrase and phrase[:1] < "\u3400"):
        phrase = tidy(before[boundary:])
    phrase = _LOOSE_TAIL.sub("", phrase)
    if _STATEMENT.search(phrase) or _UNLED.match(phrase) or len(phrase) > 2 * _LONGEST:
        return ""
    return phrase


def goal_after(text: str, at: int) -> str:
    """Return the goal that follows a year at ``at``, else an empty string.

    >>> text = "and, by 2040, end the drowning of sailors;"
    >>> goal_after(text, text.index("2040"))
    'end the drowning of sailors'
    """
    if not re.search(r",\s+(?:[\w’]+\s+){1,3}$", text[max(0, at - 24) : at]):
        return ""
    match = re.match(r"\d{4}\s*,\s+(?P<what>[a-z][^,;.]{6,120})", text[at:])
    return tidy(match["what"]) if match else ""


def asked_phrase(text: str, at: int, words: TitlePatterns) -> str:
    """Return what is asked to be done by the time at ``at``, else an empty string.

    It is an infinitive with its object, or a passive.

    >>> from app.languages.title_patterns import title_patterns
    >>> text = "Requests the keepers to designate a focal point by 1 May"
    >>> asked_phrase(text, text.index("by 1"), title_patterns("en"))
    'designate a focal point'
    """
    before = text[:at]
    passive = None
    for match in words.one("passive").finditer(before):
        passive = match
    infinitives = [match for match in words.one("infinitive").finditer(before) if before[match.start()] in "tTdàp"]
    if passive and (not infinitives or infinitives[-1].start() < passive.end()):
        thing = re.split(r"\b(?:and|which|that|who|et|qui|que)\b", passive["what"])[-1]
        thing = _VERB_FORM.sub("", tidy(thing))
        return tidy(f"{tidy(thing)} to be {passive['verb']}")[:_PHRASE] if len(tidy(thing)) >= _LEAST else ""
    for match in reversed(infinitives):
        rest = before[match.end() :] if match.end() < len(before) else ""
        phrase = tidy(re.split(r"[,;:]", rest)[0])
        bare = words.one("phrase_end").sub("", phrase)
        if _RELATIVE.search(bare) or _JOINED.match(bare):
            continue
        if bare and " " not in bare and rest[len(bare) :].lstrip().startswith(","):
            between = _OBJECT_AFTER.match(rest[len(bare) :].lstrip(" ,"))
            if later := between or _OBJECT_AFTER.match(text, at):  # "to conclude, within 30 days, an agreement"
                thing = words.one("time_lead").sub("", _YEAR_END.sub("", later["what"]))
                return f"{bare} {tidy(thing)}"
        elif len(bare) >= 2 * _LEAST and " " in bare:
            return _with_noun(bare, phrase, text[at:])
    return ""


def _with_noun(bare: str, phrase: str, after: str) -> str:
    """Return a phrase with the noun that a time at its end belongs to: "the 1 May elections"."""
    noun = re.match(r"(?:\s[\w’-]+){1,6}?(?=\s(?:in|by|for|to|on|at|of|and|with)\s|[,;.]|$)", after)
    return tidy(phrase + noun[0]) if bare == phrase and noun and phrase[-1].isdigit() else bare


def words_before(text: str, at: int, words: TitlePatterns) -> str:
    """Return the words that a time which ends at ``at`` belongs to, else an empty string.

    They are what shall be done, a gerund, or the words back to the next stop.

    >>> from app.languages.title_patterns import title_patterns
    >>> text = "Iran will increase the number of lamps within nine months"
    >>> words_before(text, len(text), title_patterns("en"))
    'increase the number of lamps'
    """
    before = words.one("time_lead").sub("", text[:at])
    for name in ("modal", "gerund"):
        for match in reversed(list(words.one(name).finditer(before))):
            phrase = words.one("phrase_end").sub("", tidy(_STOPS.split(match["what"])[0]))
            if " " in phrase and not is_empty(phrase, words):
                return _LOOSE_TAIL.sub("", phrase)
    phrase = goal_before(before, len(before), words)
    phrase = _LOOSE_TAIL.sub("", words.one("phrase_end").sub("", phrase))
    if decided := words.one("operative").match(phrase):
        phrase = _THAT.sub("", phrase[decided.end() :].lstrip())
    phrase = _ARTICLE.sub("", phrase, count=1) if _ARTICLE.match(phrase) else phrase
    if len(phrase) < 2 * _LEAST or words.one("operative").match(phrase) or is_empty(phrase, words):
        return ""
    return phrase if len(phrase) <= _LONGEST else ""


def asked_after(text: str, at: int, words: TitlePatterns) -> str:
    """Return what the last request before ``at`` asks for, else an empty string.

    >>> from app.languages.title_patterns import title_patterns
    >>> text = "Requests the keepers to light the lamps, and to report by May"
    >>> asked_after(text, text.index("by May"), title_patterns("en"))
    'light the lamps'
    """
    asked = [match for match in words.one("asked").finditer(text) if match.end() <= at]
    if not asked:
        return ""
    after = words.one("stop").split(text[asked[-1].end() :].strip(), maxsplit=1)[0] if words.single.get("stop") else ""
    phrase = tidy(_STOPS.split(after or text[asked[-1].end() :])[0])
    phrase = _LOOSE_TAIL.sub("", words.one("phrase_end").sub("", phrase))
    return phrase if _LEAST < len(phrase) <= _LONGEST and not words.one("submits").match(phrase) else ""


def proper_name(text: str, start: int, end: int, words: TitlePatterns) -> str:
    """Return the proper name of a meeting that is nearest to ``start``..``end``.

    ``end`` is exclusive; the result is empty where no meeting is named.

    >>> from app.languages.title_patterns import title_patterns
    >>> proper_name("Decides to convene the World Conference on Lamps in 2040", 48, 56, title_patterns("en"))
    'World Conference on Lamps'
    """
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
    """Return where a name begins and ends (exclusive) around its head noun.

    It has capitalized words, and links between them.
    """
    first = start
    for token in reversed(list(_TOKEN.finditer(text, max(0, start - 90), start))):
        word = token[0].strip('“"«(')
        if word in ("for", "on") and _between_names(text, token.start(), first):
            continue
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


def _between_names(text: str, start: int, first: int) -> bool:
    """Return whether a link at ``start`` joins two capitalized words."""
    before = text[:start].rsplit(maxsplit=1)[-1:]
    return text[first : first + 1].isupper() and bool(before) and before[0][:1].isupper() and before[0][-1:].isalpha()


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
    """Return the name of a day, week, year or decade nearest to ``start``..``end``.

    ``end`` is exclusive; the result is empty where none is named.

    >>> from app.languages.title_patterns import title_patterns
    >>> observance_name("Proclaims 4 May International Day of Lamps", 10, 15, title_patterns("en"))
    'International Day of Lamps'
    """
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
    """Return a common noun of a meeting with the words before it that belong to it.

    >>> import re
    >>> from app.languages.title_patterns import title_patterns
    >>> text = "to hold open informal consultations on lamps"
    >>> noun_phrase(text, re.search("consultations", text), title_patterns("en"))
    'open informal consultations'
    """
    if not words.phrase_stops:
        return ""
    first = match.start()
    for token in reversed(list(_TOKEN.finditer(text, max(0, first - 60), first))):
        if token[0] in ("and", "et") and _between_names(text, token.start(), first):
            continue
        if token[0].lower() in words.phrase_stops or token[0][-1] in ",;.:)" or token[0][0].isdigit():
            break
        first = token.start()
    return tidy(text[first : match.end()])


def noun_theme(text: str, match: re.Match[str], words: TitlePatterns) -> str:
    """Return what a meeting of a common noun is on, else an empty string.

    >>> import re
    >>> from app.languages.title_patterns import title_patterns
    >>> text = "a colloquium on secured transactions in May"
    >>> noun_theme(text, re.search("colloquium", text), title_patterns("en"))
    'secured transactions'
    """
    link = re.match(r"\s+(?:on|of|sur|sobre)\s", text[match.end() :])
    return theme_at(text[match.end() + link.end() :], words) if link else ""
