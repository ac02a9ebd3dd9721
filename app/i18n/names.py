"""Official names of actors, bodies and places in six languages, and the forms that sentences need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.i18n.profile import profile
from app.registry import registry


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands alone, as an author (``of``) and as an addressee (``to``).

    ``inflected`` is False where the language's forms for author and addressee are not known: a sentence then puts
    the bare name after a colon or an arrow instead of guessing a case.
    """

    name: str
    of: str
    to: str
    inflected: bool


@cache
def _names() -> Mapping[str, Mapping[str, str]]:
    return {entity.slug: entity.names for entity in registry().entities() if entity.names}


@cache
def name_of(slug: str, language: str) -> Name:
    """Return the name of ``slug`` in ``language``, else in English, else its words."""
    entry = _names().get(slug, {})
    if language in entry:
        forms = [form.strip() for form in entry[language].split("|")]
        if len(forms) == 3:
            return Name(forms[0], forms[1], forms[2], inflected=True)
        name = forms[0]
        chosen = profile(language)
        if chosen.name_of and chosen.name_to:
            return Name(name, chosen.name_of.format(name=name), chosen.name_to.format(name=name), inflected=True)
        return Name(name, name, name, inflected=False)
    words = entry.get("en", "").split("|")[0].strip() or slug.replace("-", " ")
    if language == "en":
        return Name(words, f"of the {words}", f"to the {words}", inflected=True)
    return Name(words, words, words, inflected=False)


def translate_place(place: str, language: str) -> str:
    """Return the name of a place, given by English name or slug.

    A place that the registry does not have is returned as given.
    """
    slug = "-".join(place.lower().split())
    return name_of(slug, language).name if slug in _names() else place


def slugs() -> tuple[str, ...]:
    """Return the slugs that have names, in registry order."""
    return tuple(_names())
