"""Lists in chunks hold what they should, in order, and what did not change stays the same objects."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from app.feeds import ChunkedList, chunked_list
from app.model import Revision
from tests.feeds import made


def order(item: Revision) -> tuple[date, str]:
    return item.event.start or date.max, item.event.uid


def revision(number: int, shift: int = 0) -> Revision:
    event = replace(made.PLENARY, uid=f"A-RES-72-251.16.meeting.{number}", start=date(2018, 1, 1 + shift))
    return replace(made.REVISIONS[1], event=event)


@pytest.mark.parametrize("size", [1, 2, 5, 256])
def test_any_run_of_changes_gives_the_list_that_sorting_gives(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunked_list, "CHUNK_SIZE", size)
    chance, held, listed = random.Random(size), dict[str, Revision](), ChunkedList.of(())
    for turn in range(300):
        # Times of growth and of shrinking, so that chunks are split, emptied and joined again.
        growing = turn // 60 % 2 == 0
        fresh = [revision(chance.randrange(60), chance.randrange(28)) for _ in range(chance.randrange(5))]
        touched = {item.event.uid: item for item in fresh if growing or chance.random() < 0.3}
        gone = set(chance.sample(sorted(held), min(len(held), chance.randrange(2 if growing else 5))))
        for uid in gone:
            del held[uid]
        held |= touched
        listed = listed.replace_items(frozenset(gone | set(touched)), touched.values(), order)
        assert list(listed) == sorted(held.values(), key=order)
        assert len(listed) == len(held)
        assert all(0 < len(chunk.revisions) <= 2 * size for chunk in listed.chunks)
        assert all(chunk.uids == {item.event.uid for item in chunk.revisions} for chunk in listed.chunks)


def test_other_blocks_stay_the_same_objects() -> None:
    items = sorted((revision(number, number % 28) for number in range(2000)), key=order)
    before = ChunkedList.of(items)
    moved = replace(items[700], event=replace(items[700].event, start=items[1500].event.start))
    after = before.replace_items(frozenset({moved.event.uid}), [moved], order)
    assert len(before.chunks) == len(after.chunks) == 8
    assert [one is other for one, other in zip(before.chunks, after.chunks, strict=True)].count(False) == 2
    assert list(before) == items


def test_an_item_that_repeats_another_is_told_of() -> None:
    repeats = replace(revision(1), event=replace(revision(1).event, same_as="A-RES-68-32.1.meeting.1"))
    assert not ChunkedList.of([revision(2)]).merged
    assert ChunkedList.of([repeats]).merged
    assert ChunkedList.of([revision(2)]).replace_items(frozenset({repeats.event.uid}), [repeats], order).merged
