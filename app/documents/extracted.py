"""The text that a reader of a file format gives, with its warnings."""

from __future__ import annotations

from dataclasses import dataclass

from app.model.document import DocumentWarning


@dataclass(frozen=True, slots=True)
class ExtractedText:
    """The one text of a document and what a person should know about how it was read."""

    text: str
    warnings: tuple[DocumentWarning, ...] = ()
