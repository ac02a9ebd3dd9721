"""What happens at a time: the action that governs it, and the kind that follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from app.languages.normalize import HAN
from app.model import Kind
from app.obligations.clauses import AnalyzedParagraph, Clause
from app.obligations.concepts import ADDRESSED, DONE, GENERIC, KINDS, OPEN, OWN, REPORTING
from app.obligations.phrase_matcher import PhraseMatch
from app.obligations.spans import span_of
from app.obligations.time_reference import TimeKind, TimeReference

Confidence = Literal["high", "medium", "low"]

_AFTER: Final = 2.0
"""How much farther away what follows a time seems than what goes before it."""
_COMMA: Final = 14
_DENSE: Final = 2.5
"""A sign of a script without blanks says more than a letter."""
_STOPS: Final = re.compile(r"[,،，、]")
_THING: Final = 90
"""What is done is nearer to a time than the thing it is done to."""
_SOMETHING: Final = 300
"""Some action, no matter which, has a session or a frequency only where nothing better is said."""
_ARTICLE: Final = 24
_BESIDE: Final = 14
_RIGHT_BEFORE: Final = 6
_LABEL: Final = 8
"""A time that opens a sub-paragraph labels it."""
_LINK: Final = 3
"""A short word that ties a year to the thing before it: "le forum de 2021"."""
_OBJECT: Final = 110
_FAR: Final = 190
"""A thing may stand far from what is done to it, a time and its insertions between."""
_SUBJECT: Final = 50
_TERM: Final = 16
_ADDRESS: Final = 24
_PART: Final = 90
_FINANCED: Final = 150
"""Days: a span for which money is given is a budget period from here on; a shorter one is a meeting."""
_LENGTH: Final = re.compile(r"[+](?:P)(\d{1,3})([DW])\Z")
_DAYS: Final = {"D": 1, "W": 7}
_LONGEST_MEETING: Final = 60
"""Days: the longest sessions of a conference last about eight weeks; what lasts longer is a mandate or period."""
_PASSIVE: Final = frozenset({"hold", "carry-out", "complete"})
"""Actions that are often said of a thing named before them: "the review should be held"."""


@dataclass(frozen=True, slots=True)
class Classification:
    """The action that governs a time: its slug, its mention, and how sure the rule is."""

    kind: Kind
    action: str
    rule: str
    confidence: Confidence
    mention: PhraseMatch | None


def classify_event(view: AnalyzedParagraph, time: TimeReference, others: list[TimeReference]) -> Classification:
    """The kind of what happens at ``time``; ``others`` are the paragraph's times, which cut off what is theirs."""
    for rule in (_classify_duration, _classify_period, _classify_report_to, _classify_noun, _classify_nearest_verb):
        found = rule(view, time, others)
        if found is not None:
            return _of_force(view, time, found)
    return Classification(Kind.DEADLINE, "", "kind.default", "low", None)


def _of_force(view: AnalyzedParagraph, time: TimeReference, found: Classification) -> Classification:
    """What the operative verb adds: "intends to review the mandate and its extension by", "decides that, until"."""
    clause = view.clause(time.start)
    if view.chapeau and 0 <= time.start <= _LABEL and time.shape is TimeKind.DATE:
        above = [m for m in view.mentions if m.start < 0 and m.key("actions")]
        listed = [m for m in above if m.key("actions") == "the-programme"]
        if listed and not any(
            KINDS[m.key("actions")] in (Kind.REVIEW, Kind.AGENDA) for m in above
        ):  # "the themes shall be: (a) For 2037: …"
            return Classification(Kind.PERIOD, _named(listed[-1]), "list.of-years", "medium", None)
    if clause.force == "intend" and found.kind is Kind.MANDATE:
        looked = ("review", "consider")
        reviews = [m for m in view.within(clause.head, time.start, "actions") if m.key("actions") in looked]
        if reviews:
            return Classification(Kind.REVIEW, "review", "action.intended", "medium", reviews[-1])
    if found.kind is Kind.MANDATE and clause.force == "appoint":
        return Classification(Kind.PERIOD, "serve", "lasting.term", "medium", found.mention)
    if found.kind is Kind.MANDATE and found.action in ("begin", "end"):
        # "a decade that begins on", "members for a term that ends on": what begins and ends is no mandate.
        said = view.within(clause.head, time.start, "actions")
        observed = any(m.key("actions") == "the-observance" for m in said)
        if clause.force == "proclaim" and observed:
            return Classification(Kind.OBSERVANCE, "proclaim", "lasting.observance", "medium", found.mention)
        if clause.force == "proclaim" or any(m.key("actions") in ("elect", "the-term") for m in said):
            return Classification(Kind.PERIOD, "serve", "lasting.term", "medium", found.mention)
    permitted = clause.force == "authorize" and time.shape is TimeKind.OFFSET
    if (permitted or (time.until and clause.force in OWN)) and found.kind is Kind.DEADLINE and found.action in OPEN:
        return Classification(Kind.MANDATE, "authorize", "lasting.until", "medium", found.mention)
    return found


def _actions(view: AnalyzedParagraph, time: TimeReference) -> list[PhraseMatch]:
    clause = view.clause(time.start)
    part = view.before("part-of", time.start, 0)

    counted = time.rule.endswith(".event")  # the event from which it counts is not what is done

    def said(start: int) -> list[PhraseMatch]:
        return [
            m
            for m in view.within(start, clause.end, "actions")
            if not titled(view, m)
            and not (part and 0 <= time.start - m.end <= _BESIDE)
            and not (counted and time.start <= m.start < time.end)
            and not (("week" in time.rule or time.rule == "expiry") and time.start <= m.start and m.end <= time.end)
        ]

    inside = said(clause.start)
    if any(m.end <= time.start for m in inside) or clause.start == clause.head:
        return inside
    if clause.listed is not None:
        # In a list what the opening words say holds for each part, and no other part's.
        return [m for m in said(clause.head) if m.start < clause.listed or m.start >= clause.start]
    # A sentence that goes on: what was said before it still holds.
    return said(clause.head)


def titled(view: AnalyzedParagraph, mention: PhraseMatch) -> bool:
    """Whether an action is a word of a title: "the Conference to Support the Implementation of"."""
    if mention.key("actions").startswith("the-"):
        return False
    said = view.between(mention.start, mention.end)
    last = said.rsplit(maxsplit=1)[-1]
    if not last[0].isupper() or last.isupper():
        return False
    before = view.between(mention.start - 2, mention.start)
    return len(said) > len(last) or (before[-1:] == " " and before[0] not in '.:;)(•“"')


def _classify_duration(
    view: AnalyzedParagraph, time: TimeReference, others: list[TimeReference]
) -> Classification | None:
    """ "for a period of one year": what lasts is a mandate where one is spoken of, else a period."""
    del others
    if time.shape is not TimeKind.LENGTH:
        return None
    clause = view.clause(time.start)
    terms = [m for m in view.within(clause.head, clause.end, "actions") if m.key("actions") == "the-term"]
    if any(m.start - time.end <= _TERM and time.start - m.end <= _TERM for m in terms):
        return Classification(Kind.PERIOD, "serve", "lasting.term", "high", terms[0])
    if clause.force in ("appoint", "proclaim"):
        return Classification(Kind.PERIOD, "serve", "lasting.term", "medium", None)
    meeting = _held_so_long(view, time, clause)
    if meeting is not None:
        return Classification(Kind.MEETING, _named(meeting), "lasting.meeting", "high", meeting)
    before = view.within(clause.head, time.start, "actions")
    for mention in reversed(before):
        kind = KINDS[mention.key("actions")]
        if kind in (Kind.MANDATE, Kind.PERIOD) and mention.key("actions") != "begin":
            return Classification(kind, _named(mention), "lasting.mandate", "high", mention)
    after = [m for m in view.within(time.end, clause.end, "actions") if KINDS[m.key("actions")] is Kind.MANDATE]
    if after or clause.force in OWN | {"authorize"}:
        return Classification(
            Kind.MANDATE, _named(after[0]) if after else clause.force, "lasting.mandate", "medium", None
        )
    return Classification(Kind.PERIOD, "", "lasting.period", "low", before[-1] if before else None)


def _held_so_long(view: AnalyzedParagraph, time: TimeReference, clause: Clause) -> PhraseMatch | None:
    """The meeting that lasts some days from a day on: "a three-day conference from 3 May"."""
    length = _LENGTH.search(time.when)
    if length is None or time.when.startswith("adoption") or int(length[1]) * _DAYS[length[2]] > _LONGEST_MEETING:
        return None
    held = [m for m in view.within(clause.head, clause.end, "actions") if KINDS[m.key("actions")] is Kind.MEETING]
    return min(held, key=lambda m: abs(m.start - time.start)) if held else None


def _classify_period(
    view: AnalyzedParagraph, time: TimeReference, others: list[TimeReference]
) -> Classification | None:
    """ "for the financial period from 1 July 2036 to 30 June 2037": a span that is called a period is one."""
    del others
    if time.shape is not TimeKind.DATE or "/" not in time.value:
        return None
    clause = view.clause(time.start)
    if not view.before("period", time.start, 0):
        # "to appropriate 5 million dollars for the maintenance of the Force from 1 July 2036 to 30 June 2037"
        said = view.within(clause.head, time.start, "actions")
        financed = [m for m in said if m.key("actions") == "appropriate"]
        first, last = span_of(time.value)
        if not financed or first is None or last is None or (last - first).days < _FINANCED:
            return None
        if any(KINDS[m.key("actions")] in (Kind.MEETING, Kind.REPORT) for m in said if m.start > financed[-1].end):
            return None
    named = [m for m in view.within(clause.head, clause.end, "actions") if KINDS[m.key("actions")] is Kind.OBSERVANCE]
    if clause.force == "proclaim" or named:
        return None
    return Classification(Kind.PERIOD, "appropriate", "span.period", "high", None)


def _classify_report_to(
    view: AnalyzedParagraph, time: TimeReference, others: list[TimeReference]
) -> Classification | None:
    """ "to the General Assembly at its seventy-third session": said to a body, so reported, if anything is."""
    del others
    if time.shape is not TimeKind.SESSION:
        return None
    if view.before("considered", time.start, 3):
        head = view.clause(time.start).head
        given = [m for m in view.within(head, time.start, "actions") if m.key("actions") in REPORTING]
        given = given or [m for m in view.within(head, time.start, "actions") if m.key("actions") == "the-report"]
        if given:
            return Classification(Kind.REPORT, _named(given[-1]), "report.considered", "medium", given[-1])
    # "to the Council at the operational activities segment of its 2036 session"
    reach = _PART if view.before("part-of", time.start, 0) else _ADDRESS
    near = [
        m
        for m in view.mentions
        if m.key("bodies") and (0 <= time.start - m.end <= reach or (time.start <= m.start and m.end <= time.end))
    ]
    told = min(near[-1].start, time.start) if near else 0
    if not near or not (
        near[-1].key("cues") == "told"
        or near[-1].key("bodies") == "adopting-body"
        or view.before("to", told, 3)
        or view.before("joined", told, 3)
    ):
        return None
    clause = view.clause(time.start)
    reports = [
        m for m in view.within(clause.head, time.start, "actions") if m.key("actions") in REPORTING | {"the-report"}
    ]
    if _verb_last(view, time):
        around = [m for m in _actions(view, time) if m.start <= time.start and time.end <= m.end]
        done = around or view.within(time.end, clause.end, "actions")[:1]
        if done and done[0].key("actions") in REPORTING and done[0].start - time.end <= _OBJECT // 4:
            return Classification(Kind.REPORT, _named(done[0]), "report.to-body", "high", done[0])
    verbs = [m for m in reports if m.key("actions") in REPORTING]
    if not reports:
        return None
    chosen = (verbs or reports)[-1]
    later = [
        m
        for m in view.within(chosen.end, near[-1].start, "actions")
        if KINDS[m.key("actions")] in (Kind.AGENDA, Kind.MEETING) and not m.key("actions").startswith("the-")
    ]
    if later and near[-1].start - later[-1].end < 12:
        return None
    return Classification(Kind.REPORT, _named(chosen), "report.to-body", "high", chosen)


def _classify_noun(view: AnalyzedParagraph, time: TimeReference, others: list[TimeReference]) -> Classification | None:
    """ "the conference in 2025", "the 2026 Water Conference", "1.5 per cent targets by": a thing that has the time."""
    del others
    if time.shape is TimeKind.SESSION or time.shape is TimeKind.LENGTH:
        return None
    things = [m for m in _actions(view, time) if m.key("actions").startswith("the-") or m.key("actions") == "report"]
    if time.passing:
        if "/" in time.value and view.between(time.start - 2, time.start)[:1].isalpha():
            word = view.between(max(0, time.start - 24), time.start).split()[-1]
            if word[0].isupper() and not word.isupper():
                return None  # "the Strategic Plan for Biodiversity 2031–2040"
        after = [m for m in things if 0 <= m.start - time.end <= _OBJECT]
        least, most = (0, 1) if time.shape is TimeKind.REPEAT else (_LINK, _LINK + 2)
        before = [m for m in things if least <= time.start - m.end <= most] or _named_with(view, time, things)
        if not after and not before:
            return None
        chosen = before[-1] if before else after[0]
        if not before and _STOPS.search(view.between(time.end, chosen.start)):
            return None
        start = min(chosen.start, time.start)
        doing = [m for m in _actions(view, time) if m is not chosen and 0 <= start - m.end <= _ARTICLE]
        if doing and doing[-1].key("actions") == "put-on-agenda" and time.start - doing[-1].end <= 1:
            return Classification(Kind.AGENDA, _named(doing[-1]), "thing.named", "medium", doing[-1])
        if doing and doing[-1].key("actions") in REPORTING - {"report"}:
            return Classification(Kind.REPORT, _named(doing[-1]), "thing.named", "medium", doing[-1])
        return Classification(KINDS[chosen.key("actions")], _named(chosen), "thing.named", "medium", chosen)
    if time.shape is TimeKind.DATE:
        before = [m for m in things if 0 <= time.start - m.end <= _RIGHT_BEFORE]
        if before and KINDS[before[-1].key("actions")] in (Kind.MEETING, Kind.PERIOD, Kind.DEADLINE):
            return Classification(
                KINDS[before[-1].key("actions")], _named(before[-1]), "thing.at", "medium", before[-1]
            )
    return None


def _named_with(view: AnalyzedParagraph, time: TimeReference, things: list[PhraseMatch]) -> list[PhraseMatch]:
    """ "la Conférence des Nations Unies sur l'eau de 2026": the meeting whose long name ends with the year."""
    if time.shape is TimeKind.REPEAT or not view.before("of", time.start, 0):
        return []
    return [
        m
        for m in things
        if 0 <= time.start - m.end <= _OBJECT
        and KINDS[m.key("actions")] is Kind.MEETING
        and not _STOPS.search(view.between(m.end, time.start))
    ]


def _verb_last(view: AnalyzedParagraph, time: TimeReference) -> bool:
    """Whether the language says when before it says what: Chinese."""
    return HAN.search(view.text, max(0, time.start), time.end + _RIGHT_BEFORE) is not None


def _with_distance(actions: list[PhraseMatch], time: TimeReference) -> Iterator[tuple[int, int, PhraseMatch]]:
    """Yield each action with its characters from the time and its place in the text."""
    for index, mention in enumerate(actions):
        yield max(0, time.start - mention.end, mention.start - time.end), index, mention


def _classify_nearest_verb(
    view: AnalyzedParagraph, time: TimeReference, others: list[TimeReference]
) -> Classification | None:
    """The nearest action of the clause, before rather than after, done rather than done to."""
    best: tuple[float, int, PhraseMatch] | None = None
    coarse = time.shape in (TimeKind.BY, TimeKind.DATE) and time.value.count("-") < 2
    verb_last = _verb_last(view, time)
    # Nearest first: a cost is at least the distance, so that what is farther than the best cost cannot win.
    for gap, index, mention in sorted(_with_distance(_actions(view, time), time)):
        if best is not None and gap > best[0]:
            break
        key = mention.key("actions")
        if mention.end <= time.start:
            words = view.between(mention.end, time.start)
            cost: float = len(words) + _COMMA * len(_STOPS.findall(words))
            cost *= _DENSE if verb_last else 1
        elif mention.start >= time.end:
            words = view.between(time.end, mention.start)
            if verb_last:
                cost = _AFTER * (1 + len(words)) + _COMMA * len(_STOPS.findall(words))
            else:
                cost = 40 + _AFTER * len(words) + 2 * _COMMA * len(_STOPS.findall(words))
            cost += _SOMETHING if key == "act" else 0
        else:
            cost = 0
        if key == "the-report" and time.shape is TimeKind.FROM:
            continue  # what begins at a time is no report
        if key.startswith("the-"):
            near = cost <= _BESIDE and time.shape not in (TimeKind.SESSION, TimeKind.REPEAT)
            held = (
                time.shape is TimeKind.DATE and not coarse and KINDS[key] is Kind.MEETING and mention.end <= time.start
            )
            cost += _THING / 2 if held else _THING if near else 2 * _THING
        elif key == "act":
            loose = time.shape in (TimeKind.SESSION, TimeKind.REPEAT)
            cost += 4 if coarse else _SOMETHING if loose else _SOMETHING / 3
        elif key == "reach":
            cost += 4 if time.shape is TimeKind.BY and coarse else 2 * _SOMETHING
        if any(mention.end <= other.start and other.end <= time.start for other in others):
            cost += 20
        if best is None or (cost, index) < best[:2]:
            best = (cost, index, mention)
    if best is None:
        own = view.clause(time.start).force in OWN
        return (
            Classification(Kind.MANDATE, "", "kind.begins", "low", None)
            if own and time.shape is TimeKind.FROM
            else None
        )
    cost, _, mention = best
    key = mention.key("actions")
    kind = KINDS[key]
    if kind is Kind.OBSERVANCE and time.shape is TimeKind.OFFSET:
        return None
    asked = view.clause(time.start).force in ADDRESSED
    if asked and key == "proclaim" and not _observance_near(view, time):
        return Classification(Kind.DEADLINE, "act", "action.nearest", "medium", mention)  # "to designate focal points"
    if key in ("establish", "deploy") and time.shape is TimeKind.BY and not time.until and asked:
        kind = Kind.DEADLINE
    elif key in GENERIC:
        kind, key = _by_object(view, mention, time, kind, key)
    if kind is Kind.DEADLINE and key == "act" and view.clause(time.start).force in OWN:
        # "decides that the ceiling shall be 500 until 30 June": what is decided lasts, or begins.
        kind = Kind.MANDATE if time.until or time.shape is TimeKind.FROM else kind
    confidence: Confidence = "high" if cost < 60 else "medium" if cost < 160 else "low"
    return Classification(kind, DONE.get(key, key), "action.nearest", confidence, mention)


def _observance_near(view: AnalyzedParagraph, time: TimeReference) -> bool:
    clause = view.clause(time.start)
    return any(m.key("actions") == "the-observance" for m in view.within(clause.head, clause.end, "actions"))


def _by_object(
    view: AnalyzedParagraph, verb: PhraseMatch, time: TimeReference, kind: Kind, key: str
) -> tuple[Kind, str]:
    """What the thing says that an action which may be done to anything is done to: after it, else before it."""
    clause = view.clause(verb.start if verb.start >= 0 else time.start)
    thing = ""
    done_to = [m for m in view.within(clause.start, verb.start, "actions") if verb.start - m.end <= _BESIDE]
    if key in _PASSIVE and done_to and KINDS[done_to[-1].key("actions")] in (Kind.MEETING, Kind.REVIEW):
        found = done_to[-1].key("actions")
        if found.startswith("the-"):
            return KINDS[found], DONE[found]  # "its meeting to be held", whatever is named after
    reach = _FAR if key == "carry-out" and 0 <= time.start - verb.end <= _BESIDE else _OBJECT
    for mention in view.within(verb.end, max(clause.end, time.end), "actions"):
        found = mention.key("actions")
        if mention.start < time.end and time.start < mention.end:
            continue
        told = found == "report" or (key == "carry-out" and found in REPORTING)
        if mention.start - verb.end > reach or not (found.startswith("the-") or told):
            break
        thing = found
        break
    passive = key == "act" and view.between(verb.start, verb.end).lower() in ("to be", "be")
    if not thing and passive:
        subjects = [m for m in view.within(clause.start, verb.start, "actions") if verb.start - m.end <= _BESIDE]
        thing = subjects[-1].key("actions") if subjects else ""
        if thing.startswith("the-") and KINDS[thing] in (Kind.REPORT, Kind.REVIEW, Kind.MEETING):
            return KINDS[thing], DONE.get(thing, thing)
        return kind, key
    if not thing and key in _PASSIVE:
        subjects = [m for m in view.within(clause.start, verb.start, "actions") if verb.start - m.end <= _SUBJECT]
        thing = subjects[-1].key("actions") if subjects else ""
        if thing != "report" and not thing.startswith("the-"):
            return kind, key
    if key == "carry-out" and thing not in ("the-report", "report", "the-review"):
        given = [m for m in view.within(verb.end, time.start, "bodies") if view.before("to", m.start, 1)]
        if given:
            return Kind.REPORT, "submit"
    if not thing:
        return kind, key
    found_kind = KINDS[thing]
    if found_kind not in (Kind.REPORT, Kind.MEETING, Kind.REVIEW, Kind.OBSERVANCE, Kind.DEADLINE):
        return kind, key
    if key == "act":
        return (found_kind, thing) if found_kind is Kind.OBSERVANCE else (kind, key)
    if key in OPEN or (key == "complete" and found_kind is Kind.REPORT):
        return found_kind, DONE.get(thing, thing)
    if key in ("submit", "present"):
        return kind, key
    if key != "begin" and found_kind in (Kind.REVIEW, Kind.MEETING, Kind.DEADLINE):
        return found_kind, thing
    return kind, key


def _named(mention: PhraseMatch) -> str:
    key = mention.key("actions")
    return DONE.get(key, key)
