"""Time expressions: found in a paragraph's text and given a value, in any language that has a lexicon."""

from app.timex.tagger import tag

__all__ = ["tag"]
