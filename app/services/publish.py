"""Publication of proposals, and their export into the schedule files."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from difflib import unified_diff
from pathlib import Path

from app.errors import Conflict, message
from app.model import Event, Schedule
from app.schedule.files import write_atomically
from app.schedule.review import merge
from app.schedule.translations import unite
from app.schedule.yaml_writer import write
from app.services.amendment_review import settled
from app.services.derive import derive_beside, derive_bytes, language_of
from app.services.publication_overlay import ScheduleSource, is_current, texts_of
from app.services.review import as_conflict, get_proposal
from app.services.source_scan import scan, stat_snapshot
from app.services.sync import apply_scan
from app.store import (
    ProposalDetail,
    Publication,
    Publishing,
    Store,
    Token,
    whole_from_json,
    whole_to_json,
)


def publish(store: Store, folder: Path, ids: Sequence[int], now: datetime, *, by: Token | None) -> list[str]:
    """Publish proposals, all or nothing, and return their slugs.

    The events are in the store, and so in feeds, when this returns.

    A proposal in another language joins what is published of its instrument, and what was reviewed stays. Raises
    NotFound, Conflict for one that is published or rejected, or contradicts what is there.
    """
    with store.exclusive():
        found = scan(store, folder, stat_snapshot(folder, time.time()))
        made: dict[str, Publication] = {}
        for id_ in ids:
            proposal = get_proposal(store, id_)
            if proposal.state not in {"proposed", "reviewed"}:
                raise Conflict(
                    message("the proposal is already {state}", state=proposal.state),
                    where=str(id_),
                    hint=message("send the document again"),
                )
            home = found.home(proposal.slug)
            earlier = made.get(proposal.slug) or _held(store, proposal.slug, home)
            made[proposal.slug] = _joined(proposal, settled(store, proposal), home, earlier, now)
        with as_conflict():
            apply_scan(store, found, now, publishing=Publishing(list(made.values()), ids, by))
    return list(made)


def _held(store: Store, slug: str, home: ScheduleSource | None) -> Publication | None:
    """Return what is published of an instrument over its file, where it counts."""
    return next((item for item in store.proposals.publications([slug]) if is_current(item, home)), None)


def _joined(
    proposal: ProposalDetail, fresh: Schedule, home: ScheduleSource | None, earlier: Publication | None, now: datetime
) -> Publication:
    """Merge a proposal with the instrument's earlier publication or else its file, if any."""
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


def _over(
    base: Schedule, fresh: Schedule, language: str, texts: Mapping[str, str], home: ScheduleSource | None
) -> Schedule:
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
    """Return the event with its quote in ``language``, where it was read there."""
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


def _kept(event: Event, derived: Event | None) -> Event:
    if derived is None:
        return event
    return replace(
        derived,
        title={**event.title, **derived.title},
        subject={**event.subject, **derived.subject},
        slots=derived.slots.merged(event.slots) if derived.slots else event.slots,
        quote={**event.quote, **derived.quote},
        clause={**event.clause, **derived.clause},
        span={**event.span, **derived.span},
    )


# --- back into the files --------------------------------------------------------------------------------------------


def pending_export(store: Store, folder: Path) -> Iterable[tuple[Path, str, str]]:
    """Return the files that an export of the publications would change.

    Each is path, current text (empty without a file) and new text.
    """
    found = scan(store, folder, stat_snapshot(folder, time.time()))
    for item in store.proposals.publications():
        home = found.home(item.slug)
        # What goes by another symbol now is in the file of that.
        if not is_current(item, home) or (home is None and store.home(item.slug)):
            continue
        schedule = whole_from_json(item.schedule)
        path = home.path if home else folder / _body_folder(schedule) / f"{item.slug}.yaml"
        yield path, path.read_text("utf-8") if home else "", write(schedule)
        for language, text in sorted(item.texts.items()):
            beside = path.parent / schedule.sources.get(language, f"{item.slug}.{language}.txt")
            if beside.suffix == ".txt" and not beside.exists():
                yield beside, "", text


def preview_export(store: Store, folder: Path, id_: int, now: datetime) -> list[tuple[Path, str, str]]:
    """Return the files that publishing and exporting a proposal would change.

    Each is path, current text and new text.

    Raises NotFound, and whatever deriving the texts in other languages raises.
    """
    proposal = get_proposal(store, id_)
    home = scan(store, folder, stat_snapshot(folder, time.time())).home(proposal.slug)
    joined = _joined(proposal, settled(store, proposal), home, _held(store, proposal.slug, home), now)
    schedule = whole_from_json(joined.schedule)
    path = home.path if home else folder / _body_folder(schedule) / f"{proposal.slug}.yaml"
    files = [(path, path.read_text("utf-8") if home else "", write(schedule))]
    for language, text in sorted(joined.texts.items()):
        beside = path.parent / schedule.sources.get(language, f"{proposal.slug}.{language}.txt")
        if beside.suffix == ".txt" and not beside.exists():
            files.append((beside, "", text))
    return files


def to_patch(files: Iterable[tuple[Path, str, str]], folder: Path) -> str:
    """Return the differences as a patch that applies in the parent folder of ``folder``.

    Both ``git apply`` and ``patch -p1`` take it.
    """
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


def write_export(files: Iterable[tuple[Path, str, str]]) -> list[Path]:
    """Write the files; their paths."""
    done = []
    for path, _, then in files:
        write_atomically(path, then.encode())
        done.append(path)
    return done


def _body_folder(schedule: Schedule) -> Path:
    """Return the folder of an instrument's file by body and session, as ga/72."""
    organ = schedule.symbol.text.split("/")
    body = {"A": "ga", "S": "sc", "E": "ecosoc"}.get(organ[0], organ[0].lower())
    if organ[:2] == ["A", "HRC"]:
        body = "hrc"
    session = schedule.session or schedule.symbol.session or (schedule.adopted.year if schedule.adopted else None)
    return Path(body, str(session)) if session else Path(body)
