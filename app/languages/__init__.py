"""The words of the six languages, as data: one YAML file a language.

``lexicon(language)`` gives the part that is about numbers and time, typed; ``raw(language)`` the whole file as it
stands, strings only, for the packages that type their own sections.
"""

from app.languages.loader import FOLDER, languages, raw
from app.languages.time_rules import Lexicon, Numerals, Rule, lexicon

__all__ = ["FOLDER", "Lexicon", "Numerals", "Rule", "languages", "lexicon", "raw"]
