from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from app.documents.vocabulary import day_from, fold_name, load_vocabulary
from app.errors import LexiconError
from app.languages import FOLDER
from app.model import LANGUAGES


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("ar", "24 كانون الأول/ديسمبر 2017", date(2017, 12, 24)),
        ("en", "24 December 2017", date(2017, 12, 24)),
        ("es", "1 de mayo de 2018", date(2018, 5, 1)),
        ("fr", "1 er août 2018", date(2018, 8, 1)),
        ("ru", "1 мая 2018 года", date(2018, 5, 1)),
        ("zh", "2017 年 12 月 24 日", date(2017, 12, 24)),
        ("zh", "2017年1月2日", date(2017, 1, 2)),
        ("en", "31 February 2017", None),
    ],
)
def test_a_date_in_words_is_a_day(language: str, text: str, day: date | None) -> None:
    vocabulary = load_vocabulary(language)
    match = vocabulary.dated.search(text)
    assert match is not None
    assert vocabulary.day_of(match) == day


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_names_the_four_bodies(language: str) -> None:
    assert set(load_vocabulary(language).bodies.values()) >= {
        "general-assembly",
        "security-council",
        "human-rights-council",
        "economic-and-social-council",
    }


def test_accents_case_and_spaces_do_not_part_names() -> None:
    assert fold_name("L'Assemblée  générale ,") == fold_name("l'ASSEMBLEE GENERALE") == "l assemblee generale"


def test_a_day_that_is_none() -> None:
    assert day_from(2018, 2, 29) is None


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("  annex:", "  anex:", "document"),
        ("  letters: 'abcdefghijklmnopqrstuvwxyz'", "  letters: [a]", "document.letters"),
        ("  report: [", "  report: ['(', ", "document"),
    ],
)
def test_a_lexicon_with_a_typo_is_refused_with_its_path(tmp_path: Path, old: str, new: str, where: str) -> None:
    text = (FOLDER / "en/documents.yaml").read_text(encoding="utf-8")
    assert old in text
    copytree(FOLDER / "en", tmp_path / "en")
    (tmp_path / "en/documents.yaml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        load_vocabulary("en", tmp_path)
    assert caught.value.where == f"{tmp_path / 'en/documents.yaml'}: {where}"
