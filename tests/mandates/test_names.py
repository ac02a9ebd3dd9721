"""Names of missions and countries in a text."""

from collections import Counter

import pytest

from app.mandates.names import (
    acronyms_of,
    countries_of,
    country_name,
    learn_acronyms,
    most_common,
    organ_countries,
)
from app.mandates.vocabulary import mandate_vocabulary


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "to establish the United Nations Observer Mission in Ruritania (UNOMR), headed by",
            {"UNOMR": "United Nations Observer Mission in Ruritania"},
        ),
        ("the African Union Mission in Graustark (AMIGRA)", {"AMIGRA": "African Union Mission in Graustark"}),
        ("the recommendations of the Financial Action Task Force (FATF)", {}),
        ("the United Nations Children’s Fund (UNICEF)", {}),
        ("the Mission (hereafter UNOMR)", {}),
    ],
)
def test_learn_acronyms_takes_missions_alone(text: str, found: dict[str, str]) -> None:
    assert learn_acronyms(text) == found


def test_acronyms_of_counts_four_capitals_or_more() -> None:
    assert acronyms_of("UNOMR, UNOMR-X is none; the UN and DRC are too short") == Counter({"UNOMR": 1})


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("in South Sudan, the Sudan and South Sudan", "en", {"SS": 2, "SD": 1}),
        ("the Democratic Republic of the Congo", "en", {"CD": 1}),
        ("the Democratic People’s Republic of Korea", "en", {"KP": 1}),
        ("la situation au Liban et en Libye", "fr", {"LB": 1, "LY": 1}),
        ("黎巴嫩局势", "zh", {"LB": 1}),
    ],
)
def test_countries_of_prefers_the_longest_name(text: str, language: str, found: dict[str, int]) -> None:
    assert countries_of(text, language) == Counter(found)


def test_country_name_speaks_six_languages() -> None:
    assert [country_name("LB", language) for language in ("ar", "en", "es", "fr", "ru", "zh")] == [
        "لبنان",
        "Lebanon",
        "Líbano",
        "Liban",
        "Ливан",
        "黎巴嫩",
    ]


def test_most_common_breaks_ties_by_the_alphabet() -> None:
    assert most_common(Counter({"B": 2, "A": 2, "C": 1})) == "A"
    assert most_common(Counter()) is None


def test_organ_countries_leave_out_an_organ_with_two() -> None:
    organs = mandate_vocabulary("en").organs
    texts = ["the Panel of Experts on Somalia, and the Monitoring Group on Eritrea", "the Panel of Experts"]
    assert organ_countries(texts, organs, "en") == {"panel-of-experts": "SO", "monitoring-group": "ER"}
    two = [*texts, "the Panel of Experts on Libya"]
    assert organ_countries(two, organs, "en") == {"monitoring-group": "ER"}
