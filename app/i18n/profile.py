"""How a language writes dates, ordinals, names and lists, from ``labels.yaml`` of its folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from app.errors import LexiconError
from app.yaml_document import Node


@dataclass(frozen=True, slots=True)
class LanguageProfile:
    """The writing conventions of one language.

    A key that its ``labels.yaml`` leaves out has the default given here.
    Date patterns are those of CLDR (https://unicode.org/reports/tr35/tr35-dates.html), in the locale ``locale``.
    app/languages/README.md explains every key.
    """

    language: str
    name: str
    locale: str = "en_GB"
    direction: str = "ltr"
    day: str = "d MMMM y"
    month: str = "LLLL y"
    month_name: str = "LLLL"
    yearly: str = "d MMMM"
    short_day: str = "d MMM y"
    first_day: str = ""
    months: tuple[str, ...] = ()
    same_month: str = "{first}–{last}"
    complete: str = "last"
    dash: str = "–"
    edge: str = "below"
    edge_month: str = "MMMM y"
    edge_month_alone: str = "MMMM"
    edge_figures: str = "{figures}"
    short_months: str = "letters"
    day_article: str = ""
    colon: str = ": "
    title_colon: str = ": "
    semicolon: str = "; "
    comma: str = ", "
    name_of: str = ""
    name_to: str = ""
    ordinals: Mapping[str, str] = field(default_factory=dict)
    kind_letters: Mapping[str, str] = field(default_factory=dict)

    def ordinal(self, number: int) -> str:
        """Return ``number`` as an ordinal in digits: 73 is "73rd" in English.

        The longest key of ``ordinals`` that ends the number decides; "=1" is for the whole number 1.
        """
        text = str(number)
        keys = sorted((key for key in self.ordinals if key.isdigit() and text.endswith(key)), key=len)
        pattern = self.ordinals.get(f"={text}") or self.ordinals.get(keys[-1] if keys else "other", "{number}")
        return pattern.format(number=number)


_TEXTS = tuple(
    name for name in LanguageProfile.__slots__ if name not in ("language", "months", "ordinals", "kind_letters")
)


@cache
def profile(language: str) -> LanguageProfile:
    """Return the profile of ``language``; defaults where its folder has no labels.

    Raises LexiconError.
    """
    file = resources.files("app.languages").joinpath(language, "labels.yaml")
    if not file.is_file():
        return LanguageProfile(language, name=language)
    return read_profile(language, file.read_text("utf-8"), str(file))


def read_profile(language: str, text: str, file: str) -> LanguageProfile:
    """Return the profile that the YAML ``text`` of ``file`` describes.

    Raises LexiconError, which names the line and the key.
    """
    keys = Node.parse(text, file, LexiconError).mapping((*_TEXTS, "months", "ordinals", "kind_letters"))
    texts = {name: keys[name].text() for name in _TEXTS if name in keys}
    maps = {
        name: {key: value.text() for key, value in keys[name].mapping().items()}
        for name in ("ordinals", "kind_letters")
        if name in keys
    }
    months = tuple(item.text() for item in keys["months"].items()) if "months" in keys else ()
    if months and len(months) != 12:
        raise keys["months"].fail(f"expected 12 months, got {len(months)}", "list January to December")
    return LanguageProfile(
        language,
        name=texts.pop("name", language),
        months=months,
        ordinals=maps.get("ordinals", {}),
        kind_letters=maps.get("kind_letters", {}),
        **texts,
    )


def is_right_to_left(language: str) -> bool:
    """Return whether ``language`` is written from right to left."""
    return profile(language).direction == "rtl"
