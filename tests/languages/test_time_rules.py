"""The rules of time of a language: typed, and refused where a file does not follow its form."""

from pathlib import Path

import pytest

from app.errors import LexiconError
from app.languages import lexicon

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


@pytest.mark.parametrize(
    ("text", "what", "where"),
    [
        ("language: [", "invalid YAML (did not find expected node content)", ":2"),
        ("- 1", "is no mapping", ""),
        (TOY + "colours: {}\n", "unknown section 'colours'", ""),
        ("language: yy\n", "language is not the file's name", ": language"),
        (TOY.replace('    value: "session', '    valu: "session'), "unknown key 'valu'", ": rules[1] (session).valu"),
        (TOY.replace("  - id: session\n", "  - name: session\n"), "unknown key 'name'", ": rules[1] (no id).name"),
        (TOY.replace("{words: {1: [uno]", "{words: {one: [uno]"), "'one' is no number", ": cardinals.words"),
        (TOY + "script: {name: runes}\n", "unknown script 'runes'", ": script.name"),
        (TOY + "script: {spaced: maybe}\n", "is neither true nor false", ": script.spaced"),
    ],
)
def test_a_file_that_does_not_follow_its_form(tmp_path: Path, text: str, what: str, where: str) -> None:
    with pytest.raises(LexiconError) as caught:
        lexicon("xx", written(tmp_path, text))
    assert (caught.value.what, caught.value.where) == (what, f"{tmp_path / 'xx/profile.yaml'}{where}")
