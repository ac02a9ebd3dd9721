"""The cache holds what it says it holds, whatever is put, dropped, evicted or invalidated."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.feeds import TaggedCache

TAGS = ("a", "b", "c")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("put", "get", "discard", "invalidate")),
        st.integers(0, 6),
        st.integers(1, 12),
        st.sets(st.sampled_from(TAGS)),
    ),
    max_size=60,
)


@given(STEPS)
@settings(max_examples=200, deadline=None)
def test_tagged_cache_any_steps_measures_what_it_holds(steps: list[tuple[str, int, int, set[str]]]) -> None:
    cache = TaggedCache[int, bytes](20, len)
    tags: dict[int, set[str]] = {}
    for step, key, size, some in steps:
        if step == "put":
            assert cache.put(key, b"x" * size, some)
            tags[key] = some
        elif step == "get":
            cache.get(key)
        elif step == "discard":
            cache.discard(key)
        else:
            cache.invalidate(some)
            assert all(tags[held].isdisjoint(some) for held, _ in cache.items())
        held = dict(cache.items())
        assert cache.size == sum(map(len, held.values())) <= 20
        for tag in TAGS:
            assert cache.tagged([tag]) == {key for key in held if tag in tags[key]}


def test_put_larger_than_the_limit_is_not_kept() -> None:
    cache = TaggedCache[str, bytes](4, len)
    assert cache.put("a", b"1234", ["tag"])
    assert not cache.put("a", b"12345", ["tag"])
    assert (len(cache), cache.size, cache.tagged(["tag"])) == (0, 0, set())


def test_values_and_items_do_not_mark_as_used() -> None:
    cache = TaggedCache[str, bytes](2, len)
    cache.put("old", b"1")
    cache.put("new", b"2")
    assert cache.values(["old"]) == [b"1"]
    assert cache.items() == [("old", b"1"), ("new", b"2")]
    cache.put("newest", b"3")
    assert cache.get("old") is None
    assert cache.evictions == 1
