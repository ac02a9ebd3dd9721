import ast
from pathlib import Path

import pytest

from app.errors import Message, NotFound, PlenaryError, StoreError, message
from app.i18n import gettext, translate_error, translate_message, translate_payload
from app.i18n.errors import translate_line
from app.model import LANGUAGES

ROOT = Path(__file__).parents[2]
OTHERS = [language for language in LANGUAGES if language != "en"]
# Errors in shipped data files are for maintainers, and stay English.
MAINTAINERS = {"LexiconError", "AlmanacError"}


def classes(base: type[PlenaryError] = PlenaryError) -> list[type[PlenaryError]]:
    """Every error class of the tree."""
    found = [base, *(one for child in base.__subclasses__() for one in classes(child))]
    return [error for error in found if error.__module__ == "app.errors"]


def raised() -> list[tuple[str, ast.expr]]:
    """The message and the hint of every error that a reader may see, with the place of each."""
    names = {error.__name__ for error in classes()} - MAINTAINERS
    found = []
    for path in sorted((ROOT / "app").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in names:
                place = f"{path.relative_to(ROOT)}:{call.lineno}"
                hints = [word.value for word in call.keywords if word.arg == "hint"]
                found += [(place, value) for value in [*call.args[:1], *hints]]
    return found


def test_errors_raised_for_readers_use_messages() -> None:
    literal = [place for place, value in raised() if isinstance(value, ast.Constant | ast.JoinedStr)]
    assert literal == []


def test_errors_have_codes_and_titles_of_their_own() -> None:
    codes = [error.code for error in classes()]
    titles = [error.title.id for error in classes()]
    assert sorted(codes) == sorted(set(codes))
    assert sorted(titles) == sorted(set(titles))
    assert not any(error.title.params for error in classes())


@pytest.mark.parametrize("language", OTHERS)
def test_error_titles_are_translated(language: str) -> None:
    assert [error.code for error in classes() if gettext(error.title.id, language) == error.title.id] == [
        code for code in ("conflict",) if language == "fr" and gettext("Conflict", "fr") == "Conflict"
    ]


def test_message_without_translation_stays_english() -> None:
    text = message("unknown event {uid}", uid="'x'")
    assert translate_message(text, "en") == "unknown event 'x'"
    assert (
        translate_message(Message("no message of the catalogue {here}"), "fr") == "no message of the catalogue {here}"
    )
    assert translate_message(Message(""), "fr") == ""


@pytest.mark.parametrize("language", OTHERS)
def test_error_is_translated_with_its_parameters(language: str) -> None:
    error = NotFound(message("unknown event {uid}", uid="'A-1'"), where="address", hint=message("try again"))
    what, hint = translate_error(error, language)
    assert "'A-1'" in what
    assert what != "unknown event 'A-1'"
    assert hint != "try again"
    assert translate_line(error, language) == f"{what}: address: {hint}"
    assert translate_payload(error.payload(), language) == {
        "what": what, "where": "address", "hint": hint, "type": "not-found",
    }  # fmt: skip


def test_parameters_may_contain_braces() -> None:
    error = StoreError(message("the store is unavailable ({reason})", reason="near {0}"))
    assert error.what == "the store is unavailable (near {0})"
    assert "near {0}" in translate_error(error, "fr")[0]


def test_payload_of_an_earlier_version_stays_as_stored() -> None:
    assert translate_payload({"what": "the PDF has {count} pages"}, "fr") == {"what": "the PDF has {count} pages"}
