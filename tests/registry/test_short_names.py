"""Short names: what texts name, and what each language prints."""

import pytest

from app.model import LANGUAGES
from app.registry.short_names import find_names, has_name, printed_name, short_name


@pytest.mark.parametrize(
    ("text", "language", "slugs"),
    [
        ("Decides to extend the mandate of UNIFIL in Lebanon", "en", ["unifil", "lebanon"]),
        ("the United Nations Interim Force in Lebanon", "en", ["unifil"]),
        ("Décide de proroger le mandat de la FINUL au Liban", "fr", ["unifil", "lebanon"]),
        ("постановляет продлить мандат ВСООНЛ", "ru", ["unifil"]),
        ("决定延长联黎部队的任务期限", "zh", ["unifil"]),
        ("South Sudan and the Sudan", "en", ["south-sudan", "sudan"]),
        ("Sudanese refugees", "en", []),
        ("the convention on the rights of the child", "en", ["rights-of-the-child-convention"]),
        ("Cote d'Ivoire", "en", ["cote-divoire"]),
    ],
)
def test_find_names_gives_the_longest_in_order(text: str, language: str, slugs: list[str]) -> None:
    assert [mention.name.slug for mention in find_names(text, language)] == slugs


def test_printed_name_falls_back_to_english() -> None:
    assert printed_name("untmis", "fr") == "UNTMIS"
    assert not has_name("untmis", "fr")


def test_short_name_gives_the_place_of_a_mission() -> None:
    name = short_name("minusca")
    assert name is not None
    assert name.place == "central-african-republic"
    assert [printed_name(name.place, language) for language in LANGUAGES] == [
        "جمهورية أفريقيا الوسطى",
        "Central African Republic",
        "República Centroafricana",
        "République centrafricaine",
        "Центральноафриканская Республика",
        "中非共和国",
    ]


def test_every_place_of_a_mission_is_in_the_table() -> None:
    for slug in ("unifil", "undof", "minurso", "monusco", "unisfa", "unmik", "unowas"):
        name = short_name(slug)
        assert name is not None
        assert name.place is not None
        assert short_name(name.place) is not None
