"""What a language lacks and English stands in for: messages, names, forms and time rules."""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n.catalog import SOURCE, untranslated
from app.languages import lexicon
from app.model import LANGUAGES
from app.registry import registry


@dataclass(frozen=True, slots=True)
class LanguageCoverage:
    """Gaps of one language: message ids, slugs without a name or forms, and missing rules.

    A rule is missing where another language has one of that id.
    """

    language: str
    messages: tuple[str, ...]
    names: tuple[str, ...]
    forms: tuple[str, ...]
    rules: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return not (self.messages or self.names or self.forms or self.rules)

    def line(self) -> str:
        """Return the counts on one line."""
        counts = (("messages", self.messages), ("names", self.names), ("forms", self.forms), ("rules", self.rules))
        missing = ", ".join(f"{len(items)} {name}" for name, items in counts if items)
        return f"{self.language}: {missing or 'nothing'} missing"

    def lines(self) -> list[str]:
        """Return every gap on a line of its own."""
        counts = (("message", self.messages), ("name", self.names), ("form", self.forms), ("rule", self.rules))
        return [f"{self.language}: {name}: {item}" for name, items in counts for item in items]


def language_coverage() -> list[LanguageCoverage]:
    """Return the gaps of every language, in the order of their codes.

    Every body, actor and place should have a name in each language. Forms are missing where another language has
    them, and rules of time likewise, except those that the language declares ``absent``. A gap is no error: English
    stands in.
    """
    known = registry()
    entities = list(known.entities())
    named = [*known.bodies.values(), *known.actors.values(), *known.places.values()]
    rules = {language: {rule.id for rule in lexicon(language).rules} for language in LANGUAGES}
    every_rule = set().union(*rules.values())
    return [
        LanguageCoverage(
            language,
            messages=() if language == SOURCE else untranslated(language),
            names=tuple(dict.fromkeys(one.slug for one in named if language not in one.names)),
            forms=tuple(dict.fromkeys(one.slug for one in entities if one.forms and language not in one.forms)),
            rules=tuple(sorted(every_rule - rules[language] - set(lexicon(language).absent))),
        )
        for language in LANGUAGES
    ]
