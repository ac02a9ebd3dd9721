"""The parts of an item's title, in no language: titles are composed from them in each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Topic:
    """The topic of a title: names of the tables of short names, or words by language.

    ``names`` are slugs of ``app/registry/names``, the main one first: ``("unifil", "lebanon")`` prints "UNIFIL
    (Lebanon)". Where both are given, the words win in their own languages.

    >>> Topic(words={"en": "Nuclear disarmament"})
    Topic(words={'en': 'Nuclear disarmament'}, names=())
    """

    words: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Return whether there is anything to print."""
        return bool(self.words or self.names)


@dataclass(frozen=True, slots=True)
class TitleSlots:
    """The slots of a title ``SUBJECT (CONTEXT): ACT (QUALIFIER)``.

    ``act`` is a key of the languages' ``acts.yaml``; ``actor`` the slug of the one who acts; ``phrase`` are the text's
    own words for the act by language, printed instead of the pattern where the language has them. ``detail`` tells
    the item from another of the same title; ``theme`` is what the text says after "on", a candidate for it.
    Body, session, frequency and year are not stored: they follow from the item's ``when``.
    """

    act: str
    subject: Topic = field(default_factory=Topic)
    context: Topic = field(default_factory=Topic)
    actor: str | None = None
    phrase: Mapping[str, str] = field(default_factory=dict)
    theme: Mapping[str, str] = field(default_factory=dict)
    detail: Mapping[str, str] = field(default_factory=dict)
    ordinal: int | None = None

    def merged(self, other: TitleSlots | None) -> TitleSlots:
        """Return the slots with the words of another language's reading of the same item.

        Own words win.

        >>> english = TitleSlots("report", Topic({"en": "Nuclear disarmament"}))
        >>> english.merged(TitleSlots("report", Topic({"zh": "核裁军"}))).subject.words
        {'zh': '核裁军', 'en': 'Nuclear disarmament'}
        """
        if other is None:
            return self
        return TitleSlots(
            act=self.act,
            subject=_merged_topic(self.subject, other.subject),
            context=_merged_topic(self.context, other.context),
            actor=self.actor,
            phrase={**other.phrase, **self.phrase},
            theme={**other.theme, **self.theme},
            detail={**other.detail, **self.detail},
            ordinal=self.ordinal,
        )


def _merged_topic(topic: Topic, other: Topic) -> Topic:
    return Topic({**other.words, **topic.words}, topic.names or other.names)
