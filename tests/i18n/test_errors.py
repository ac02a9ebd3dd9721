import ast
import re
from pathlib import Path

import pytest

from app.errors import NotFound
from app.i18n import say_error, say_fault
from app.i18n.errors import SENTENCES, _patterns

ROOT = Path(__file__).parents[2]
RAISED = {
    "AmendmentError",
    "Conflict",
    "DocumentError",
    "Gone",
    "Moved",
    "NotAllowed",
    "NotFound",
    "NotSignedIn",
    "PortInUse",
    "ScheduleError",
    "StoreError",
    "SymbolError",
    "TooLarge",
    "TooMany",
    "UnknownLanguage",
    "UnknownParameter",
    "UsageError",
}
# Errors in the files of the house itself are for those who build it, and stay English.
BUILDERS = {"languages", "almanac", "timex", "obligations", "i18n"}


def raised() -> list[tuple[str, str]]:
    """Every literal sentence that an error is raised with, a letter in the place of each slot."""
    found = []
    for path in sorted((ROOT / "app").rglob("*.py")):
        if path.relative_to(ROOT / "app").parts[0] in BUILDERS or path.name == "words.py":
            continue
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(call, ast.Call) or getattr(call.func, "id", "") not in RAISED:
                continue
            for said in [*call.args[:1], *(word.value for word in call.keywords if word.arg == "hint")]:
                if isinstance(said, ast.Constant):
                    found.append((path.name, str(said.value)))
                elif isinstance(said, ast.JoinedStr):
                    parts = [str(part.value) if isinstance(part, ast.Constant) else "x" for part in said.values]
                    found.append((path.name, "".join(parts)))
    return found


def test_every_error_that_is_raised_has_its_sentence() -> None:
    missing = [
        (name, words)
        for name, words in raised()
        if re.search("[a-z]{3}", words) and not any(pattern.fullmatch(words) for _, pattern in _patterns())
    ]
    assert missing == []


def test_no_sentence_stands_twice() -> None:
    bare = [re.sub(r"\{\w+\}", "{}", sentence) for sentence in SENTENCES]
    assert sorted(bare) == sorted(set(bare))


def test_english_and_words_that_fit_no_sentence_stay_as_they_were_raised() -> None:
    assert say_fault("unknown language 'xx'", "en") == "unknown language 'xx'"
    assert say_fault("words that fit no sentence", "fr") == "words that fit no sentence"


@pytest.mark.parametrize("language", ["ar", "es", "fr", "ru", "zh"])
def test_an_error_is_said_in_each_language_with_its_facts(language: str) -> None:
    what, hint = say_error(NotFound("no event 'A-1'", where="address", hint="try again"), language)
    assert "'A-1'" in what
    assert what != "no event 'A-1'"
    assert hint != "try again"
