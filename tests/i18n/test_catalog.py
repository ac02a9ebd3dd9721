"""The message catalogues: every message of code and templates has a translation, with the same slots, in each."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from app.i18n import ngettext
from app.i18n.title_acts import format_act

ROOT = Path(__file__).parents[2]
LANGUAGE_FOLDERS = ROOT / "app" / "languages"
OTHERS = ("ar", "es", "fr", "ru", "zh")
KEYWORDS = {"gettext": None, "ngettext": (1, 2), "gettext_noop": None, "message": None, "t": None, "tn": (1, 2)}

Id = str | tuple[str, str]


@cache
def extracted() -> frozenset[Id]:
    """The messages of the code and the templates, by the mappings that ``make messages`` uses."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["babel"]["mappings"]
    methods = [(mapping["pattern"], mapping["method"]) for mapping in mappings]
    options = {m["pattern"]: {k: v for k, v in m.items() if k not in ("pattern", "method")} for m in mappings}
    found = extract_from_dir(ROOT / "app", methods, options, keywords=KEYWORDS)
    return frozenset(tuple(said) if isinstance(said, tuple) else said for _, _, said, _, _ in found)


@cache
def catalogue(language: str) -> Catalog:
    with (LANGUAGE_FOLDERS / language / "messages.po").open("rb") as stream:
        return read_po(stream, locale=language, abort_invalid=True)


def slots(text: str) -> list[str]:
    return sorted({name for _, name, _, _ in Formatter().parse(text) if name})


def test_there_are_messages_of_code_and_templates() -> None:
    assert {"Skip to the content", ("{count} day", "{count} days")} <= extracted()


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_holds_every_message_and_no_other(language: str) -> None:
    held = {message.id for message in catalogue(language) if message.id}
    assert held == extracted()


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_translated(language: str) -> None:
    catalog = catalogue(language)
    empty = [
        message.id
        for message in catalog
        if message.id and not (all(message.string) if isinstance(message.string, tuple) else message.string)
    ]
    short = [m.id for m in catalog if isinstance(m.id, tuple) and len(m.string) != catalog.num_plurals]
    assert (empty, short) == ([], [])


@pytest.mark.parametrize("language", OTHERS)
def test_none_is_fuzzy_or_obsolete(language: str) -> None:
    catalog = catalogue(language)
    assert ([message.id for message in catalog if message.id and message.fuzzy], list(catalog.obsolete)) == ([], [])


@pytest.mark.parametrize("language", OTHERS)
def test_translations_have_the_slots_of_their_message(language: str) -> None:
    wrong = {}
    for message in catalogue(language):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        for string in strings:
            if slots(string) != slots(ids[0]):
                wrong[message.id] = string
    assert wrong == {}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ar", "{count} أيام"),
        ("en", "{count} days"),
        ("es", "{count} días"),
        ("fr", "{count} jours"),
        ("ru", "{count} дня"),
        ("zh", "{count}天"),
    ],
)
def test_plurals_follow_the_language(language: str, said: str) -> None:
    assert ngettext("{count} day", "{count} days", 3, language) == said.format(count=3)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ar", "تقرير الأمين العام"),
        ("en", "SG report"),
        ("es", "informe del Secretario General"),
        ("fr", "rapport du SG"),
        ("ru", "доклад Генерального секретаря"),
        ("zh", "秘书长的报告"),
    ],
)
def test_a_report_is_said_in_official_terms(language: str, said: str) -> None:
    assert format_act("report", language, "secretary-general") == said


@pytest.mark.parametrize(("count", "said"), [(3, "3 أيام"), (60, "60 يوما"), (100, "100 يوم")])
def test_arabic_counts_have_their_own_forms(count: int, said: str) -> None:
    assert ngettext("{count} day", "{count} days", count, "ar") == said
