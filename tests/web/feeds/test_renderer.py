"""Pieces are kept from change to change, and written anew where anything that they say has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.almanac import almanac
from app.feeds import FORMATS, FeedOptions
from app.model import Schedule
from app.schedule.history import histories
from app.store import Store
from app.web.feeds.renderer import FeedRenderer
from tests.web.standing import BASE, CONFERENCE, ORGANIZATIONAL, PLENARY, REPORT, RESOLUTION, SCHEDULES, UNDATED


def renderer_of(store: Store) -> FeedRenderer:
    return FeedRenderer(store, base=BASE, language="en", limit=1 << 20)


def rendered(renderer: FeedRenderer) -> bytes:
    return renderer.render("all", FORMATS["ics"], FeedOptions())[0].replace(b"\r\n ", b"")


def load(store: Store, resolution: Schedule, turn: int) -> None:
    schedules: Sequence[Schedule] = [resolution, *SCHEDULES[1:]]
    moment = datetime(2026, 12, 1, tzinfo=UTC) + timedelta(seconds=turn)
    assert store.load(schedules, histories(schedules, almanac()), fingerprint=str(turn), recorded=moment)


SISTER = replace(CONFERENCE, uid="A-RES-72-251.4.meeting.1", paragraph="4", subject={"en": "assembly of rivers"})


def state(words: str, **more: object) -> Schedule:
    """The resolution with a second meeting, called ``words``."""
    sister = replace(SISTER, subject={"en": words})
    # A report of nobody is told by the title of its instrument.
    titled = replace(REPORT, bearer=None)
    changed = replace(RESOLUTION, events=(sister, CONFERENCE, ORGANIZATIONAL, UNDATED, PLENARY, titled))
    return replace(changed, **more)  # type: ignore[arg-type]  # fields by name


def test_renderer_renamed_sister_changes_the_parent(store: Store) -> None:
    renderer = renderer_of(store)
    load(store, state("assembly of rivers"), 1)
    related = b"RELATED-TO;RELTYPE=PARENT:"
    assert related + CONFERENCE.uid.encode() in rendered(renderer)
    # The organizational meeting itself stays what it was.
    load(store, state("the conference"), 2)
    after = rendered(renderer)
    assert related + SISTER.uid.encode() in after
    assert after == rendered(renderer_of(store))
    load(store, state("assembly of rivers"), 3)
    assert related + CONFERENCE.uid.encode() in rendered(renderer)


def test_a_title_is_followed_however_many_changes_came_before(store: Store) -> None:
    renderer = renderer_of(store)
    load(store, state("one"), 1)
    rendered(renderer)
    # A change that touches no title, after which nothing of this instrument is looked up again.
    load(store, state("two"), 2)
    rendered(renderer)
    load(store, state("two", title={"en": "Question of rivers and lakes"}, evidence=("A/72/PV.76",)), 3)
    after = rendered(renderer)
    assert b"ivers and lakes" in after
    assert after == rendered(renderer_of(store))


def test_what_was_read_before_a_change_is_not_kept_after_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    renderer, real = renderer_of(store), FeedRenderer.about
    load(store, state("one"), 1)
    changed: list[int] = []

    def about(self: FeedRenderer, instrument: str) -> object:
        found = real(self, instrument)
        if not changed:
            changed.append(2)
            load(store, state("one", title={"en": "Question of rivers and lakes"}), 2)
            self.refresh()
        return found

    monkeypatch.setattr(FeedRenderer, "about", about)
    rendered(renderer)
    assert changed == [2]
    assert b"ivers and lakes" in rendered(renderer)
    assert rendered(renderer) == rendered(renderer_of(store))


def test_one_event_of_many_costs_no_reading_of_its_instrument(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    renderer = renderer_of(store)
    load(store, state("one"), 1)
    rendered(renderer)
    asked: list[str] = []
    real = Store.instrument
    monkeypatch.setattr(Store, "instrument", lambda self, slug, *kinds: asked.append(slug) or real(self, slug, *kinds))
    report = replace(REPORT, note="a new note")
    load(store, replace(state("one"), events=(*state("one").events[:-1], report)), 2)
    rendered(renderer)
    assert asked == []
