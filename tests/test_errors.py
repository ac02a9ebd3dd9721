"""The error tree: messages with parameters, one line for the terminal, a payload for answers."""

import pytest

from app.errors import Message, Moved, NotFound, Overloaded, PlenaryError, TooLarge, TooMany, UnknownLanguage, message


def test_message_formats_its_parameters_only() -> None:
    assert str(message("{count} pages", count=3)) == "3 pages"
    assert str(Message("a literal {brace}")) == "a literal {brace}"
    assert message("{count} pages", count=3).format("{count} Seiten") == "3 Seiten"
    assert (bool(Message("")), bool(message("x"))) == (False, True)


def test_message_comes_back_from_json_with_texts() -> None:
    assert Message.from_json(message("page {page}", page=3).to_json()) == Message("page {page}", {"page": "3"})
    assert Message.from_json({"id": "x", "params": None}) == Message("x")


@pytest.mark.parametrize(
    ("where", "hint", "line"),
    [
        ("", "", "unknown event 'x'"),
        ("address", "", "unknown event 'x': address"),
        ("", "see /calendar", "unknown event 'x': see /calendar"),
        ("address", "see /calendar", "unknown event 'x': address: see /calendar"),
    ],
)
def test_error_is_one_line_of_what_where_and_hint(where: str, hint: str, line: str) -> None:
    error = NotFound(message("unknown event {uid}", uid="'x'"), where=where, hint=hint)
    assert (str(error), error.what, error.hint) == (line, "unknown event 'x'", hint)


def test_errors_have_the_statuses_of_their_branch() -> None:
    statuses = {
        kind: (kind.exit_code, kind.http_status) for kind in (PlenaryError, UnknownLanguage, TooLarge, NotFound)
    }
    assert statuses == {PlenaryError: (1, 500), UnknownLanguage: (2, 400), TooLarge: (1, 413), NotFound: (1, 404)}


def test_errors_of_load_and_moves_carry_their_facts() -> None:
    assert (TooMany("slow down").after, Overloaded("busy", after=7).after) == (1, 7)
    moved = Moved("it moved", old="A-RES-1-1", new="A-RES-1-2")
    assert (moved.old, moved.new, moved.http_status) == ("A-RES-1-1", "A-RES-1-2", 301)
