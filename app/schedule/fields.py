"""Fields of a schedule file, read and written: words, lists and mappings by language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from app.errors import message
from app.model import LANGUAGES
from app.yaml_document import Node


def text_of(fields: Mapping[str, Node], key: str, default: str = "") -> str:
    """Return the text of a field, or ``default`` where it is absent.

    >>> text_of(Node.parse("{note: moved}", "a.yaml").mapping(), "note"), text_of({}, "note", "none")
    ('moved', 'none')
    """
    return fields[key].text() if key in fields else default


def texts_of(fields: Mapping[str, Node], key: str) -> dict[str, str]:
    """Return the texts of a field by language, empty where it is absent. Raises ScheduleError.

    >>> texts_of(Node.parse("{title: {en: Report}}", "a.yaml").mapping(), "title")
    {'en': 'Report'}
    """
    return fields[key].by_language(Node.text, LANGUAGES) if key in fields else {}


def strings_of(fields: Mapping[str, Node], key: str) -> tuple[str, ...]:
    """Return the texts of a list, empty where the field is absent. Raises ScheduleError.

    >>> strings_of(Node.parse("{letters: [a, b]}", "a.yaml").mapping(), "letters")
    ('a', 'b')
    """
    return tuple(node.text() for node in fields[key].items()) if key in fields else ()


def confidence_of(fields: Mapping[str, Node]) -> Literal["high", "medium", "low"]:
    """Return the confidence of the engine, high where it is absent. Raises ScheduleError.

    >>> confidence_of({}), confidence_of(Node.parse("{confidence: low}", "a.yaml").mapping())
    ('high', 'low')
    """
    confidence = text_of(fields, "confidence", "high")
    if confidence not in ("high", "medium", "low"):
        raise fields["confidence"].fail(
            message("unexpected value {value}", value=repr(confidence)), message("use one of high, medium, low")
        )
    return "medium" if confidence == "medium" else "low" if confidence == "low" else "high"


def filled(**fields: object) -> dict[str, object]:
    """Return the fields that are not empty, days and numbers as strings.

    >>> filled(when="", revision=2, note="moved")
    {'revision': '2', 'note': 'moved'}
    """
    return {
        key: value if isinstance(value, (str, list, dict)) else str(value)
        for key, value in fields.items()
        if value is not None and value not in ("", [], {})
    }


def ordered(values: Mapping[str, object], say: Callable[[object], str]) -> dict[str, str]:
    """Return the values by language, in order of language, each as ``say`` writes it.

    >>> ordered({"fr": 2, "en": 1}, str)
    {'en': '1', 'fr': '2'}
    """
    return {language: say(values[language]) for language in sorted(values)}
