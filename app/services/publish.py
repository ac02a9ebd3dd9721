"""Reviewing proposals and publishing them: what a person said is kept, what is published is in the store at once."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import unified_diff
from pathlib import Path
from typing import Any, Final

from app.errors import AmendmentError, Conflict, NotFound, UsageError, message
from app.model import Event, Kind, Review, ReviewStatus, Schedule
from app.schedule.dating import context_of, date_event
from app.schedule.review import compare, merge
from app.schedule.translations import unite
from app.schedule.yaml_format import is_hours, save, write
from app.services.amendment_review import check_targets, ruled, settled, try_out
from app.services.derive import derive_beside, derive_bytes, language_of
from app.services.publication_overlay import Home, stands, texts_of
from app.services.source_scan import glance, take
from app.services.sync import bring
from app.store import Publication, Publishing, Store, Token, Verdict, Whole, whole_from_json, whole_to_json

WORDS: Final = ("when", "place", "bearer", "force", "action", "same_as", "note")
"""Fields of an item that a reviewer may correct, each one word or sentence."""
SPOKEN: Final = ("title", "subject")
"""Fields that a reviewer may correct by language."""
_LONGEST: Final = 2000


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a reviewer says of an item: its ``status`` confirmed, corrected or rejected; ``changes`` by field."""

    uid: str
    status: str
    changes: Mapping[str, Any]
    note: str = ""


def schedule_of(proposal: Whole) -> Schedule:
    """The schedule that a proposal is, with what was said of it so far."""
    return whole_from_json(proposal.schedule)


def proposal_of(store: Store, id_: int) -> Whole:
    """The proposal with that number. Raises NotFound."""
    found = store.documents.proposal(id_)
    if found is None:
        raise NotFound(
            message("unknown proposal {id}", id=id_), where="proposal", hint=message("see /api/v1/proposals")
        )
    return found


def review(
    store: Store,
    id_: int,
    opinions: Sequence[Opinion],
    now: datetime,
    *,
    by: Token | None,
    reject: bool = False,
    rulings: Sequence[Opinion] = (),
    folder: Path | None = None,
) -> Whole:
    """Keeps what a reviewer says of items of a proposal, or that the whole is rejected; the proposal after it.

    ``rulings`` are of the amendments that it proposes, each named by the event that it was proposed for; they are
    tried out on what stands, the files below ``folder`` included. Raises NotFound for a proposal, item or amendment
    that is none, Conflict for a proposal that is published or rejected already and for amendments that contradict what
    stands, UsageError and AlmanacError for what cannot be said.
    """
    proposal = proposal_of(store, id_)
    schedule = schedule_of(proposal)
    name = by.name if by else "operator"
    for opinion in opinions:
        schedule = _said(schedule, opinion, now, name)
    for ruling in rulings:
        _status(ruling)
    verdicts = [Verdict(item.uid, item.status, item.changes, item.note, name, now) for item in (*opinions, *rulings)]
    if schedule.proposals:
        schedule = ruled(schedule, [*store.documents.reviews(id_), *verdicts])
    check_targets(store, schedule, [item.uid for item in rulings])
    if rulings and folder is not None:
        with _contradictions():
            try_out(store, folder, schedule)
    state = "rejected" if reject else "reviewed"
    if not store.documents.review(id_, verdicts, whole_to_json(schedule), state, now, by):
        raise Conflict(
            message("the proposal is already {state}", state=proposal.state),
            where=str(id_),
            hint=message("send the document again"),
        )
    return proposal_of(store, id_)


@contextmanager
def _contradictions() -> Iterator[None]:
    """What cannot be because of what is there already is a conflict."""
    try:
        yield
    except AmendmentError as error:
        raise Conflict(error.message, where=error.where, hint=error.hint_message) from error


def _status(opinion: Opinion) -> ReviewStatus:
    """What is said. Raises UsageError for what cannot be."""
    if opinion.status not in set(ReviewStatus):
        known = ", ".join(ReviewStatus)
        raise UsageError(
            message("unknown status {status}", status=repr(opinion.status[:40])),
            where="status",
            hint=message("use one of {known}", known=known),
        )
    status = ReviewStatus(opinion.status)
    if (status is ReviewStatus.CORRECTED) != bool(opinion.changes):
        raise UsageError(
            message('the status "corrected" and changes require each other'),
            where=opinion.uid,
            hint=message("give the fields to change"),
        )
    if len(opinion.note) > _LONGEST:
        raise UsageError(
            message("the note is too long"),
            where=opinion.uid,
            hint=message("use at most {most} characters", most=_LONGEST),
        )
    return status


def _said(schedule: Schedule, opinion: Opinion, now: datetime, reviewer: str) -> Schedule:
    before = next((event for event in schedule.events if event.uid == opinion.uid), None)
    if before is None:
        raise NotFound(
            message("unknown item {uid}", uid=repr(opinion.uid[:80])),
            where="uid",
            hint=message("use a uid of the proposal"),
        )
    status = _status(opinion)
    after = _corrected(before, opinion.changes)
    if (after.when, after.kind) != (before.when, before.kind):
        # Milestones follow from the kind as much as from the time.
        after = date_event(after, context_of(schedule))
    events = tuple(after if event.uid == opinion.uid else event for event in schedule.events)
    changed = replace(schedule, events=events)
    earlier = schedule.reviews.get(opinion.uid)
    was = dict(earlier.was) if earlier else {}
    if status is ReviewStatus.CORRECTED:
        for difference in compare(changed, schedule):
            if difference.uid == opinion.uid and difference.field:
                was.setdefault(difference.field, difference.derived)
    said = Review(status, reviewer, now.date(), opinion.note, was if status is ReviewStatus.CORRECTED else {})
    return replace(changed, reviews={**schedule.reviews, opinion.uid: said})


def _corrected(event: Event, changes: Mapping[str, Any]) -> Event:
    """The event with other values in some fields. Raises UsageError."""
    values: dict[str, Any] = {}
    for name, value in changes.items():
        texts = [value] if isinstance(value, str) else list(value.values()) if isinstance(value, dict) else value
        if not isinstance(texts, list) or not all(isinstance(item, str) and len(item) <= _LONGEST for item in texts):
            raise UsageError(
                message("{name} is not text", name=name),
                where=event.uid,
                hint=message("use at most {most} characters", most=_LONGEST),
            )
        if name in WORDS and isinstance(value, str):
            optional = name in {"place", "bearer", "same_as"}
            values[name] = (value or None) if optional else value
        elif name == "kind" and isinstance(value, str):
            if value not in set(Kind):
                raise UsageError(
                    message("unexpected value {value}", value=repr(value[:40])),
                    where=event.uid,
                    hint=message("use one of {known}", known=", ".join(Kind)),
                )
            values[name] = Kind(value)
        elif name == "hours" and isinstance(value, str):
            if value and not is_hours(value):
                raise UsageError(
                    message("invalid times of day {text}", text=repr(value[:20])),
                    where=event.uid,
                    hint=message("write 10:00 or 10:00/13:00, in the item's timezone"),
                )
            values[name] = value
        elif name in SPOKEN and isinstance(value, dict):
            values[name] = {**getattr(event, name), **{language_of(key): text for key, text in value.items()}}
        elif name == "addressees" and isinstance(value, list):
            values[name] = tuple(value)
        else:
            known = ", ".join((*WORDS, *SPOKEN, "kind", "hours", "addressees"))
            raise UsageError(
                message("{name} cannot be corrected", name=repr(str(name)[:40])),
                where=event.uid,
                hint=message("use one of {known}", known=known),
            )
    return replace(event, **values)


# --- publishing -----------------------------------------------------------------------------------------------------


def publish(store: Store, folder: Path, ids: Sequence[int], now: datetime, *, by: Token | None) -> list[str]:
    """Publishes proposals: they are in the store, and so in feeds, when this returns; the slugs. All or nothing.

    A proposal in another language joins what is published of its instrument, and what was reviewed stays. Raises
    NotFound, Conflict for one that is published or rejected, or contradicts what is there.
    """
    with store.alone():
        found = take(store, folder, glance(folder, time.time()))
        made: dict[str, Publication] = {}
        for id_ in ids:
            proposal = proposal_of(store, id_)
            if proposal.state not in {"proposed", "reviewed"}:
                raise Conflict(
                    message("the proposal is already {state}", state=proposal.state),
                    where=str(id_),
                    hint=message("send the document again"),
                )
            home = found.home(proposal.slug)
            earlier = made.get(proposal.slug) or _held(store, proposal.slug, home)
            made[proposal.slug] = _joined(proposal, settled(store, proposal), home, earlier, now)
        with _contradictions():
            bring(store, found, now, publishing=Publishing(list(made.values()), ids, by))
    return list(made)


def _held(store: Store, slug: str, home: Home | None) -> Publication | None:
    """What is published of an instrument over its file, where it counts."""
    return next((item for item in store.documents.publications([slug]) if stands(item, home)), None)


def _joined(
    proposal: Whole, fresh: Schedule, home: Home | None, earlier: Publication | None, now: datetime
) -> Publication:
    """A proposal laid over what is known of its instrument: an earlier publication, else its file, else nothing."""
    base = whole_from_json(earlier.schedule) if earlier else home.schedule if home else None
    texts: dict[str, str] = {}
    if earlier:
        texts = dict(earlier.texts)
    elif home:
        texts = {language: text for (_, language), text in texts_of(home.schedule, home.path).items()}
    if base is not None:
        fresh = _over(base, fresh, proposal.language, texts, home)
    return Publication(
        slug=proposal.slug,
        schedule=whole_to_json(fresh),
        texts={**texts, proposal.language: proposal.text},
        base=home.digest if home else "",
        moment=now,
    )


def _over(base: Schedule, fresh: Schedule, language: str, texts: Mapping[str, str], home: Home | None) -> Schedule:
    others: dict[str, Schedule] = {}
    for other, name in base.sources.items():
        if other == language:
            continue
        if other in texts:
            found = derive_bytes(
                texts[other].encode(), language_of(other), symbol=base.symbol, adopted=base.adopted
            ).schedule
            others[other] = replace(found, sources={other: name})
        elif home:
            others |= derive_beside({other: name}, home.path.parent, base)
    united, _ = unite({language: replace(fresh, reviews={})} | others)
    # What a reviewer confirmed is of no language.
    merged, _ = merge(base, replace(united, amendments=fresh.amendments))
    # What was reviewed gains the words of the new language; and the newest word of a reviewer counts.
    read = {event.uid: event for event in united.events}
    spoken = {event.uid: event for event in fresh.events if event.uid in fresh.reviews}
    events = tuple(
        _kept(_heard(event, read.get(event.uid), language), spoken.get(event.uid)) for event in merged.events
    )
    return replace(merged, events=events, reviews={**merged.reviews, **fresh.reviews})


def _heard(event: Event, read: Event | None, language: str) -> Event:
    """The event with its quote in ``language``, where it was read there."""
    if read is None or language not in read.quote or language not in read.span:
        return event
    subject = {language: read.subject[language]} if language in read.subject else {}
    return replace(
        event,
        subject={**subject, **event.subject},
        slots=event.slots.merged(read.slots) if event.slots else read.slots,
        quote={**event.quote, language: read.quote[language]},
        clause={**event.clause, **{tongue: text for tongue, text in read.clause.items() if tongue == language}},
        span={**event.span, language: read.span[language]},
    )


def _kept(event: Event, said: Event | None) -> Event:
    if said is None:
        return event
    return replace(
        said,
        title={**event.title, **said.title},
        subject={**event.subject, **said.subject},
        slots=said.slots.merged(event.slots) if said.slots else event.slots,
        quote={**event.quote, **said.quote},
        clause={**event.clause, **said.clause},
        span={**event.span, **said.span},
    )


# --- back into the files --------------------------------------------------------------------------------------------


def exported(store: Store, folder: Path) -> Iterable[tuple[Path, str, str]]:
    """What the files would be with the publications in them: path, text now (empty for none) and text then."""
    found = take(store, folder, glance(folder, time.time()))
    for item in store.documents.publications():
        home = found.home(item.slug)
        # What goes by another symbol now is in the file of that.
        if not stands(item, home) or (home is None and store.home(item.slug)):
            continue
        schedule = whole_from_json(item.schedule)
        path = home.path if home else folder / _shelf(schedule) / f"{item.slug}.yaml"
        yield path, path.read_text("utf-8") if home else "", write(schedule)
        for language, text in sorted(item.texts.items()):
            beside = path.parent / schedule.sources.get(language, f"{item.slug}.{language}.txt")
            if beside.suffix == ".txt" and not beside.exists():
                yield beside, "", text


def foreseen(store: Store, folder: Path, id_: int, now: datetime) -> list[tuple[Path, str, str]]:
    """What the files would be if the proposal were published and exported: path, text now and text then.

    Raises NotFound, and whatever deriving the texts in other languages raises.
    """
    proposal = proposal_of(store, id_)
    home = take(store, folder, glance(folder, time.time())).home(proposal.slug)
    joined = _joined(proposal, settled(store, proposal), home, _held(store, proposal.slug, home), now)
    schedule = whole_from_json(joined.schedule)
    path = home.path if home else folder / _shelf(schedule) / f"{proposal.slug}.yaml"
    files = [(path, path.read_text("utf-8") if home else "", write(schedule))]
    for language, text in sorted(joined.texts.items()):
        beside = path.parent / schedule.sources.get(language, f"{proposal.slug}.{language}.txt")
        if beside.suffix == ".txt" and not beside.exists():
            files.append((beside, "", text))
    return files


def patch(files: Iterable[tuple[Path, str, str]], folder: Path) -> str:
    """The differences as a patch that ``git apply`` and ``patch -p1`` take in the folder above ``folder``."""
    parts: list[str] = []
    for path, now, then in files:
        name = (Path(folder.name) / path.relative_to(folder)).as_posix()
        before = f"a/{name}" if now else "/dev/null"
        lines = unified_diff(_lines(now), _lines(then), before, f"b/{name}")
        parts.extend(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
    return "".join(parts)


def _lines(text: str) -> list[str]:
    # Only line feeds end a line of a patch; form feeds and the like are within it.
    return [f"{line}\n" for line in text.split("\n")[:-1]] + [line for line in text.split("\n")[-1:] if line]


def put_back(files: Iterable[tuple[Path, str, str]]) -> list[Path]:
    """Writes the files; their paths."""
    done = []
    for path, _, then in files:
        save(path, then.encode())
        done.append(path)
    return done


def _shelf(schedule: Schedule) -> Path:
    """The folder of an instrument's file below the schedules: by body and session, as ga/72."""
    organ = schedule.symbol.text.split("/")
    body = {"A": "ga", "S": "sc", "E": "ecosoc"}.get(organ[0], organ[0].lower())
    if organ[:2] == ["A", "HRC"]:
        body = "hrc"
    session = schedule.session or schedule.symbol.session or (schedule.adopted.year if schedule.adopted else None)
    return Path(body, str(session)) if session else Path(body)
