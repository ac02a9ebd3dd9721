"""Document symbols of resolutions, decisions and statements: reading them and writing them as the organization does.

Series as in the United Nations Editorial Manual and the Dag Hammarskjöld Library's list of document series symbols.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import PurePosixPath

from app.errors import SymbolError, message
from app.model import LANGUAGES, Symbol

GENERAL_ASSEMBLY = "general-assembly"
SECURITY_COUNCIL = "security-council"
HUMAN_RIGHTS_COUNCIL = "human-rights-council"
ECONOMIC_AND_SOCIAL_COUNCIL = "economic-and-social-council"

HINT = message(
    "write it as A/RES/72/251, A/DEC/72/553, S/RES/2334 (2016), S/PRST/2023/1, E/RES/2017/4 or A/HRC/RES/54/27"
)

_BODIES = {
    "A": GENERAL_ASSEMBLY,
    "A/HRC": HUMAN_RIGHTS_COUNCIL,
    "E": ECONOMIC_AND_SOCIAL_COUNCIL,
    "S": SECURITY_COUNCIL,
}
_SERIES = re.compile(r"(A/HRC|A|S|E)/(RES|DEC|PRST)/(.+)", re.I)
_SPECIAL = r"(?:(ES|S)-(\d{1,2}|[IVX]{1,6}))"
_SESSIONAL = re.compile(rf"(?:{_SPECIAL}|(\d{{1,3}}))/(\d{{1,4}})(?:\s*([A-Z](?:[ /&-]+[A-Z])*))?")
_ROMAN = re.compile(r"(\d{1,4}) ?\((?:(ES|S)-)?([IVXLC]{1,8})\)(?: ?([A-Z](?:[ /&-]+[A-Z])*))?")
_DATED = re.compile(r"(\d{1,4})(?: ?\((\d{4})\)|/(\d{4}))")
_YEARLY = re.compile(r"(\d{4})/(\d{1,4})(?:\s*([A-Z]))?")
# Of other bodies and of conferences of parties: Basel, Rotterdam, Stockholm, Minamata; the climate convention's.
_OTHER = re.compile(
    r"(?:UNEP|HSP|UNW|ECE|ESCAP|E/ESCAP|ECA|E/ECA|ESCWA|E/ESCWA|ECLAC|LC|TD|ID|DP|NPT|A/CONF\.\d+|A/AC\.\d+|E/CN\.\d+"
    r"|CEDAW|CCPR|CRC|CRPD|CERD|CAT|CMW|CED|E/C\.12|CBD|FCCC|ICCD|CMS|SPLOS|ISBA)/[A-Z0-9./ ()-]{1,60}"
    r"|(?:BC|RC|SC|MC)-\d{1,2}/\d{1,3}|\d{1,3}/(?:CP|CMP|CMA)\.\d{1,3}",
    re.I,
)
_PLAIN = re.compile(r"(resolution|decision)s? (\S.*)", re.I)
_WORD = re.compile(r"[A-Za-z]+")
_CORRIGENDUM = re.compile(r"[/-]Corr[.-](\d{1,2})\s*\Z")


@lru_cache(16_384)
def slug_of(symbol: str) -> str:
    """Return the slug of any document's symbol in its official writing.

    >>> slug_of("A/C.3/72/L.9")
    'A-C-3-72-L-9'
    """
    return Symbol(text=symbol, body="").slug


def roman(number: str) -> int | None:
    """Return the value of a Roman numeral in upper or lower case.

    Return None for anything not in the usual form.

    >>> roman("XIV"), roman("IIII")
    (14, None)
    """
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    digits = [values.get(letter, 0) for letter in number.lower()]
    if not digits or 0 in digits:
        return None
    total = sum(-one if one < following else one for one, following in zip(digits, [*digits[1:], 0], strict=True))
    return total if numeral(total) == number.lower() else None


def numeral(value: int) -> str:
    """Return ``value`` (1 to 399) as a lower-case Roman numeral.

    >>> numeral(14)
    'xiv'
    """
    out = ""
    for number, letters in zip(
        (100, 90, 50, 40, 10, 9, 5, 4, 1), ("c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"), strict=True
    ):
        while value >= number:
            out += letters
            value -= number
    return out


def parse_symbol(text: str) -> Symbol:
    """Return the symbol that ``text`` writes in one of the usual ways.

    Hyphens or underscores may replace the slashes. The usual ways are ``A/RES/72/251``, ``A-RES-72-251``,
    ``decision 72/553``, ``S/RES/2334(2016)``, ``A/RES/31/16 A``,
    ``A/RES/3379(XXX)``, ``A/RES/S-13/2``; symbols of other bodies keep their text and have an empty ``body``.
    A corrigendum (``A/RES/72/251/Corr.1``) is an instrument of its own. Raises SymbolError for anything else.

    >>> parse_symbol("S-RES-2334-2016").text
    'S/RES/2334 (2016)'
    """
    corrigendum = _CORRIGENDUM.search(text)
    symbol = _parse(text[: corrigendum.start()] if corrigendum else text)
    if symbol is not None and corrigendum:
        symbol = replace(symbol, text=f"{symbol.text}/Corr.{corrigendum[1]}")
    if symbol is None:
        what = message("{text} is not a symbol of a resolution, decision or statement", text=repr(text.strip()[:80]))
        raise SymbolError(what, where="symbol", hint=HINT)
    return symbol


def symbol_from_name(name: str) -> Symbol | None:
    """Return the symbol in a file's name, or None.

    >>> found = symbol_from_name("S_RES_1718(2006).pdf")
    >>> found.text if found else None
    'S/RES/1718 (2006)'
    """
    stem = PurePosixPath(name.replace("\\", "/")).name
    for suffix in (".txt", ".pdf", ".docx", ".html", ".htm", ".md", ".yaml", ".json"):
        if stem.lower().endswith(suffix):
            stem = stem[: -len(suffix)]
            break
    if stem[-3:-2] in (".", "_", "-") and stem[-2:].lower() in LANGUAGES:
        stem = stem[:-3]
    return _parse(stem) if _WORD.match(stem) and any(c in stem for c in "/-_ ") else None


def _slashed(text: str) -> str:
    """Return ``text`` with the separators of a file name turned into those of a symbol."""
    if "/" in text:
        return text
    out = re.sub(r"_+", "/", text).replace("./", ".") if "_" in text else text.replace("-", "/")
    out = re.sub(r"/(E?S)[/-](?=\d|[IVX]+\Z)", r"/\1-", out, flags=re.I)
    out = re.sub(r"(?<=/RES/)(\d{1,3}/\d{1,4})/(?=[A-Z])", r"\1 ", out, flags=re.I)
    return re.sub(r"(?<=/RES/)(\d{1,4})/((?:E?S-)?[IVXL]+)\Z", r"\1(\2)", out, flags=re.I)


def _parse(text: str) -> Symbol | None:
    raw = " ".join(text.replace("\u00a0", " ").split())
    plain = _PLAIN.fullmatch(raw)
    if plain:
        return _plain(plain[1].lower(), plain[2])
    for candidate in dict.fromkeys((raw, _slashed(raw))):
        series = _SERIES.fullmatch(candidate)
        if series:
            return _series(series[1].upper(), series[2].upper(), series[3].strip())
        if _OTHER.fullmatch(candidate) and any(c.isdigit() for c in candidate):
            return Symbol(text=candidate, body="")
    return None


def _plain(word: str, rest: str) -> Symbol | None:
    """Return the symbol of a word and a number, as ``resolution 72/251``.

    ``decision 72/553`` is the Assembly's, ``resolution 2334 (2016)`` the Council's.
    """
    kind = "RES" if word == "resolution" else "DEC"
    if _DATED.fullmatch(rest) and "(" in rest:
        return _series("S", kind, rest)
    if _YEARLY.fullmatch(rest):
        return _series("E", kind, rest)
    return _series("A", kind, rest)


def _series(body: str, kind: str, rest: str) -> Symbol | None:
    slug, rest = _BODIES[body], rest.upper()
    head = f"{body}/{kind}/"
    if body == "S":
        if kind == "PRST":
            yearly = _YEARLY.fullmatch(rest)
            return Symbol(f"{head}{yearly[1]}/{int(yearly[2])}", slug, year=int(yearly[1])) if yearly else None
        dated = _DATED.fullmatch(rest.replace("-", "/"))
        if not dated:
            return None
        year = dated[2] or dated[3]
        return Symbol(f"{head}{int(dated[1])} ({year})", slug, year=int(year))
    if body == "E":
        yearly = _YEARLY.fullmatch(rest)
        if yearly and int(yearly[1]) > 1900:
            letter = f" {yearly[3]}" if yearly[3] else ""
            return Symbol(f"{head}{yearly[1]}/{int(yearly[2])}{letter}", slug, year=int(yearly[1]))
    old = _ROMAN.fullmatch(rest)
    if old:
        session = roman(old[3])
        if session is None:
            return None
        special = old[2] or ""
        prefix = f"{special}-" if special else ""
        text = f"{head}{int(old[1])}({prefix}{old[3]}){_letters(old[4])}"
        return Symbol(text, slug, session=session, special=special)
    sessional = _SESSIONAL.fullmatch(rest)
    if not sessional or body == "E":
        return None
    special = sessional[1] or ""
    number = _session(sessional[2] or sessional[3])
    if number is None:
        return None
    prefix = f"{special}-{number}" if special else str(number)
    return Symbol(f"{head}{prefix}/{int(sessional[4])}{_letters(sessional[5])}", slug, session=number, special=special)


def _session(number: str) -> int | None:
    return int(number) if number.isdigit() else roman(number)


def _letters(found: str | None) -> str:
    return " " + "-".join(re.findall(r"[A-Z]", found)) if found else ""
