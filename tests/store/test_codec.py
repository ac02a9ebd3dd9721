"""Events and schedules to JSON and back."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import StoreError
from app.model import (
    LANGUAGES,
    Action,
    Amendment,
    Certainty,
    Event,
    Kind,
    Milestone,
    Proposal,
    Review,
    ReviewStatus,
    Schedule,
    Span,
    Status,
    Step,
    Symbol,
    Unread,
)
from app.store import event_from_json, event_to_json, schedule_from_json, schedule_to_json

# Anything that UTF-8 can say.
words = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
spans = st.builds(Span, st.integers(0, 10**6), st.integers(0, 10**6))
steps = st.builds(Step, words, st.dictionaries(words, words, max_size=3))
days = st.none() | st.dates()
by_language = st.dictionaries(st.sampled_from(LANGUAGES), words, max_size=6)
milestones = st.builds(
    Milestone, words, st.dates(), st.sampled_from(Certainty), st.lists(steps, max_size=2).map(tuple), words
)
events = st.builds(
    Event,
    uid=words,
    kind=st.sampled_from(Kind),
    when=words,
    certainty=st.sampled_from(Certainty),
    instrument=words,
    decided=days,
    paragraph=st.none() | words,
    section=words,
    letters=st.lists(words, max_size=2).map(tuple),
    status=st.sampled_from(Status),
    start=days,
    end=days,
    recurrence=st.none() | words,
    timezone=words,
    place=st.none() | words,
    bearer=st.none() | words,
    addressees=st.lists(words, max_size=3).map(tuple),
    force=words,
    action=words,
    subject=by_language,
    title=by_language,
    quote=by_language,
    span=st.dictionaries(st.sampled_from(LANGUAGES), spans, max_size=3),
    rule=words,
    arithmetic=words,
    proof=st.lists(steps, max_size=3).map(tuple),
    milestones=st.lists(milestones, max_size=2).map(tuple),
    alternatives=st.lists(words, max_size=2).map(tuple),
    confidence=st.sampled_from(("high", "medium", "low")),
    same_as=st.none() | words,
    note=words,
    revision=st.integers(0, 99),
    revised_by=st.none() | words,
)
amendments = st.builds(
    Amendment,
    target=words,
    action=st.sampled_from(Action),
    instrument=words,
    decided=st.dates(),
    when=st.none() | words,
    paragraph=st.none() | words,
    note=words,
    evidence=st.lists(words, max_size=2).map(tuple),
)
proposals = st.builds(
    Proposal,
    amendments,
    stands=words,
    because=st.lists(words, max_size=2).map(tuple),
    quote=by_language,
    arithmetic=words,
    covers=st.lists(words, max_size=2).map(tuple),
    rejected=st.booleans(),
)
reviews = st.builds(Review, st.sampled_from(ReviewStatus), words, st.dates(), words, st.dictionaries(words, words))
unread = st.lists(st.builds(Unread, st.none() | words, spans, words, words, words), max_size=2).map(tuple)
schedules = st.builds(
    Schedule,
    symbol=st.builds(Symbol, words, words, st.none() | st.integers(0, 99), st.none() | st.integers(0, 3000), words),
    adopted=days,
    title=by_language,
    body=st.none() | words,
    session=st.none() | st.integers(0, 3000),
    meeting=st.none() | st.integers(0, 3000),
    sources=by_language,
    evidence=st.lists(words, max_size=2).map(tuple),
    family=words,
    events=st.lists(events, max_size=1).map(tuple),
    amendments=st.lists(amendments, max_size=2).map(tuple),
    proposals=st.lists(proposals, max_size=1).map(tuple),
    reviews=st.dictionaries(words, reviews, max_size=2),
    unread=st.dictionaries(st.sampled_from(LANGUAGES), unread, max_size=2),
)


@given(events)
@settings(max_examples=60)
def test_an_event_comes_back_as_it_went(event: Event) -> None:
    assert event_from_json(event_to_json(event)) == event


@given(schedules)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])  # whole schedules are large
def test_a_schedule_comes_back_without_its_events(schedule: Schedule) -> None:
    assert schedule_from_json(schedule_to_json(schedule)) == replace(schedule, events=())


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"uid": "x"}', "\x00"])
def test_what_is_damaged_is_a_store_error(text: str) -> None:
    with pytest.raises(StoreError):
        event_from_json(text)
    with pytest.raises(StoreError):
        schedule_from_json(text)
