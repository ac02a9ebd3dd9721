"""Events as feeds: iCalendar, jCal, JSON Feed, Atom and CSV, byte for byte the same for the same events."""

from app.feeds.change_entry import CHANGE_FORMATS, Change, render_changes
from app.feeds.chunked_list import ChunkedList
from app.feeds.clean_text import clean
from app.feeds.entry import Feed, InstrumentInfo, RecordLookup, symbol_address
from app.feeds.formats import FORMATS, Format, format_of
from app.feeds.fragment_cache import FragmentCache
from app.feeds.lint import Finding, lint
from app.feeds.options import FEEDS, FILTERS, RESOLUTION, SHOWS, FeedOptions, parse, parse_day
from app.feeds.render import render_schedule
from app.feeds.tagged_cache import TaggedCache

__all__ = [
    "CHANGE_FORMATS",
    "FEEDS",
    "FILTERS",
    "FORMATS",
    "RESOLUTION",
    "SHOWS",
    "Change",
    "ChunkedList",
    "Feed",
    "FeedOptions",
    "Finding",
    "Format",
    "FragmentCache",
    "InstrumentInfo",
    "RecordLookup",
    "TaggedCache",
    "clean",
    "format_of",
    "lint",
    "parse",
    "parse_day",
    "render_changes",
    "render_schedule",
    "symbol_address",
]
