"""The document's own symbol: written on a line of its head, or made of the number that heads its text."""

from __future__ import annotations

import re
from typing import Final

from app.documents.vocabulary import Vocabulary
from app.errors import SymbolError
from app.model import Symbol
from app.model.symbols import numeral, parse_symbol

_SYMBOL: Final = re.compile(
    r"(?<![\w/(])(?:[A-Z]{1,5}(?:/[A-Z0-9][A-Za-z0-9.*-]{0,24}){1,7}(?:\s?\([0-9A-Z-]{1,9}\))?(?: [A-Z](?![\w/]))?"
    r"|(?:BC|RC|SC|MC)-[0-9]{1,2}/[0-9]{1,3}|[0-9]{1,3}/(?:CP|CMP|CMA)\.[0-9]{1,3})(?![\w/])"
)
"""What may be a document's symbol: letters and figures parted by slashes, no bracket before it."""
_SPACED_SLASH: Final = re.compile(r"(?<=^.) ?/ ?(?=[A-Z])|(?<= [ASE]) /(?=[A-Z])")
"""A blank that a scan put before the slash of a symbol: "S /RES"."""
_LINES: Final = 40
"""The head of a document has no more lines."""
_PROSE: Final = 120
"""A line so long is prose: the head is over."""
_SERIES: Final = {
    "general-assembly": "A/{kind}/{label}",
    "security-council": "S/{kind}/{label}",
    "human-rights-council": "A/HRC/{kind}/{label}",
    "economic-and-social-council": "E/{kind}/{label}",
    "united-nations-environment-assembly": "UNEP/EA.{session}/{kind}.{number}",
    "united-nations-habitat-assembly": "HSP/HA.{session}/{kind}.{number}",
}
"""How a body makes a symbol of the number of a text (Dag Hammarskjöld Library, document series symbols)."""
_OF_YEAR: Final = re.compile(r"[0-9]{1,4}\s{0,3}\((?:19|20)[0-9]{2}\)")
_HAN: Final = {one: n for n, one in enumerate("一二三四五六七八九十", 1)}
_TREATY: Final = re.compile(r"[0-9]{1,3}/(?:CP|CMP|CMA)\.[0-9]{1,3}")


def own_symbol(head: str, vocabulary: Vocabulary) -> Symbol | None:
    """Return the symbol on a line of its own in ``head``; None if no line has one.

    ``head`` is the text above the instrument. Beside the symbol the line may hold the name of the organization or
    body, the distribution and a date, nothing else: a symbol amid other words is a citation.
    """
    lines = [_SPACED_SLASH.sub("/", line.strip(" \t\r\f#")) for line in head.split("\n") if line.strip()][:_LINES]
    for line in lines:
        if len(line) > _PROSE:
            return None
        for match in _SYMBOL.finditer(line):
            rest = vocabulary.dated.sub(" ", f"{line[: match.start()]} \n {line[match.end() :]}")
            if any(part.strip() and not _is_furniture(part.strip(), vocabulary) for part in rest.split("\n")):
                continue
            try:
                return parse_symbol(match[0].rstrip("*"))
            except SymbolError:
                continue
    return None


def _is_furniture(words: str, vocabulary: Vocabulary) -> bool:
    return (
        vocabulary.organization.fullmatch(words) is not None
        or vocabulary.furniture.fullmatch(words) is not None
        or re.fullmatch(r"[*|.\s-]{1,9}", words) is not None
    )


def same_instrument(label: str, symbol: Symbol) -> bool:
    """Return whether ``label``, the number that heads a text, is that of ``symbol``.

    >>> same_instrument("2/25", parse_symbol("UNEP/EA.2/RES.25"))
    True
    """
    bare, text = _bare(label), _bare(symbol.text)
    if text.endswith(bare) and not text[: -len(bare)][-1:].isdigit():
        return True
    session, slash, number = label.partition("/")
    series = rf"\.{re.escape(session)}/(?:Res|Dec)\.{re.escape(number)}\Z"
    return bool(slash) and re.search(series, symbol.text, re.IGNORECASE) is not None


def _bare(words: str) -> str:
    return "".join(c for c in words.upper() if c.isalnum())


def symbol_of_label(label: str, body: str, *, decision: bool = False) -> Symbol | None:
    """Return the symbol of ``label`` in the series of ``body``; None without a known series."""
    if _TREATY.fullmatch(label):
        return parse_symbol(label)
    # Only the Security Council numbers its resolutions through, with the year in brackets.
    series = _SERIES.get(body or ("security-council" if _OF_YEAR.fullmatch(label) else ""))
    if series is None:
        return None
    session, _, number = label.partition("/")
    text = series.format(kind="DEC" if decision else "RES", label=_roman_session(label), session=session, number=number)
    try:
        return parse_symbol(text)
    except SymbolError:
        return None


def _roman_session(label: str) -> str:
    """Return a label with a session in Chinese figures in Roman ones: 2199(六十二) is 2199(LXII)."""
    match = re.fullmatch(r"([0-9]{1,4})\s{0,3}[(（](特|紧特|緊特)?([一二三四五六七八九十]{1,3})[)）]", label)
    if not match:
        return label
    special = "" if not match[2] else "S-" if match[2] == "特" else "ES-"
    tens, _, ones = match[3].rpartition("十")
    value = (_HAN.get(tens, 1) * 10 if "十" in match[3] else 0) + (_HAN.get(ones, 0))
    return f"{match[1]}({special}{numeral(value).upper()})"
