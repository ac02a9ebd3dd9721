"""Short names of missions, panels, instruments and places in six languages, and where a text names them."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final, cast

import re2

from app.errors import LexiconError
from app.yaml_document import load_yaml

GROUPS: Final = ("missions", "panels", "bodies", "instruments", "places")
"""The tables, one file each in ``app/registry/names``."""

_FALLBACK: Final = "en"
_CASELESS: Final = "instruments"
_EVEN: Final = str.maketrans({"'": "’", "‑": "-", "–": "-", "\n": " ", "\u00a0": " "})
"""Signs that texts write in several ways, each by one sign, so that offsets stay."""
_ARABIC_PREFIXES: Final = frozenset("وبلفك")
"""Letters that Arabic joins to the front of a name: and, in, to, so, as."""


@dataclass(frozen=True, slots=True)
class ShortName:
    """An entry of a table: ``forms`` by language, the printed one first, ``place`` a slug."""

    slug: str
    group: str
    forms: Mapping[str, tuple[str, ...]]
    place: str | None = None


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name in a text; ``start`` and ``end`` (exclusive) are offsets."""

    start: int
    end: int
    name: ShortName


@functools.cache
def _table() -> Mapping[str, ShortName]:
    names: dict[str, ShortName] = {}
    for group in GROUPS:
        file = resources.files("app.registry").joinpath("names", f"{group}.yaml")
        loaded = load_yaml(file.read_bytes(), str(file), LexiconError)
        if not isinstance(loaded, dict):
            raise LexiconError("not a mapping of names", where=str(file), hint="see names/README.md")
        for slug, entry in cast("dict[str, dict[str, str]]", loaded).items():
            forms = {
                language: tuple(form.strip() for form in text.split(" | "))
                for language, text in entry.items()
                if language != "in"
            }
            names[slug] = ShortName(slug, group, forms, entry.get("in"))
    return names


def short_name(slug: str) -> ShortName | None:
    """Return the entry of ``slug``, or None.

    >>> short_name("unifil").place
    'lebanon'
    """
    return _table().get(slug)


def printed_name(slug: str, language: str) -> str:
    """Return the form of ``slug`` that ``language`` prints, the English one where it has none.

    >>> printed_name("unifil", "fr"), printed_name("lebanon", "ru")
    ('FINUL', 'Ливан')
    """
    name = _table().get(slug)
    if name is None:
        return slug.replace("-", " ")
    forms = name.forms.get(language) or name.forms.get(_FALLBACK) or (slug,)
    return forms[0]


def has_name(slug: str, language: str) -> bool:
    """Return whether the table gives ``slug`` in ``language`` itself.

    >>> has_name("unifil", "zh"), has_name("untmis", "zh")
    (True, False)
    """
    name = _table().get(slug)
    return name is not None and language in name.forms


@functools.cache
def _patterns(language: str) -> tuple[tuple[Any, Mapping[str, ShortName]], ...]:
    """Return the patterns of a language, cased and caseless, each with the names by form."""
    out = []
    for caseless in (False, True):
        by_form: dict[str, ShortName] = {}
        for name in _table().values():
            if (name.group == _CASELESS) is not caseless:
                continue
            for form in (*name.forms.get(language, ()), *(name.forms.get(_FALLBACK, ()))):
                even = form.translate(_EVEN)
                by_form.setdefault(even.casefold() if caseless else even, name)
        options = re2.Options()
        options.longest_match = True
        options.never_capture = True
        options.case_sensitive = not caseless
        options.max_mem = 1 << 27  # the default refuses a thousand names
        joined = "|".join(re2.escape(form) for form in by_form)
        out.append((re2.compile(joined, options), by_form))
    return tuple(out)


def find_names(text: str, language: str) -> list[NameMention]:
    """Return the names in ``text``, in order; of overlapping ones the longest.

    >>> [mention.name.slug for mention in find_names("the mandate of UNIFIL in Lebanon", "en")]
    ['unifil', 'lebanon']
    """
    return list(_find_names(text, language))


@functools.lru_cache(maxsize=512)  # the title stage asks for the same subjects and names many times in one text
def _find_names(text: str, language: str) -> tuple[NameMention, ...]:
    even = text.translate(_EVEN)
    found: list[NameMention] = []
    for pattern, by_form in _patterns(language):
        for start, end in _matches(pattern, even):
            words = even[start:end]
            name = by_form.get(words) or by_form.get(words.casefold())
            if name is not None and _stands_alone(even, start, end):
                found.append(NameMention(start, end, name))
    found.sort(key=lambda mention: (mention.start - mention.end, mention.start))
    kept: list[NameMention] = []
    taken = bytearray(len(even))  # by character: comparing with every name kept is quadratic
    for mention in found:
        if not any(taken[mention.start : mention.end]):
            taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
            kept.append(mention)
    return tuple(sorted(kept, key=lambda mention: mention.start))


def _matches(pattern: Any, text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in pattern.finditer(text))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no letter goes on before or after; scripts without blanks have no such edge."""
    if "\u3400" <= text[start] <= "\u9fff":
        return True
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if before in _ARABIC_PREFIXES and (start < 2 or not text[start - 2].isalnum()):
        before = " "
    return not (before.isalnum() and text[start].isalnum()) and not (after.isalnum() and text[end - 1].isalnum())
