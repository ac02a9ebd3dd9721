"""Shorten the words of titles: abbreviations, cuts of additions, of the middle and of the end."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from app.i18n.direction import close_isolates
from app.i18n.title_acts import title_words

LEAST_SUBJECT: Final = 28
"""Characters that a subject keeps before the act is shortened."""
LEAST_ACT: Final = 12
"""Characters that an act keeps."""
_ELLIPSIS: Final = "…"
_BRACKETED: Final = re.compile(r"\s*[(（][^()（）]*[)）]")
_ADDITION: Final = re.compile(r"\s*(?:[:;，；：،؛]|,(?=\s)|\s[–—]\s)")
_LIST: Final = re.compile(
    r",\s(?!including|as |which|with|in |on |by |through|such)(?:[^\s,;]+\s){1,4}?(?:and|or|et|ou|y|o|e|и|или)\s", re.I
)
"""A comma between the parts of a list: "norms, rules and principles"."""
_OTHER: Final = re.compile(r"\s(?:other|and|or|autres|et|ou|y|o)\s[^\s,]+\Z")
_LAST_OF_LIST: Final = re.compile(r",\s(?:[^\s,;]+\s*){1,3}\Z")
_ANCHORED: Final = re.compile(
    r"\s((?:in|of|for|on|from|between|against|en|de|du|des|del|au|aux|à|sur|para|в|на|о|для)\s"
    r"(?:(?:the|la|le|les|el|los|las)\s)?(?:l’|d’)?(?=[A-ZÀ-ÞА-Я]))"
)
"""A preposition before a proper noun: an end that reads well after an ellipsis."""
_LOOSE_END: Final = re.compile(
    r"(?:\s+(?:in|of|on|at|by|to|for|the|a|an|and|with|from|its|as|or|that|into|through"
    r"|de|du|des|la|le|les|à|en|sur|et|par|pour|au|aux|del|el|los|las|y|sobre|para|con|por|и|в|о|по|на|с|к))+\Z",
    re.I,
)
_LOOSE_START: Final = re.compile(
    r"(?:(?:of|and|the|in|on|to|for|de|du|des|et|la|le|les|y|el|los|las|del|и|в)\s+)+", re.I
)
_HEAD_SHARE: Final = 0.5
"""Share of the width that the words before an ellipsis take."""
_END_SHARE: Final = 0.6
"""Share of the width that a proper noun at the end takes at most."""
_GENITIVES: Final = ("of ", "de ", "du ", "des ", "del ")
"""Prepositions that belong to the noun before them."""
_KEPT: Final = 0.4
"""Least share of the width that a subject fills once its last additions are left out."""
_PROPER: Final = re.compile(r"\s(?!UN\b)[^\W\d_]*[A-ZÀ-ÞА-Я]")
"""A proper noun within the words that would be left out."""


def capitalize(text: str) -> str:
    """Return ``text`` with a capital first letter, after marks of quotation.

    >>> capitalize("“lamps” at sea")
    '“Lamps” at sea'
    """
    for at, sign in enumerate(text[:4]):
        if sign.isalpha():
            return text[:at] + sign.upper() + text[at + 1 :]
    return text


def shorten(text: str, width: int, language: str, *, cut: bool = True) -> str:
    """Return ``text`` within ``width`` characters: abbreviated, trimmed, or cut in its middle.

    Without ``cut`` the result is empty where only a cut would make it fit.

    >>> shorten("United Nations Interim Force", 20, "en")
    'UN Interim Force'
    """
    return _balanced(text, width, language, lambda length: _shorten(text, length, language, cut=cut))


def _balanced(text: str, width: int, language: str, cut: Callable[[int], str]) -> str:
    """Return ``cut(width)`` of ``text`` with isolates and quotation marks closed.

    ``cut`` returns a part of ``text`` of at most so many characters; the closing marks count too.
    """
    opening, closing = (mark.strip() for mark in title_words(language).quotes)
    paired = text.count(opening) == text.count(closing)

    def closed(part: str) -> str:
        part = close_isolates(part)
        return part + closing * (part.count(opening) - part.count(closing)) if paired else part

    part = closed(cut(width))
    return part if len(part) <= width else closed(cut(max(0, width - (len(part) - width))))


def _shorten(text: str, width: int, language: str, *, cut: bool) -> str:
    if len(text) <= width:
        return text
    for long, brief in title_words(language).short:
        text = text.replace(long, brief)
        if len(text) <= width:
            return text
    bare = _BRACKETED.sub("", text).strip()
    if bare and len(bare) <= width:
        return bare
    words = title_words(language)
    for head in words.heads:
        if (found := head.match(bare)) and len(bare) - found.end() >= LEAST_SUBJECT // 2:
            rest = bare[found.end() :]
            if _LOOSE_START.match(rest):
                continue
            bare = capitalize(rest)
            if len(bare) <= width:
                return bare
    shorter = _without_end(bare, width, words.tails)
    if shorter:
        return shorter
    return cut_middle(bare, width) if cut else ""


def _without_end(text: str, width: int, tails: re.Pattern[str]) -> str:
    """Return ``text`` without its last additions.

    Empty where a proper noun or too much of the text would be lost.
    """
    cuts = set(_cuts(text, tails))
    for at in sorted(cuts, reverse=True):
        end = text[at:].strip(" ,;:–—")
        if at > width:
            continue
        if at < max(LEAST_SUBJECT // 2, int(width * _KEPT)):
            break
        kept = _LOOSE_END.sub("", text[:at]).rstrip(" ,;:–—")
        return kept if not _PROPER.search(end) else ""
    return ""


def _cuts(text: str, tails: re.Pattern[str]) -> list[int]:
    """Return where additions to ``text`` begin, without the inner parts of lists."""
    found = (match.start() for match in (*_ADDITION.finditer(text), *tails.finditer(text)))
    return [at for at in found if not (_LAST_OF_LIST.search(text, 0, at) or _splits_adjectives(text, at))]


def _splits_adjectives(text: str, at: int) -> bool:
    """Return whether a cut would leave an adjective without its noun."""
    return _LIST.match(text, at) is not None and _OTHER.search(text, 0, at) is not None


def cut_end(text: str, width: int, language: str) -> str:
    """Return ``text`` abbreviated, and cut at its end where it is still too long.

    >>> cut_end("Conference for the Peaceful Settlement of the Question of Palestine and Peace", 70, "en")
    'Conference for the Peaceful Settlement of the Question of Palestine'
    """
    return _balanced(text, width, language, lambda length: _cut_end(text, length, language))


def _cut_end(text: str, width: int, language: str) -> str:
    for long, brief in title_words(language).short:
        if len(text) > width:
            text = text.replace(long, brief)
    words = title_words(language)
    for head in words.heads:
        if len(text) > width and (found := head.match(text)) and len(text) - found.end() >= LEAST_SUBJECT:
            text = capitalize(text[found.end() :])
    if len(text) <= width or " " not in text:
        return text
    ends = [at for at in _cuts(text, words.tails) if width // 2 < at <= width]
    if ends:
        return _LOOSE_END.sub("", text[: max(ends)]).rstrip(" ,;:–-")
    cut = text[: width - 1].rpartition(" ")[0]
    return _LOOSE_END.sub("", cut).rstrip(" ,;:–-") + f" {_ELLIPSIS}"[: width - len(cut)]


def _proper_end(text: str, width: int) -> str:
    """Return the last proper noun of ``text`` with its preposition, else an empty string."""
    anchors = [match for match in _ANCHORED.finditer(text) if len(text) - match.start(1) <= width]
    if not anchors:
        return ""
    at = anchors[0].start(1)
    words = text[:at].split(" ")[:-1]
    if words and (words[-1][:1].isupper() or anchors[0][1].lower().startswith(_GENITIVES)):
        while words and (at - len(words[-1]) - 1 >= len(text) - width) and words[-1][-1:] not in ",;:":
            last = words.pop()
            at -= len(last) + 1
            if not (words and (words[-1][:1].isupper() or last[:1].isupper())):
                break
    return text[at:]


def cut_middle(text: str, width: int) -> str:
    """Return ``text`` cut in its middle, between words, to at most ``width`` characters.

    A proper noun at the end stays with its preposition, and the words before fill what is left.

    >>> cut_middle("Assistance to States for curbing the illicit traffic in small arms", 40)
    'Assistance … traffic in small arms'
    >>> cut_middle("Penitentiary system, security and justice: cooperation in Honduras", 40)
    'Penitentiary system … in Honduras'
    """
    if len(text) <= width:
        return text
    if width < 8:  # no word and an ellipsis fit
        return text[: max(0, width)]
    if " " not in text.strip():
        first = (width - 1) // 2
        return text[:first] + _ELLIPSIS + text[len(text) - (width - 1 - first) :]
    if ending := _proper_end(text, int(width * _END_SHARE)):
        opening = text[: width - len(ending) - len(_ELLIPSIS) - 1].rpartition(" ")[0]
        opening = _LOOSE_END.sub("", opening).rstrip(" ,;:–-")
        if len(opening) >= LEAST_ACT:
            return f"{opening} {_ELLIPSIS} {ending}"
    left = int((width - len(_ELLIPSIS) - 2) * _HEAD_SHARE)
    opening = text[: left + 1].rpartition(" ")[0] or text[:left]
    opening = _LOOSE_END.sub("", opening).rstrip(" ,;:–-")
    rest = width - len(opening) - len(_ELLIPSIS) - 2
    start = text.find(" ", len(text) - rest - 1)
    ending = text[start + 1 :] if start >= 0 else text[len(text) - rest :]
    loose = _LOOSE_START.match(ending)
    return f"{opening} {_ELLIPSIS} {ending[loose.end() :] if loose else ending}"
