"""Words for kinds, certainties, statuses, actions and languages, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.i18n.catalog import gettext
from app.i18n.catalog import gettext_noop as message
from app.i18n.profile import profile
from app.model import LANGUAGES, Action, Certainty, DocumentWarning, Kind, Status, WarningCode

KINDS: Final = {
    Kind.MEETING: message("Meeting"),
    Kind.OBSERVANCE: message("Observance"),
    Kind.REPORT: message("Report"),
    Kind.AGENDA: message("Agenda item"),
    Kind.MANDATE: message("Mandate"),
    Kind.REVIEW: message("Review"),
    Kind.DEADLINE: message("Deadline"),
    Kind.PERIOD: message("Period"),
    Kind.OBLIGATION: message("Obligation without a date"),
}

CERTAINTIES: Final = {
    Certainty.DECIDED: message("decided"),
    Certainty.DERIVED: message("derived"),
    Certainty.WINDOW: message("window"),
    Certainty.FORECAST: message("forecast"),
    Certainty.UNDECIDED: message("to be decided"),
    Certainty.UNDATED: message("undated"),
}

MEANINGS: Final = {
    Certainty.DECIDED: message("The text gives this date."),
    Certainty.DERIVED: message("A rule gives this date; its arithmetic is shown."),
    Certainty.WINDOW: message("The text names a session or a span, not a day: any day within it is possible."),
    Certainty.FORECAST: message("A rule gives the dates of a session that is not yet dated; they may change."),
    Certainty.UNDECIDED: message("The date is to be decided."),
    Certainty.UNDATED: message("The text fixes no time."),
}

STATUSES: Final = {
    Status.SCHEDULED: message("scheduled"),
    Status.MOVED: message("moved"),
    Status.POSTPONED: message("postponed, no date"),
    Status.CANCELLED: message("cancelled"),
    Status.HELD: message("held"),
    Status.EXPIRED: message("expired"),
    Status.SUPERSEDED: message("superseded"),
    Status.RUNNING: message("running"),
    Status.ENDED: message("ended"),
    Status.LAPSED: message("ended unless extended by a text not held here"),
    Status.DUE: message("due"),
    Status.OVERDUE: message("last day passed, outcome not known here"),
    Status.PAST: message("past"),
}

ACTIONS: Final = {
    Action.POSTPONE: message("postponed until a date to be decided"),
    Action.MOVE: message("moved"),
    Action.CANCEL: message("cancelled"),
    Action.REINSTATE: message("reinstated"),
    Action.EXTEND: message("extended"),
    Action.REPLACE: message("replaced"),
    Action.MERGE: message("repeated"),
    Action.CORRECT: message("corrected"),
    Action.HOLD: message("held"),
    Action.MODIFY: message("modified"),
}

MISSED: Final = {
    "amendment.no-event": message("it changes something, and no such event is known"),
    "amendment.no-time": message("it changes an event, and no new time is read"),
    "amendment.no-day": message("it changes something, and the day of adoption is not known"),
    "no-arithmetic": message("it is a time, and no arithmetic gives its day"),
    "time.before-adoption": message("it was over before the text was adopted"),
    "time.reversed": message("it ends before it begins"),
}
"""Why words that were read come to nothing, by the reason that ``app/schedule`` gives."""

WARNINGS: Final = {
    WarningCode.UNKNOWN_SYMBOL: message("the document names no symbol of its own; nothing is filed until it has one"),
    WarningCode.SEVERAL_INSTRUMENTS: message("the page holds several instruments; this one was read"),
    WarningCode.LEFT_OUT: message("struck, moved or hidden words were left out"),
    WarningCode.COLUMNS: message("two columns were read one after the other, as their paragraphs are numbered; pages"),
    WarningCode.READING_ORDER: message("the order of the columns is a guess, so no date is decided; pages"),
    WarningCode.WORD_ORDER: message("letters in reverse were put right by their places on the page; pages"),
    WarningCode.REVERSED_WORDS: message("words stand in reverse, so no date is decided"),
    WarningCode.LOST_CHARACTERS: message("some characters stand for no letter, so no date is decided; pages"),
    WarningCode.REPAIRED_WORD: message("a broken word was joined, and a date depends on it"),
}
"""What a person should know about how a document was read; the detail follows after a colon."""

LANGUAGE_NAMES: Final[Mapping[str, str]] = {language: profile(language).name for language in LANGUAGES}
"""Each language in itself, as a reader looks for it."""


def translate_kind(kind: Kind, language: str) -> str:
    """Return the name of a kind in ``language``."""
    return gettext(KINDS[kind], language)


def translate_certainty(certainty: Certainty, language: str) -> str:
    """Return the word for a certainty in ``language``."""
    return gettext(CERTAINTIES[certainty], language)


def explain_certainty(certainty: Certainty, language: str) -> str:
    """Return the meaning of a certainty as a sentence in ``language``."""
    return gettext(MEANINGS[certainty], language)


def translate_status(status: Status, language: str) -> str:
    """Return the word for a status in ``language``."""
    return gettext(STATUSES[status], language)


def translate_action(action: Action, language: str) -> str:
    """Return the participle of an action in ``language``: "moved"."""
    return gettext(ACTIONS[action], language)


def translate_reason(reason: str, language: str) -> str:
    """Return why words were not placed, in ``language``; the name of a rule unchanged."""
    return gettext(MISSED[reason], language) if reason in MISSED else reason


def translate_warning(warning: DocumentWarning, language: str) -> str:
    """Return a warning about how a document was read, with its detail, in ``language``."""
    text = gettext(WARNINGS[warning.code], language)
    return f"{text}: {warning.detail}" if warning.detail else text


def ordinal(number: int, language: str) -> str:
    """Return ``number`` as an ordinal in digits: "73rd"."""
    return profile(language).ordinal(number)


_MILESTONES: Final = {
    "provisional-agenda": message("Provisional agenda due"),
    "supplementary-items": message("Supplementary items due"),
    "supplementary-list": message("Supplementary list due"),
    "document-submission": message("Document submission due"),
    "document-issue": message("Document issue due"),
    "before-expiry": message("Thirty days before expiry"),
}


def translate_milestone(name: str, language: str) -> str:
    """Return the name of a milestone in ``language``."""
    return gettext(_MILESTONES[name], language) if name in _MILESTONES else name
