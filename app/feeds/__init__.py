"""Events as feeds: iCalendar, jCal, JSON Feed, Atom and CSV, byte for byte the same for the same events."""

from app.feeds.change_entry import WRITERS, Change, render_changes
from app.feeds.chunked_list import ChunkedList
from app.feeds.entry import Feed, InstrumentInfo, RecordLookup, clean, symbol_address
from app.feeds.fragment_cache import FORMATS, Format, FragmentCache, format_of
from app.feeds.lint import Finding, lint
from app.feeds.options import FEEDS, FILTERS, RESOLUTION, SHOWS, FeedOptions, parse, parse_day
from app.feeds.render import render_schedule

__all__ = [
    "FEEDS",
    "FILTERS",
    "FORMATS",
    "RESOLUTION",
    "SHOWS",
    "WRITERS",
    "Change",
    "ChunkedList",
    "Feed",
    "FeedOptions",
    "Finding",
    "Format",
    "FragmentCache",
    "InstrumentInfo",
    "RecordLookup",
    "clean",
    "format_of",
    "lint",
    "parse",
    "parse_day",
    "render_changes",
    "render_schedule",
    "symbol_address",
]
