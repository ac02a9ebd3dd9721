"""Names of actors, bodies and places in six languages, and the forms that sentences need."""

import pytest

from app.i18n.names import Name, name_of, slugs, translate_place
from app.model import LANGUAGES


@pytest.mark.parametrize(
    ("slug", "language", "name"),
    [
        (
            "general-assembly",
            "en",
            Name("General Assembly", "of the General Assembly", "to the General Assembly", inflected=True),
        ),
        ("a-new-panel", "en", Name("a new panel", "of the a new panel", "to the a new panel", inflected=True)),
        ("a-new-panel", "zh", Name("a new panel", "a new panel", "a new panel", inflected=False)),
    ],
)
def test_name_of_has_its_forms(slug: str, language: str, name: Name) -> None:
    assert name_of(slug, language) == name


def test_names_in_six_languages_are_six() -> None:
    assert len({name_of("general-assembly", language).name for language in LANGUAGES}) == 6


def test_translate_place_takes_name_or_slug() -> None:
    assert translate_place("New York", "zh") == translate_place("new-york", "zh") == "纽约"
    assert translate_place("Nowhere at all", "zh") == "Nowhere at all"


def test_slugs_are_those_with_names() -> None:
    assert {"general-assembly", "secretary-general"} < set(slugs())
    assert len(slugs()) == len(set(slugs()))
