"""The store on a real SQLite file and a real PostgreSQL server: loading, two time axes, queries, paging, failures."""

from contextlib import suppress
from datetime import date

import pytest

from app.errors import UnknownParameter
from app.model import Status
from app.schedule.history import histories
from app.store import EventQuery, Instrument, Page, Store
from tests.store.samples import (
    ALL,
    CONFERENCE,
    NOON,
    POSTPONED,
    load,
)


def test_an_empty_store(store: Store) -> None:
    assert (store.revision(), store.fingerprint(), store.changed()) == (0, "", None)
    assert store.events(EventQuery()) == Page(())
    assert (store.instrument("A-RES-72-251"), store.event(CONFERENCE), store.history(CONFERENCE)) == (None, None, ())


def test_instruments(store: Store) -> None:
    load(store, ALL)
    listed = store.instruments()
    assert [item.symbol for item in listed.items] == ["A/DEC/72/553", "A/DEC/72/556", "A/RES/72/251", "A/RES/73/40"]
    assert listed.items[2] == Instrument(
        symbol="A/RES/72/251",
        slug="A-RES-72-251",
        title={"en": "Follow-up to a meeting on nuclear disarmament", "zh": "核裁军会议的后续行动"},
        body="general-assembly",
        session=72,
        adopted=date(2017, 12, 24),
        family="nuclear-disarmament-meeting",
        languages=("zh",),
        counts={"agenda": 1, "meeting": 3, "obligation": 1, "report": 1},
    )
    assert [item.symbol for item in store.instruments(q="后续").items] == ["A/RES/72/251"]
    assert [item.symbol for item in store.instruments(q="72-55 a/dec").items] == ["A/DEC/72/553", "A/DEC/72/556"]
    assert store.instruments(body="security-council").items == ()


def test_instruments_page_by_page(store: Store) -> None:
    load(store, ALL)
    found, cursor = [], None
    while True:
        page = store.instruments(limit=1, cursor=cursor)
        found += [item.symbol for item in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert found == ["A/DEC/72/553", "A/DEC/72/556", "A/RES/72/251", "A/RES/73/40"]


def test_an_instrument_with_its_schedule(store: Store) -> None:
    load(store, ALL)
    filed = store.instrument("A-RES-72-251")
    assert filed is not None
    assert filed.schedule == ALL[0]
    decided = store.instrument("A-DEC-72-556")
    assert decided is not None
    assert decided.schedule == POSTPONED
    repeated = store.instrument("A-RES-73-40")
    assert repeated is not None
    assert [(item.same_as, item.status) for item in repeated.schedule.events] == [
        (CONFERENCE, Status.SUPERSEDED),
        (None, Status.SCHEDULED),
    ]


def test_texts(store: Store) -> None:
    texts = {("A-RES-72-251", "zh"): "决议\n", ("A-RES-72-251", "en"): "Resolution\n"}
    found = histories(ALL)
    store.load(ALL, found, fingerprint="a", recorded=NOON, texts=texts)
    assert store.texts("A-RES-72-251") == {"zh": "决议\n", "en": "Resolution\n"}
    listed = store.instrument("A-RES-72-251")
    assert listed is not None
    assert listed.languages == ("en", "zh")
    texts[("A-RES-72-251", "en")] = "Resolution.\n"
    assert store.load(ALL, found, fingerprint="b", recorded=NOON, texts=texts)
    assert store.texts("A-RES-72-251")["en"] == "Resolution.\n"
    assert store.texts("A-RES-73-40") == {}


@pytest.mark.parametrize("text", ["\0", "a\0b", "\ud800"])
def test_what_is_no_text_is_refused_or_found_nowhere(store: Store, text: str) -> None:
    for ask in (store.instrument, store.history, store.texts, lambda said: store.instruments(q=said).items):
        found: object = None
        with suppress(UnknownParameter):
            found = ask(text)
        assert not found
