"""Texts on a page: two of one instrument paragraph by paragraph, and the beginning of one too long for a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import httpx
import pytest
from lxml import html

from app.documents.parser import read_text
from app.model import LANGUAGES
from app.schedule.pipeline import derive
from app.services.derive import language_of
from app.web.pages import annotated_text, corrections
from app.web.pages.annotated_text import Passage, Run, Shown, aligned, contents, excerpt, marked, paragraphs, passages

CORPUS = Path(__file__).parents[2] / "corpus"
Get = Callable[..., httpx.Response]


def shown(name: str, code: str) -> list[Shown]:
    tongue = language_of(code)
    return marked(paragraphs((CORPUS / f"{name}.{code}.txt").read_text("utf-8"), tongue, name), (), tongue)


@pytest.mark.parametrize("name", ["A-RES-90-301", "S-RES-3901-2035"])
@pytest.mark.parametrize(("one", "other"), list(permutations(LANGUAGES, 2)))
def test_the_paragraphs_of_two_languages_stand_side_by_side(name: str, one: str, other: str) -> None:
    left, right = shown(name, one), shown(name, other)
    pairs = aligned(left, right)
    assert [first.place for first, _ in pairs if first] == [second.place for _, second in pairs if second]
    assert all(first and second and first.label == second.label for first, second in pairs)
    assert len(pairs) == len(left) > 10


def test_aligned_pairs_a_missing_paragraph_with_nothing() -> None:
    whole = shown("A-RES-90-301", "en")
    at = next(number for number, item in enumerate(whole) if item.label == "3")
    less = [*whole[:at], *whole[at + 1 :]]
    assert aligned(whole, less) == [(item, None if item == whole[at] else item) for item in whole]
    assert aligned(less, whole) == [(None if item == whole[at] else item, item) for item in whole]
    assert aligned(whole, []) == [(item, None) for item in whole]
    renamed = [*whole[:at], replace(whole[at], place=("operative", "99", 0)), *whole[at + 1 :]]
    pairs = aligned(whole, renamed)
    assert pairs[at : at + 2] == [(whole[at], None), (None, renamed[at])]
    assert pairs[at + 2 :] == [(item, item) for item in whole[at + 1 :]]


def test_excerpt_keeps_the_paragraph_before_each_event() -> None:
    tongue = language_of("en")
    text = (CORPUS / "A-RES-90-301.en.txt").read_text("utf-8")
    whole = paragraphs(text, tongue, "A-RES-90-301")
    events = derive(read_text(text, tongue)).events
    held = [
        place
        for place, item in enumerate(whole)
        if any(item.span.start <= event.span[tongue].start < item.span.end for event in events)
    ]
    wanted = sorted({place for at in held for place in (max(at - 1, 0), at)})
    assert 0 < len(wanted) < len(whole)
    assert excerpt(whole, events, (), tongue, len(text)) == (tuple(whole[place] for place in wanted), 0)
    first = next(place for place, item in enumerate(whole) if item.number == "1")
    assert excerpt(whole, (), {"1"}, tongue, len(text)) == ((whole[first - 1], whole[first]), 0)
    assert excerpt(whole, (), (), tongue, len(text)) == ((), 0)
    least = whole[first - 1].span.end - whole[first - 1].span.start
    assert excerpt(whole, (), {"1"}, tongue, least) == ((whole[first - 1],), 1)
    assert excerpt(whole, (), {"1"}, tongue, 1) == ((whole[first - 1],), 1)


def test_a_text_too_long_for_a_page_is_shown_as_far_as_is_said(get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (CORPUS / "A-RES-90-301.en.txt").read_text("utf-8")
    whole = html.fromstring(get("/try?lang=en", "POST", data={"text": text, "lang": "en"}).content)
    monkeypatch.setattr(corrections, "MOST_TEXT", len(text) // 2)
    part = html.fromstring(get("/try?lang=en", "POST", data={"text": text, "lang": "en"}).content)
    lines = [tree.xpath("//li[@class='holder']/@data-uid") for tree in (whole, part)]
    assert lines[0] == lines[1] != []
    said = [
        [" ".join(item.text_content().split()) for item in tree.xpath("//div[@class='words']/p")]
        for tree in (whole, part)
    ]
    assert 3 < len(said[1]) < len(said[0])
    assert said[1] == said[0][: len(said[1])]
    last = part.xpath("//div[@class='words']/p/span[@class='number']/text()")[-1]
    banners = [item.text_content() for item in part.xpath("//section[@class='text']/p[@class='banner']")]
    assert banners == [f"The text is too long for one page: it is shown and marked as far as paragraph {last}. "
                       "The schedule is of the whole text."] * 2  # fmt: skip
    assert whole.xpath("//section[@class='text']/p[@class='banner']") == []
    # What is carried along by the form is the same again.
    state = part.xpath("string(//input[@name='state']/@value)")
    again = html.fromstring(get("/try?lang=en", "POST", data={"state": state}).content)
    assert len(again.xpath("//section[@class='text']/p[@class='banner']")) == 2


def test_passages_of_a_short_text_are_not_folded() -> None:
    text = shown("A-RES-90-301", "en")
    assert passages(text) == [Passage(tuple(text), folded=False)]
    assert passages([]) == []


def test_passages_of_a_long_text_fold_what_makes_no_event(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotated_text, "LONG_TEXT", 100)
    plain, dated = (
        Shown("", "", "preamble", (Run("words " * 9),)),
        Shown("4", "4", "operative", (Run("by May", ("a",)),)),
    )
    labelled = [replace(plain, label=label) for label in ("1", "2", "3")]
    found = passages([plain, plain, *labelled, dated, plain, dated, plain, plain, plain])
    assert found == [
        Passage((plain, plain, *labelled), folded=True, first="1", last="3"),
        Passage((dated, plain, dated), folded=False),
        Passage((plain, plain, plain), folded=True),
    ]
    assert contents([plain, dated, *labelled]) == ["4"]


@pytest.mark.parametrize(
    ("value", "days"),
    [("2018-05-14", "2018-05-14"), ("2018-05-14/2018-05-16", "2018-05-14/2018-05-16"), ("GA73", ""), ("R/--09-26", "")],
)
def test_run_shows_plain_days_alone(value: str, days: str) -> None:
    assert Run("words", value=value).days == days
