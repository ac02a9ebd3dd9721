"""Whether a time is a commitment: what the notation counts as an item, and what it leaves out."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from app.model import Kind
from app.obligations.classification import LASTING_KINDS, Classification, is_title_word
from app.obligations.clauses import AnalyzedParagraph
from app.obligations.concepts import ADDRESSED, COMMITTING, TELLING
from app.obligations.phrase_matcher import PhraseMatch
from app.obligations.spans import span_of
from app.obligations.time_reference import TimeKind, TimeReference

_NEAR: Final = 40
_YEAR: Final = 4
"""A bare year, which a clause that only notes something seldom fixes."""
_ARTICLE: Final = 60
_TITLE: Final = 240
_CLOSING: Final = re.compile(r"[»”“》」』;；؛]")
_NEXT: Final = 12
_STOPS: Final = re.compile(r"[,;:.”»\"]")
_AIMS: Final = frozenset({"act", "reach", "complete", "end"})
_REGULAR: Final = frozenset({Kind.REPORT, Kind.MEETING, Kind.OBSERVANCE, Kind.REVIEW})
_DOING: Final = frozenset(
    {
        *("submit", "transmit", "report", "brief", "update", "present", "include-in-report", "carry-out"),
        *("convene", "hold", "organize", "review", "evaluate", "assess", "observe", "proclaim", "put-on-agenda"),
    }
)
"""What one does with a thing that is to be done regularly: "submit an annual report"."""
_ONLY_REPORTED: Final = frozenset({"report", "brief", "update"})
"""Of these the thing is only the subject: "reporting on the quadrennial review" asks for no review."""


def commitment_rejection(
    view: AnalyzedParagraph,
    time: TimeReference,
    governed: Classification,
    others: list[TimeReference],
    adopted: date | None,
) -> str | None:
    """Return why ``time`` is not an item; None where it is one.

    Reasons of ``ATTRIBUTE_REASONS`` stand in the account alone, others under ``unread``.

    >>> from app.obligations.clauses import analyze
    >>> from app.obligations.phrase_matcher import phrase_matcher
    >>> from app.obligations.time_reference import TimeKind
    >>> text = "Welcomes the “Lamps 2037” programme"
    >>> time = TimeReference(20, 24, "2037", TimeKind.DATE, "year", "2037")
    >>> act = Classification(Kind.DEADLINE, "", "kind.default", "low", None)
    >>> commitment_rejection(analyze(text, phrase_matcher("en")), time, act, [time], None)
    'year.in-a-name'
    """
    clause = view.clause(time.start)
    committed = clause.force in COMMITTING or not clause.force
    if time.shape is TimeKind.LENGTH:
        return _length(view, time, governed, others)
    if time.shape is TimeKind.REPEAT:
        return _repeat(view, time, governed, others, committed=committed)
    if time.shape is TimeKind.YEARLY and time.passing and not _observed(view, governed):
        return "date.no-year"
    if time.shape in (TimeKind.DATE, TimeKind.BY) and time.value.count("-") == 0 and _quoted(view, time):
        return "year.in-a-name"
    if time.shape is TimeKind.OFFSET and time.when.startswith("event") and clause.force in TELLING:
        return "act.described"
    if time.shape is TimeKind.BY and clause.force in ("note", "express"):
        coarse = time.value.count("-") < 2
        foretold = coarse and governed.mention is not None and governed.mention.start >= time.end
        if governed.action in ("act", "") or (foretold and governed.action in _AIMS):
            return "aim.mentioned"
    if time.shape is TimeKind.BY and time.value.count("-") == 0 and _in_title(view, time):
        return "year.in-a-name"
    aim = governed.mention if governed.action in _AIMS else None
    if time.shape is TimeKind.BY and aim is not None and _titled(view, aim.start):
        return "year.in-a-name"
    if time.shape is TimeKind.SESSION and time.current and not committed:
        return "session.current"
    if time.shape is TimeKind.SESSION and not time.known and not committed:
        return "session.mentioned"
    lasting = time.shape is TimeKind.OFFSET and time.rule.startswith("duration") and governed.kind is Kind.MEETING
    if lasting and not (committed and time.when.startswith("adoption") and time.when.endswith(("M", "Y"))):
        return "length.describes"
    if time.shape is TimeKind.DATE:
        return _date(view, time, governed, adopted, committed=committed)
    if time.shape is TimeKind.SESSION and not committed and governed.kind in (Kind.AGENDA, Kind.DEADLINE):
        return None if governed.confidence == "high" else "session.mentioned"
    return None


def _quoted(view: AnalyzedParagraph, time: TimeReference) -> bool:
    """Return whether a year stands in the title of something, within quotation marks."""
    opening = max(view.text.rfind(mark, max(0, time.start - _TITLE), time.start) for mark in "«“„《「『")
    if time.start < 0 or opening < 0:
        return False
    closing = _CLOSING.search(view.text, opening + 1, time.end + _TITLE)
    return closing is not None and closing.start() >= time.end


def _in_title(view: AnalyzedParagraph, time: TimeReference) -> bool:
    """Return whether the words that a year goes with are those of a title.

    "The Global Promise to End Hunger by 2040".
    """
    before = [m for m in view.within(view.clause(time.start).head, time.start, "actions") if is_title_word(view, m)]
    if not before or time.start - before[-1].end > _NEAR:
        return False
    return not _STOPS.search(view.between(before[-1].end, time.start))


def _observed(view: AnalyzedParagraph, governed: Classification) -> bool:
    """Return whether a day is that of an observance: proclaimed, observed, or with a name."""
    held = governed.mention
    if governed.kind is not Kind.OBSERVANCE or held is None:
        return False
    words = view.between(held.start, held.end)
    return held.key("actions") != "the-observance" or not words.islower()


def _titled(view: AnalyzedParagraph, at: int) -> bool:
    """Return whether the word at ``at`` is written as in a title, in the middle of a sentence."""
    if at < 1 or not view.text[at].isupper():
        return False
    first = view.text[at:].split(maxsplit=1)[0]
    return view.text[at - 1] == " " and view.text[at - 2] not in ".:;)(•" and not first.isupper()


def _length(
    view: AnalyzedParagraph, time: TimeReference, governed: Classification, others: list[TimeReference]
) -> str | None:
    head = view.clause(time.start).head  # "extends it for a year, and requests a report by 3 May": two clauses
    if any(
        other is not time
        and view.clause(other.start).head == head
        and (other.shape is TimeKind.BY or "/" in other.when)
        and abs(other.start - time.end) <= _NEAR
        for other in others
        if not other.when.endswith("/..")
    ):
        return "time.restated"
    if not time.when.startswith("adoption"):
        return None
    if time.when.endswith(("D", "W", "H")):
        return "length.mentioned"
    if governed.rule == "lasting.term" and view.clause(time.start).force in ADDRESSED:
        return "length.of-term"  # somebody's term, that begins when it begins
    clause = view.clause(time.start)
    if governed.kind is Kind.MANDATE and clause.force not in TELLING:
        return None
    return None if clause.force in COMMITTING else "length.no-start"


def _repeat(
    view: AnalyzedParagraph,
    time: TimeReference,
    governed: Classification,
    others: list[TimeReference],
    *,
    committed: bool,
) -> str | None:
    held = governed.mention
    if ";" in time.when:
        return None
    if time.rule.endswith(".rate") and any(o.shape is TimeKind.DATE and o.value.count("-") == 0 for o in others):
        return "time.restated"  # "in 2036 and 2037, for three sessions per year"
    if view.clause(time.start).force == "look-forward" and governed.kind is Kind.REPORT and time.passing:
        return None  # "looks forward to receiving the annual report"
    if not committed and (held is None or held.key("actions").startswith("the-") or governed.kind not in _REGULAR):
        return "repeat.in-a-name"
    if _titled(view, time.start):
        return "repeat.in-a-name"  # "the Quarterly Market Outlook"
    if not time.passing:
        return None
    if committed and held is not None and held.start < time.start <= held.end + 1 and _includes(held):
        return None
    if time.rule.endswith(".rate") and governed.kind not in _REGULAR:
        return "repeat.in-a-name"
    if governed.kind is Kind.OBSERVANCE and not _observed(view, governed):
        return "repeat.in-a-name"
    if governed.rule != "thing.named":
        return "repeat.in-a-name" if time.rule.endswith(".annual") or governed.kind not in _REGULAR else None
    if not committed or governed.kind not in _REGULAR:
        return "repeat.in-a-name"
    if held is not None and held.key("actions") in _DOING and held.end <= time.start:
        return None
    start = min(held.start, time.start) if held is not None else time.start
    clause = view.clause(time.start)
    verb = next((m for m in view.mentions if m.start == clause.head), None)
    if verb is not None and 0 <= start - verb.end <= _NEXT and not view.before("definite", start, 1):
        return None  # "calls for regular annual meetings"
    doing = [
        m
        for m in view.mentions
        if m.key("actions") in _DOING
        and (governed.kind is Kind.REPORT or m.key("actions") not in _ONLY_REPORTED)
        and (0 <= start - m.end <= _ARTICLE or m.start < time.start < m.end)
    ]
    if doing or (governed.kind is Kind.REPORT and view.before("inside", start, 0)):
        return None
    if governed.kind is Kind.REPORT and view.before("article", start, 0) and not view.before("definite", start, 0):
        return None  # "and, thereafter, an annual report"
    return "repeat.in-a-name"


def _kept(governed: Classification) -> bool:
    aimed = governed.mention is not None and governed.mention.key("actions") == "the-target"
    return governed.kind in _REGULAR or aimed


def _includes(mention: PhraseMatch) -> bool:
    """Return whether something is put into what has the frequency.

    "In its annual report", "on its annual agenda".
    """
    return mention.key("actions") in ("include-in-report", "put-on-agenda")


def _date(
    view: AnalyzedParagraph, time: TimeReference, governed: Classification, adopted: date | None, *, committed: bool
) -> str | None:
    first, _ = span_of(time.when)
    if governed.action == "postpone" and not committed:
        return "act.described"
    if not committed and len(time.when) == _YEAR and not time.passing and not _kept(governed):
        return "aim.mentioned"
    if time.passing:
        if governed.rule not in ("thing.named", "thing.at") or governed.kind is Kind.MANDATE:
            return "year.in-a-name"  # "the 2030 mission": a mandate is not named by its year
        if not committed and governed.kind is Kind.REPORT:
            return "year.in-a-name"  # "the 2050 Lake Strategy"
        if adopted and first and first.year <= adopted.year:
            return "time.past"
        return None
    lasts = governed.kind in LASTING_KINDS and governed.rule != "span.period"
    if adopted and first and first <= adopted and not committed and not lasts:
        return "act.described"
    held = committed and governed.kind is Kind.MEETING and "-" in time.when  # "to meet during the first half of 2036"
    if view.before("past", time.start, 4) and adopted and first and first <= adopted and not held:
        return "time.past"
    return None
