"""Lexicon files: six of them, refused with file and path where they do not follow their form."""

from pathlib import Path

import pytest

from app.errors import LexiconError, UnknownLanguage
from app.languages import languages, lexicon, raw
from app.timex import tag

TOY = """\
language: xx
months: {1: [unomoon], 2: [dosmoon]}
ordinals: {words: {1: [firsto], 2: [secondo]}, digits: "[0-9]{1,3}o"}
cardinals: {words: {1: [uno], 2: [dos]}, digits: "[0-9]{1,3}"}
tables:
  unit: {D: [dayo], M: [moono]}
words:
  day: "[0-9]{1,2}"
  year: "(?:19|20)[0-9]{2}"
modifiers:
  before: {by: [" til"]}
rules:
  - id: date.day
    pattern: "{day:d} {month:m} {year:y}"
    value: "{y}-{m}-{d}"
    examples: {"til 3 dosmoon 2031": [2031-02-03]}
  - id: session
    pattern: "{ordinal:n} sesso"
    value: "session:{n}"
    examples: {"secondo sesso": ["session:2"]}
  - id: duration
    pattern: "{number:n} {unit:u}"
    value: "P{n}{u}"
    examples: {"dos moono": [P2M]}
"""


def written(folder: Path, text: str, language: str = "xx") -> Path:
    (folder / language).mkdir(exist_ok=True)
    (folder / language / "profile.yaml").write_text(text, encoding="utf-8")
    return folder


def test_six_languages() -> None:
    assert languages() == ("ar", "en", "es", "fr", "ru", "zh")
    assert [raw(language)["language"] for language in languages()] == list(languages())
    assert [len(lexicon(language).tables["month"]) for language in languages()] == [12] * 6


def test_loader_reads_a_seventh_language_folder(tmp_path: Path) -> None:
    folder = written(tmp_path, TOY)
    found = tag("Bla til 3 dosmoon 2031, secondo sesso, dos moono.", "xx", folder)
    assert [(x.text, x.value, x.modifier) for x in found] == [
        ("3 dosmoon 2031", "2031-02-03", "by"),
        ("secondo sesso", "session:2", ""),
        ("dos moono", "P2M", ""),
    ]


def test_an_unknown_language() -> None:
    with pytest.raises(UnknownLanguage) as caught:
        raw("tlh")
    assert caught.value.line() == "unknown language 'tlh': language: use one of ar, en, es, fr, ru, zh"


def test_a_path_is_no_language() -> None:
    with pytest.raises(UnknownLanguage):
        raw("../lexicon/en")


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ("{day:d} {mnth:m}", "unknown class {mnth}"),
        ("{day:d} (", "is no regular expression"),
    ],
)
def test_a_pattern_that_cannot_be_compiled(tmp_path: Path, wrong: str, what: str) -> None:
    folder = written(tmp_path, TOY.replace("{day:d} {month:m} {year:y}", wrong))
    with pytest.raises(LexiconError) as caught:
        tag("3 dosmoon 2031", "xx", folder)
    assert caught.value.what == what
    assert caught.value.where.startswith(str(tmp_path / "xx"))
