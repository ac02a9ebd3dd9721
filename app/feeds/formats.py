"""Registry of feed formats: a module a format, a line each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from app.errors import NotFound, message
from app.feeds import atom, csv, ics, jcal, jsonfeed
from app.feeds.entry import Entry, Feed


@dataclass(frozen=True, slots=True)
class Format:
    """A feed format: extension, media type, and the writers of its parts."""

    extension: str
    media_type: str
    separator: bytes
    head: Callable[[Feed], bytes]
    fragment: Callable[[Entry], bytes]
    tail: Callable[[Feed], bytes]


FORMATS: Final[Mapping[str, Format]] = {
    module.EXTENSION: Format(
        module.EXTENSION, module.MEDIA_TYPE, module.SEPARATOR, module.head, module.fragment, module.tail
    )
    for module in (ics, jcal, jsonfeed, atom, csv)
}
"""The formats by extension; the first is the default of content negotiation."""


def format_of(extension: str) -> Format:
    """Return the format with that extension. Raises NotFound.

    >>> format_of("ics").media_type
    'text/calendar; charset=utf-8'
    """
    if extension not in FORMATS:
        known = ", ".join(f".{name}" for name in FORMATS)
        raise NotFound(
            message("unknown format .{extension}", extension=extension[:20]),
            where="address",
            hint=message("use one of the formats {known}", known=known),
        )
    return FORMATS[extension]
