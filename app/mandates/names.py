"""Names of missions and panels in a text: acronyms with the long names that introduce them, and countries."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from babel import Locale

from app.registry.short_names import find_names

_ACRONYM: Final = re.compile(r"(?<![\w-])([A-Z][A-Z]{3,9}(?:-[A-Z]{2,3})?|[А-Я]{4,10})(?![\w-])")
"""An acronym of at least four capitals: the missions' have four or more; UN, AU, DRC and SG have not."""
_INTRODUCED: Final = re.compile(
    r"\s?[(（](?:the\s|la\s|le\s)?[“\"«]?(?P<short>[A-Z]{4,10}(?:-[A-Z]{2,3})?|[А-Я]{4,10})[”\"»]?[)）]"
)
"""An acronym in parentheses."""
_LONG: Final = re.compile(r"(?<!\w)\w[^\n;:()（）\[\]]{8,120}\Z")
"""The long name before it."""
_LONGEST: Final = 122
"""Characters that are looked at for a long name, one more than it may have: whether a word begins there."""
_HEAD: Final = re.compile(
    r"United Nations|African Union|European Union|Multinational|Mission des|Force intérimaire|Bureau des|Misión de|"
    r"Fuerza|Мисси|Сил[ыа]|联合国|بعثة|قوة",
)
MISSION_NOUN: Final = re.compile(
    r"\b(?:mission|force|office|operation|team|bureau|opération|misión|fuerza|oficina|operación|équipe|equipo)\b|"
    r"мисси|сил[ыа]|отделени|операци|特派团|部队|办事处|特派任务|援助团|观察员|بعثة|قوة|مكتب|عملية",
    re.IGNORECASE,
)
_FULL_NAME: Final = 40
"""Characters after the noun of an organ in which its full name gives the country."""
_OWN_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "CD": ("Democratic Republic of the Congo", "DRC"),
    "CG": ("Republic of the Congo",),
    "KP": ("Democratic People's Republic of Korea", "DPRK"),
    "IR": ("Islamic Republic of Iran", "Iran (Islamic Republic of)"),
    "SY": ("Syrian Arab Republic",),
    "LY": ("Libyan Arab Jamahiriya",),
    "CI": ("Côte d'Ivoire",),
    "BA": ("Bosnia and Herzegovina",),
    "EH": ("Western Sahara",),
    "PS": ("Palestine",),
    "MK": ("former Yugoslav Republic of Macedonia",),
    "TL": ("Timor-Leste", "East Timor"),
}
"""English names that the Unicode territory names do not have. Source: UNTERM country names."""


def acronyms_of(text: str) -> Counter[str]:
    """Count the acronyms of ``text``.

    >>> acronyms_of("UNIFIL and UNIFIL, not the UN")
    Counter({'UNIFIL': 2})
    """
    return Counter(match[1] for match in _ACRONYM.finditer(text))


def missions_in(text: str, language: str, learned: Mapping[str, str]) -> list[tuple[int, str]]:
    """Return the missions that ``text`` names, in order, each with its offset.

    A mission is the slug of the table of short names, or an acronym of ``learned`` in lower case.

    >>> missions_in("the mandate of UNIFIL", "en", {})
    [(15, 'unifil')]
    """
    found = [(item.start, item.name.slug) for item in find_names(text, language) if item.name.group == "missions"]
    taken = {start for start, _ in found}
    found += [
        (match.start(), match[1].lower())
        for match in _ACRONYM.finditer(text)
        if match[1] in learned and match.start() not in taken
    ]
    return sorted(found)


def learn_acronyms(text: str) -> dict[str, str]:
    """Return the acronyms of missions that ``text`` introduces, each with its long name.

    >>> learn_acronyms("to establish a United Nations Support Mission in Libya (UNSMIL), under")
    {'UNSMIL': 'United Nations Support Mission in Libya'}
    """
    found: dict[str, str] = {}
    for match in _INTRODUCED.finditer(text):
        before = _LONG.search(text[max(0, match.start() - _LONGEST) : match.start()])
        if before is None:
            continue
        name = " ".join(before[0].split())
        heads = list(_HEAD.finditer(name))
        # The name begins at the last head that leaves a word for what it is: "the United Nations … Mission in …".
        for head in heads:
            long = name[head.start() :]
            if MISSION_NOUN.search(long):
                found.setdefault(match["short"], long)
                break
    return found


@functools.cache
def _countries(language: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    codes: dict[str, str] = {}
    for code, name in Locale(language).territories.items():
        if len(code) == 2 and code.isalpha() and code not in {"EU", "EZ", "UN", "ZZ"}:
            codes[name.casefold()] = code
    if language == "en":
        for code, names in _OWN_NAMES.items():
            codes.update((name.casefold(), code) for name in names)
    ordered = sorted(codes, key=len, reverse=True)
    joined = "|".join(re.escape(name).replace("'", "['’]") for name in ordered)
    boundary = "" if language == "zh" else r"(?!\w)"
    start = "" if language in {"zh", "ar"} else r"(?<!\w)"
    return re.compile(f"{start}(?:{joined}){boundary}", re.IGNORECASE), codes


def countries_of(text: str, language: str) -> Counter[str]:
    """Count the countries that ``text`` names, by ISO 3166 code; the longest name wins.

    >>> countries_of("in South Sudan and in the Sudan; South Sudan", "en")
    Counter({'SS': 2, 'SD': 1})
    """
    pattern, codes = _countries(language)
    return Counter(codes[match[0].replace("’", "'").casefold()] for match in pattern.finditer(text))


def organ_countries(
    texts: Sequence[str], organs: Sequence[tuple[str, re.Pattern[str]]], language: str
) -> dict[str, str]:
    """Return the country in the full name of each organ, by its slug.

    An organ that is given several is left out. ``organs`` are slugs with patterns of the organs' nouns.

    >>> organs = [("panel-of-experts", re.compile("Panel of Experts"))]
    >>> organ_countries(["the Panel of Experts on Somalia, assisted", "the Panel of Experts"], organs, "en")
    {'panel-of-experts': 'SO'}
    """
    found: dict[str, set[str]] = {}
    for text in texts:
        for organ, pattern in organs:
            for match in pattern.finditer(text):
                name = text[match.end() : match.end() + _FULL_NAME].partition(",")[0]
                found.setdefault(organ, set()).update(countries_of(name, language))
    return {organ: countries.pop() for organ, countries in found.items() if len(countries) == 1}


def country_name(code: str, language: str) -> str:
    """Return the name of the country with the ISO 3166 ``code`` in ``language``.

    >>> country_name("LY", "fr")
    'Libye'
    """
    return str(Locale(language).territories.get(code, code))


@functools.cache
def place_of_country(code: str) -> str:
    """Return the slug of a country, given by ISO 3166 code; empty if it has no short name.

    >>> place_of_country("LB")
    'lebanon'
    """
    names = find_names(country_name(code, "en"), "en") if code else []
    return names[0].name.slug if len(names) == 1 and names[0].name.group == "places" else ""


def most_common(counts: Counter[str], among: Iterable[str] | None = None) -> str | None:
    """Return the most frequent key; None if there is no key.

    Of equally frequent keys the first in the alphabet counts. ``among`` restricts the keys.

    >>> most_common(Counter({"unifil": 2, "minusma": 2, "unmiss": 1}))
    'minusma'
    """
    allowed = set(counts if among is None else among)
    ranked = sorted(((-count, key) for key, count in counts.items() if key in allowed))
    return ranked[0][1] if ranked else None
