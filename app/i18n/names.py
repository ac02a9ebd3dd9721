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
    """The name that goes by ``slug`` in ``language``; a slug without a name is said in English words."""
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


def say_place(place: str, language: str) -> str:
    """A place, given by its English name or its slug, as ``language`` names it; one without a name as it was given."""
    slug = "-".join(place.lower().split())
    return name_of(slug, language).name if slug in _names() else place


def slugs() -> tuple[str, ...]:
    """The slugs that have names, in the order of the file."""
    return tuple(_names())
