"""Identity of a mandate: who or what an item is about, from its name, the organ and country, or the cited paragraphs.

A generic noun ("the Panel of Experts", "the measures") identifies nothing by itself: it needs a country or the
resolution that it comes from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, cast, get_args

from app.i18n import gettext, gettext_noop
from app.mandates.citations import find_citations
from app.mandates.names import (
    MISSION_NOUN,
    countries_of,
    country_name,
    learn_acronyms,
    missions_in,
    most_common,
    organ_countries,
)
from app.mandates.vocabulary import MandateVocabulary, mandate_vocabulary
from app.model import Event, Kind, Paragraph, Resolution
from app.registry.short_names import printed_name, short_name

KeyKind = Literal["name", "organ", "paragraph", "resolution", "likely"]
Subject = Literal["mission", "organ", "measures", "authorizations"]

_SPLIT: Final = re.compile(r"[;；。؛]|(?<=[a-zа-я])\.(?=\s)")
"""Ends of a clause within a paragraph: words about one object end there, and so do those
before another operative verb."""


_LABELS: Final[Mapping[str, str]] = {
    "mission": gettext_noop("mission"),
    "organ": gettext_noop("subsidiary body"),
    "measures": gettext_noop("measures"),
    "authorizations": gettext_noop("authorizations"),
}
_LEAST_FIELDS: Final = 3
"""Subject, country and one key."""
_NEAR: Final = 90
"""Characters around a citation in which a mission is taken to be the one that it is about: a clause's length."""


class Key(NamedTuple):
    """A key by which mandates are linked.

    ``value`` is the slug of a mission, ``organ:COUNTRY``, ``2140:21`` (a paragraph) or ``2140`` (a resolution).
    """

    kind: KeyKind
    value: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose mandate an item is: keys, the strongest first, and what a title needs.

    ``organ`` is the slug of a generic organ, ``country`` an ISO 3166 code, ``cited`` the first cited resolution with
    its paragraphs (``("2140", ("11", "15"))``), ``renamed`` former acronyms that the text replaces.
    """

    subject: Subject
    keys: tuple[Key, ...]
    acronym: str = ""
    name: str = ""
    organ: str = ""
    country: str = ""
    cited: tuple[str, tuple[str, ...]] | None = None
    renamed: tuple[str, ...] = ()
    weight: int = 0
    """0 where the clause speaks of the mandate itself, 1 where it does not say so, 2 where it dates a part of it
    (a withdrawal, a ceiling)."""


@dataclass(frozen=True, slots=True)
class _Text:
    """The whole text as identities need it: which acronyms and countries it is mostly about."""

    vocabulary: MandateVocabulary
    language: str
    acronyms: Mapping[str, str]
    counts: Counter[str]
    country: str
    origins: Mapping[str, str]
    """The mission that a cited resolution established or authorized according to the text, by its number."""
    renames: tuple[tuple[str, str], ...]
    """New acronyms, each with the old one that it takes the place of."""
    organs: Mapping[str, str]


def _overview(resolution: Resolution, acronyms: Mapping[str, str]) -> _Text:
    language = resolution.language
    operative = "\n".join(paragraph.reading.text for paragraph in resolution.operative)
    whole = "\n".join([resolution.title, *(item.reading.text for item in resolution.preamble), operative])
    known = {**learn_acronyms(whole), **acronyms}
    counts = Counter(slug for _, slug in missions_in(operative, language, known))
    titled = most_common(countries_of(resolution.title, language))
    country = titled or most_common(countries_of(whole, language)) or ""
    vocabulary = mandate_vocabulary(language)
    paragraphs = [item.reading.text for item in (*resolution.preamble, *resolution.operative)]
    origins = _origins(paragraphs, vocabulary, language, known)
    renames = tuple(_renames(resolution, vocabulary, known))
    organs = organ_countries(paragraphs, vocabulary.organs, language)
    return _Text(vocabulary, language, known, counts, country, origins, renames, organs)


def _origins(
    paragraphs: Sequence[str], vocabulary: MandateVocabulary, language: str, known: Mapping[str, str]
) -> dict[str, str]:
    """Return the mission that a cited resolution established or authorized, by its number."""
    counts: dict[str, Counter[str]] = {}
    for words in paragraphs:
        for match in vocabulary.citation.finditer(words):
            near = words[max(0, match.start() - _NEAR) : match.end() + _NEAR]
            named = {slug for _, slug in missions_in(near, language, known)}
            if len(named) == 1 and vocabulary.whole.search(near):
                counts.setdefault(match["number"], Counter()).update(named)
    return {number: found for number, names in counts.items() if (found := most_common(names))}


def _renames(
    resolution: Resolution, vocabulary: MandateVocabulary, known: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    for paragraph in resolution.operative:
        words = paragraph.reading.text
        for match in vocabulary.renamed.finditer(words):
            old = [slug for _, slug in missions_in(words[: match.start()], resolution.language, known)]
            after = missions_in(words[match.end() :], resolution.language, known)
            new = [slug for _, slug in after if slug not in old]
            if old and new:
                yield new[0], old[0]


def identify(resolution: Resolution, events: Sequence[Event], acronyms: Mapping[str, str]) -> dict[str, Identity]:
    """Return the identity of every mandate among ``events``, by UID.

    A mandate that nothing identifies is left out.
    ``acronyms`` are acronyms of missions with their long names, learned from a corpus or known beforehand.
    """
    text = _overview(resolution, acronyms)
    found: dict[str, Identity] = {}
    for event in events:
        if event.kind is not Kind.MANDATE or resolution.language not in event.span:
            continue
        paragraph = _paragraph_of(resolution, event)
        if paragraph is None:
            continue
        start = event.span[resolution.language].start
        identity = _identity(resolution, paragraph, start, text)
        if identity is not None:
            found[event.uid] = identity
    return found


def _paragraph_of(resolution: Resolution, event: Event) -> Paragraph | None:
    at = event.span[resolution.language].start
    inside = [item for item in resolution.operative if item.span.start <= at < item.span.end]
    return inside[-1] if inside else None


def _chapeau(resolution: Resolution, paragraph: Paragraph) -> str:
    """Return the text that introduces a lettered sub-paragraph; empty for any other paragraph."""
    if not paragraph.letters:
        return ""
    for other in resolution.operative:
        if (other.section, other.number) == (paragraph.section, paragraph.number) and not other.letters:
            return other.reading.text
    return ""


class _Mention(NamedTuple):
    """What the clause of an item, and the words around it, name."""

    clause: str
    cited: Sequence[tuple[str, tuple[str, ...]]]
    """Numbers of resolutions, each with paragraphs."""
    organ: str
    acronym: str
    measures: Literal["measures", "authorizations"] | None
    country: str
    likely: str
    """The mission of which the text speaks most; empty where the clause has no noun of missions."""


def _mention(resolution: Resolution, paragraph: Paragraph, at: int, text: _Text) -> _Mention:
    words = paragraph.reading.text
    place = _offset(paragraph, at)
    clause, before = _clause(words, place, text.vocabulary), words[:place]
    chapeau = _chapeau(resolution, paragraph)
    cited = find_citations(clause, text.vocabulary.citation) or find_citations(chapeau, text.vocabulary.citation)
    organ = _organ(clause, text.vocabulary)
    acronym = (
        _successor(words, text)
        or _acronym(clause, text)
        or ("" if organ else _acronym(before, text) or _acronym(chapeau, text))
    )
    measures = _measures(clause, text.vocabulary)
    organ = "" if organ == "committee" and measures else organ
    origin = next((text.origins[number] for number, _ in cited if number in text.origins), "")
    return _Mention(
        clause=clause,
        cited=cited,
        organ=organ,
        acronym=acronym or ("" if organ else origin),
        measures=measures,
        country=_country(clause, chapeau, text, organ),
        likely=(most_common(text.counts) or "") if MISSION_NOUN.search(clause) else "",
    )


def _identity(resolution: Resolution, paragraph: Paragraph, at: int, text: _Text) -> Identity | None:
    """Return the identity of the mandate at offset ``at`` of the stored text, if any."""
    named = _mention(resolution, paragraph, at, text)
    renamed = tuple(old for new, old in text.renames if new == named.acronym)
    classified = _subject_and_keys(named, renamed)
    if classified is None:
        return None
    subject, acronym, keys = classified
    own = resolution.symbol.text if resolution.symbol else ""
    if paragraph.number:
        keys.append(Key("paragraph", f"{_number(own)}:{paragraph.number}"))
    return Identity(
        subject,
        tuple(keys),
        acronym,
        text.acronyms.get(acronym, ""),
        named.organ,
        named.country,
        named.cited[0] if named.cited else None,
        renamed,
        weight=_weight(named.clause, text.vocabulary),
    )


def _subject_and_keys(named: _Mention, renamed: Sequence[str]) -> tuple[Subject, str, list[Key]] | None:
    """Return subject, acronym of the mission (or empty) and keys of a mandate."""
    acronym, likely = named.acronym, named.likely
    if acronym and not (named.organ and named.organ != "investigative-team"):
        return "mission", acronym, [Key("name", acronym), *(Key("name", name) for name in renamed)]
    if named.organ:
        keys = [Key("organ", f"{named.organ}:{named.country}")] if named.country else []
        return "organ", acronym, keys + _paragraph_keys(named.cited)
    keys = _paragraph_keys(named.cited) or _resolution_keys(named.cited)
    if named.measures:
        if named.measures == "authorizations" and likely:
            return "authorizations", likely, [*keys, Key("likely", likely)]
        return named.measures, acronym, keys
    if not keys and not likely:
        return None
    keys += [Key("likely" if keys else "name", likely)] if likely else []
    return ("authorizations" if named.cited else "mission"), likely, keys


def _weight(clause: str, vocabulary: MandateVocabulary) -> int:
    if vocabulary.whole.search(clause):
        return 0
    return 2 if vocabulary.partial.search(clause) else 1


def _successor(words: str, text: _Text) -> str:
    """Return the acronym that replaces another, as in "to replace ATMIS with … (AUSSOM)"."""
    match = text.vocabulary.replaced.search(words)
    after = missions_in(words[match.end() :], text.language, text.acronyms) if match else []
    named = list(dict.fromkeys(slug for _, slug in after))
    return named[1] if len(named) > 1 else ""


def _offset(paragraph: Paragraph, at: int) -> int:
    """Return the offset in the paragraph's reading of the offset ``at`` in the stored text."""
    low, high = 0, len(paragraph.reading.text)
    while low < high:
        middle = (low + high) // 2
        if paragraph.reading.span(middle, middle + 1).start < at:
            low = middle + 1
        else:
            high = middle
    return low


def _clause(words: str, place: int, vocabulary: MandateVocabulary) -> str:
    verbs = [match.start() for match in vocabulary.verbs.finditer(words)]
    borders = sorted([*(match.end() for match in _SPLIT.finditer(words)), *verbs])
    start = max((border for border in borders if border <= place), default=0)
    end = next((border for border in borders if border > place), len(words))
    return words[start:end]


def _acronym(words: str, text: _Text) -> str:
    named = missions_in(words, text.language, text.acronyms)
    return named[0][1] if named else ""


def _organ(words: str, vocabulary: MandateVocabulary) -> str:
    found = [(match.start(), slug) for slug, pattern in vocabulary.organs if (match := pattern.search(words))]
    # A committee is named beside the panel that assists it: the panel is what has the mandate.
    strong = [item for item in found if item[1] != "committee"]
    return min(strong or found)[1] if found else ""


def _measures(words: str, vocabulary: MandateVocabulary) -> Literal["measures", "authorizations"] | None:
    found = [(match.start(), slug) for slug, pattern in vocabulary.measures if (match := pattern.search(words))]
    if not found:
        return None
    return "measures" if min(found)[1] == "measures" else "authorizations"


def _paragraph_keys(cited: Sequence[tuple[str, tuple[str, ...]]]) -> list[Key]:
    return [Key("paragraph", f"{number}:{paragraph}") for number, paragraphs in cited for paragraph in paragraphs]


def _resolution_keys(cited: Sequence[tuple[str, tuple[str, ...]]]) -> list[Key]:
    return [Key("resolution", number) for number, _ in cited]


def _country(clause: str, chapeau: str, text: _Text, organ: str) -> str:
    """Return the country of a clause, of its organ's full name, or of the whole text."""
    near = most_common(countries_of(clause, text.language)) or most_common(countries_of(chapeau, text.language))
    return near or text.organs.get(organ, text.country)


def _number(symbol: str) -> str:
    match = re.match(r"S/RES/(\d{1,4})", symbol)
    return match[1] if match else symbol


def identify_modifications(
    resolution: Resolution, events: Sequence[Event], acronyms: Mapping[str, str]
) -> list[tuple[str | None, Identity]]:
    """Return the mandates that the text changes without giving them an end, by paragraph.

    A paragraph counts if it decides, names a mission or an organ with its country or origin, and speaks of its
    mandate, strength or components; not if an item of ``events`` stands in it already.
    """
    text = _overview(resolution, acronyms)
    taken = {(event.section, event.paragraph) for event in events if event.kind is Kind.MANDATE}
    out: list[tuple[str | None, Identity]] = []
    for paragraph in resolution.operative:
        words = paragraph.reading.text
        if (paragraph.section, paragraph.number) in taken or paragraph.letters:
            continue
        if not (text.vocabulary.decide.search(words) and text.vocabulary.modify.search(words)):
            continue
        organ, acronym = _organ(words, text.vocabulary), _acronym(words, text)
        cited = _paragraph_keys(find_citations(words, text.vocabulary.citation))
        if acronym:
            out.append((paragraph.number, Identity("mission", (Key("name", acronym),), acronym)))
        elif organ and organ != "committee" and cited:
            out.append((paragraph.number, Identity("organ", tuple(cited), organ=organ)))
    return out


def identity_fields(identity: Identity) -> tuple[str, ...]:
    """Return an identity as the strings that an event keeps: subject, country, then keys.

    >>> identity_fields(Identity("mission", (Key("name", "unifil"),), "unifil", country="LB"))
    ('mission', 'LB', 'name=unifil')
    """
    return (identity.subject, identity.country, *(f"{key.kind}={key.value}" for key in identity.keys))


def read_identity(fields: Sequence[str]) -> Identity | None:
    """Return the identity that ``identity_fields`` wrote; None for anything else.

    >>> read_identity(("organ", "YE", "organ=panel-of-experts:YE")).organ
    'panel-of-experts'
    """
    if len(fields) < _LEAST_FIELDS or fields[0] not in get_args(Subject):
        return None
    keys: list[Key] = []
    for field in fields[2:]:
        kind, equals, value = field.partition("=")
        if not equals or kind not in get_args(KeyKind):
            return None
        keys.append(Key(cast("KeyKind", kind), value))
    acronym = next((key.value for key in keys if key.kind in {"name", "likely"}), "")
    organ = next((key.value.partition(":")[0] for key in keys if key.kind == "organ"), "")
    return Identity(cast("Subject", fields[0]), tuple(keys), acronym, organ=organ, country=fields[1])


def mandate_subject(fields: Sequence[str], language: str) -> str:
    """Return who or what has a mandate, in ``language``; empty if unknown.

    ``fields`` are the strings that an event keeps.

    >>> mandate_subject(("mission", "LB", "name=unifil"), "fr")
    'FINUL (Liban)'
    """
    identity = read_identity(fields)
    if identity is None:
        return ""
    country = country_name(identity.country, language) if identity.country else ""
    cited = next((key.value for key in identity.keys if key.kind in {"paragraph", "resolution"}), "")
    number, _, paragraph = cited.partition(":")
    if identity.acronym:
        known = short_name(identity.acronym) is not None
        name = printed_name(identity.acronym, language) if known else identity.acronym.upper()
        return f"{name} ({country})" if country else name
    if identity.organ:
        name = printed_name(identity.organ, language)
        return f"{name} ({country or number})"
    label = gettext(_LABELS[identity.subject], language)
    origin = f"{number} ¶{paragraph}" if paragraph else number
    return f"{country}: {label} ({origin})" if country else f"{label} ({origin})"
