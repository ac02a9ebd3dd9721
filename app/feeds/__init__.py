"""Events as feeds: iCalendar, jCal, JSON Feed, Atom and CSV, byte for byte the same for the same events."""

from app.feeds.alone import render_schedule
from app.feeds.choice import FEEDS, FILTERS, RESOLUTION, SHOWS, Choice, parse, parse_day
from app.feeds.entry import About, Feed, Records, clean, symbol_address
from app.feeds.lint import Finding, lint
from app.feeds.listing import Listing
from app.feeds.news import WRITERS, Change, render_changes
from app.feeds.shelf import FORMATS, Format, Shelf, format_of

__all__ = [
    "FEEDS",
    "FILTERS",
    "FORMATS",
    "RESOLUTION",
    "SHOWS",
    "WRITERS",
    "About",
    "Change",
    "Choice",
    "Feed",
    "Finding",
    "Format",
    "Listing",
    "Records",
    "Shelf",
    "clean",
    "format_of",
    "lint",
    "parse",
    "parse_day",
    "render_changes",
    "render_schedule",
    "symbol_address",
]
