"""Entries of the feed cache."""

from datetime import date

from app.feeds import FeedOptions
from app.web.feeds.cache_entry import CacheEntry, FeedKey
from app.web.feeds.response import build_response


def test_cache_entry_size_is_that_of_its_response() -> None:
    response = build_response(b"x" * 5000, b"d", "text/calendar", "a.ics", 0.0)
    key = FeedKey("all", "ics", FeedOptions(), "/feeds/all.ics")
    entry = CacheEntry(key, response, frozenset(), date(2026, 12, 1), 1, 0.0)
    before = entry.size
    response.compress()
    assert (before, entry.size - before) == (response.size - len(response.gzipped or b""), len(response.gzipped or b""))


def test_feed_key_of_equal_options_is_equal() -> None:
    keys = {FeedKey("all", "ics", FeedOptions(language=language), "/") for language in ("en", "en", "fr")}
    assert len(keys) == 2
