"""Documents read into resolutions: text, PDF, DOCX and HTML into one text, and that into its parts."""

from app.documents.operative import has_operative_words
from app.documents.reader import Limits, extract, read
from app.model.symbols import parse_symbol, slug_of, symbol_from_name

__all__ = ["Limits", "extract", "has_operative_words", "parse_symbol", "read", "slug_of", "symbol_from_name"]
