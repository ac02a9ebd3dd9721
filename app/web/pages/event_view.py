"""What pages show of events: words in the reader's language, ready for a template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from app.documents import slug_of
from app.feeds import InstrumentInfo, symbol_address
from app.feeds.day_notes import moved_note, off_note
from app.i18n import (
    LONG_SUBJECT,
    cite,
    explain_certainty,
    explain_step,
    format_day,
    format_session,
    format_time,
    gettext,
    gettext_noop,
    name_of,
    profile,
    title,
    translate_action,
    translate_certainty,
    translate_kind,
    translate_milestone,
    translate_place,
    translate_status,
)
from app.model import INACTIVE_STATUSES, Certainty, Event, Kind, Revision, Status
from app.schedule.time_status import event_on
from app.web.pages import date_display


def kind_letter(kind: Kind, language: str) -> str:
    """Return the letter that tells printed entries of ``kind`` apart without colour."""
    return profile(language).kind_letters.get(kind, profile("en").kind_letters[kind])


@dataclass(frozen=True, slots=True)
class Milestone:
    """A day that a rule derives from an event, and why."""

    name: str
    day: str
    why: tuple[str, ...]


class Row:
    """An event on a page; what a page does not show is not worked out.

    ``history`` is every revision up to the one shown, oldest first; it may be left out where the event still has
    days. ``ahead`` is a day from which on the next occurrence of one that recurs is shown, instead of the first.
    ``left`` is an earlier state whose days the event has left, for a list of those days. ``day`` is that on which the
    status is computed, and from which on the next day of a yearly event counts where ``ahead`` is not given; without
    it the status is the decided one.
    """

    def __init__(
        self,
        revision: Revision,
        language: str,
        about: InstrumentInfo,
        history: Sequence[Revision] = (),
        *,
        ahead: date | None = None,
        left: Event | None = None,
        day: date | None = None,
    ) -> None:
        self._decided_status = revision.event.status
        if day is not None:
            revision = replace(revision, event=event_on(revision.event, day))
        event = revision.event
        self.left = left
        self.event, self.revision, self.history = event, revision, history
        self._language, self._about, self._ahead, self._day = language, about, ahead, day
        self.uid, self.kind, self.certainty, self.status = event.uid, event.kind, event.certainty, event.status
        self.paragraph = event.paragraph or ""
        self.instrument = event.instrument
        self.gone = event.status in INACTIVE_STATUSES
        self.undecided = event.certainty is Certainty.UNDECIDED
        self.letter = kind_letter(event.kind, language)

    @cached_property
    def title(self) -> str:
        """What a person calls it."""
        return " ".join(title(self.event, self._language, self._about.title.get(self._language, "")).split())

    @cached_property
    def full_title(self) -> str:
        """The title with its whole subject, for pages that name the instrument."""
        about = self._about.title.get(self._language, "")
        return " ".join(title(self.event, self._language, about, LONG_SUBJECT).split())

    @cached_property
    def days(self) -> date_display.DisplayDates:
        """Its days as they are set."""
        return date_display.display_dates(self.event, self._language, self._ahead)

    @cached_property
    def was(self) -> date_display.DisplayDates:
        """The days that it has left: those of ``left``, or the last of one that has none any more."""
        if self.left is not None:
            return date_display.display_dates(self.left, self._language)
        return date_display.lost_dates(self.event, self.history, self._language)

    @cached_property
    def sort_day(self) -> date:
        """The day by which lists order it."""
        if self.left is not None:
            return date_display.sort_day(self.left, date.min)
        return date_display.sort_day(self.event, self._ahead or date.min)

    @cached_property
    def cycle(self) -> str:
        """Its cycle in words, of one that recurs."""
        return date_display.say_cycle(self.event, self._language)

    @cached_property
    def weekend(self) -> str:
        """The next day of a yearly event where it is no working day, in words; else empty."""
        since = self._ahead or self._day
        event = self.event
        if since is None or self.gone or event.start is None or (event.end or event.start) != event.start:
            return ""
        following = date_display.next_day(event, since)
        if following is None or not (event.recurrence or "").startswith("FREQ=YEARLY"):
            return ""
        return " · ".join(off_note(replace(event, start=following, end=following, recurrence=None), self._language))

    @cached_property
    def moved(self) -> list[str]:
        """The occurrences that were held on another day, in words."""
        return moved_note(self.event, self._language)

    @cached_property
    def session(self) -> str:
        """The session that its time names, in words."""
        return format_session(self.event.when, self._language) or ""

    @property
    def kind_word(self) -> str:
        """The name of its kind."""
        return translate_kind(self.kind, self._language)

    @property
    def certainty_word(self) -> str:
        """The word for its certainty."""
        return translate_certainty(self.certainty, self._language)

    @property
    def meaning(self) -> str:
        """What its certainty means."""
        return explain_certainty(self.certainty, self._language)

    @property
    def status_word(self) -> str:
        """The word for its status; empty where the days say it already: scheduled, due, or past."""
        implied = self.status in (Status.SCHEDULED, Status.DUE, Status.PAST)
        status = self._decided_status if implied else self.status
        return "" if status is Status.SCHEDULED else translate_status(status, self._language)

    @property
    def time(self) -> str:
        """When it is, in words."""
        return format_time(self.event, self._language)

    @property
    def cite(self) -> str:
        """Where it is decided."""
        return cite(self.event)

    @property
    def slug(self) -> str:
        """The slug of its instrument."""
        return slug_of(self.instrument)

    @property
    def who(self) -> str:
        """Who is to act."""
        return name_of(self.event.bearer, self._language).name if self.event.bearer else ""

    @property
    def to(self) -> str:
        """To whom."""
        names = [name_of(slug, self._language).name for slug in self.event.addressees]
        return profile(self._language).comma.join(names)

    @property
    def place(self) -> str:
        """Where it takes place."""
        return translate_place(self.event.place, self._language) if self.event.place else ""

    @property
    def changed_by(self) -> str:
        """The symbol of the instrument that last changed it."""
        return self.event.revised_by or (self.revision.instrument if self.revision.number else "")

    @property
    def changed_slug(self) -> str:
        """The slug of that instrument."""
        return slug_of(self.changed_by)

    @property
    def changed_on(self) -> str:
        """The day on which it was last changed."""
        return format_day(self.revision.decided, self._language) if self.revision.number else ""

    @property
    def quote_language(self) -> str:
        """The language of the words quoted: the reader's where they are held in it."""
        return self._language if self._language in self.event.quote else next(iter(self.event.quote), "")

    @property
    def quote(self) -> str:
        """The words that it comes from."""
        return " ".join(self.event.quote.get(self.quote_language, "").split())

    @property
    def clause(self) -> tuple[str, str, str]:
        """The clause that states the act: the words before the quote, the quote, those after it.

        Only the quote where the event has no clause in its language, or one that does not contain the quote.
        """
        whole = " ".join(self.event.clause.get(self.quote_language, "").split())
        if not self.quote or self.quote not in whole:
            return "", self.quote, ""
        return whole.partition(self.quote)

    @property
    def marks(self) -> list[str]:
        """The words that set it apart from dates of work: a target, a budget period."""
        marked = ((self.event.target, gettext_noop("Target")), (self.event.budget, gettext_noop("Budget period")))
        return [gettext(words, self._language) for holds, words in marked if holds]

    @property
    def proof(self) -> list[str]:
        """Its arithmetic, a sentence a step."""
        if self.event.proof:
            return [explain_step(step, self._language) for step in self.event.proof]
        return [self.event.arithmetic] if self.event.arithmetic else []

    @property
    def result(self) -> str:
        """What the arithmetic comes to."""
        return self.days.text or self.time

    @property
    def document(self) -> str:
        """The official document's address."""
        return symbol_address(self.instrument, self._language)

    @property
    def milestones(self) -> list[Milestone]:
        """Days that rules derive from it."""
        return [
            Milestone(
                translate_milestone(item.name, self._language),
                format_day(item.day, self._language),
                tuple(explain_step(step, self._language) for step in item.proof) or (item.arithmetic,),
            )
            for item in self.event.milestones
        ]

    @property
    def note(self) -> str:
        """What a reviewer wrote beside it."""
        return self.event.note

    @cached_property
    def steps(self) -> list[Step]:
        """Its history, line by line."""
        return steps(self.history, self._language)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an event's history: day, instrument, action, time before and after.

    ``changed`` is False for a revision that only reaffirms.
    """

    day: str
    instrument: str
    slug: str
    done: str
    before: str
    after: str
    changed: bool


def steps(history: Iterable[Revision], language: str) -> list[Step]:
    """Return the lines of an event's history; ``history`` is oldest first."""
    found: list[Step] = []
    before = ""
    for revision in history:
        again = revision.note.startswith("reaffirmed")
        if again:
            done = gettext(gettext_noop("reaffirmed"), language)
        elif revision.action is None:
            done = gettext(gettext_noop("decided"), language)
        else:
            done = translate_action(revision.action, language)
        after = format_time(revision.event, language)
        found.append(
            Step(
                format_day(revision.decided, language) if revision.decided > date.min else "",
                revision.instrument,
                slug_of(revision.instrument),
                done,
                "" if before == after else before,
                after,
                not again,
            )
        )
        before = after
    return found


def alone(event: Event, decided: date | None) -> Revision:
    """Return an unchanged event as a revision."""
    return Revision(event, 0, decided or date.min, event.instrument, None)
