"""The sample corpus: two resolutions of our own making in six languages, and the one schedule that all six give."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from app.documents.parser import read_text
from app.model import LANGUAGES, Language, Resolution, Schedule
from app.schedule.pipeline import derive
from app.schedule.translations import unite

CORPUS = Path(__file__).parent / "corpus"
SAMPLES = sorted(path.stem for path in CORPUS.glob("*.json"))
KEYS = ("paragraph", "kind", "when", "certainty", "bearer", "addressees", "place")


@cache
def resolution(sample: str, language: Language) -> Resolution:
    return read_text((CORPUS / f"{sample}.{language}.txt").read_text("utf-8"), language)


@cache
def schedule(sample: str, language: Language) -> Schedule:
    return derive(resolution(sample, language))


def golden(sample: str) -> dict[str, object]:
    loaded = json.loads((CORPUS / f"{sample}.json").read_text("utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def items(found: Schedule) -> list[dict[str, object]]:
    return [{key: plain(getattr(event, key)) for key in KEYS} for event in found.events]


def plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else str(value) if value is not None else None


def ordered(listed: object) -> list[dict[str, object]]:
    """The items by paragraph, kind and time: within a sentence the languages order their words differently."""
    assert isinstance(listed, list)
    return sorted(listed, key=lambda item: (int(item["paragraph"]), item["kind"], item["when"]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sample", SAMPLES)
def test_every_translation_gives_the_golden_schedule(sample: str, language: Language) -> None:
    assert ordered(items(schedule(sample, language))) == ordered(golden(sample)["items"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sample", SAMPLES)
def test_the_head_of_every_translation_is_read(sample: str, language: Language) -> None:
    read, held = resolution(sample, language), golden(sample)
    symbol = read.symbol.text if read.symbol else None
    assert (symbol, str(read.adopted), read.meeting) == (held["symbol"], held["adopted"], held["meeting"])


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_translation_has_the_same_paragraphs_and_footnotes(sample: str) -> None:
    shapes = {
        language: (
            [paragraph.label for paragraph in resolution(sample, language).operative],
            len(resolution(sample, language).preamble),
            [note.number for note in resolution(sample, language).footnotes],
            [mark.number for part in resolution(sample, language).operative for mark in part.marks],
        )
        for language in LANGUAGES
    }
    assert shapes == dict.fromkeys(LANGUAGES, shapes["en"])


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_translation_gives_the_same_uids(sample: str) -> None:
    uids = {language: {event.uid: event.when for event in schedule(sample, language).events} for language in LANGUAGES}
    assert uids == dict.fromkeys(LANGUAGES, uids["en"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sample", SAMPLES)
def test_every_span_gives_its_quote(sample: str, language: Language) -> None:
    text = resolution(sample, language).text
    found = schedule(sample, language).events
    assert {event.uid: event.span[language].of(text) for event in found} == {
        event.uid: event.quote[language] for event in found
    }


@pytest.mark.parametrize("sample", SAMPLES)
def test_six_translations_unite_without_disagreement(sample: str) -> None:
    united, disagreements = unite({language: schedule(sample, language) for language in LANGUAGES})
    assert [found.line() for found in disagreements] == []
    assert {event.uid: sorted(event.quote) for event in united.events} == {
        event.uid: sorted(LANGUAGES) for event in schedule(sample, "en").events
    }
