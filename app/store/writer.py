"""Bringing the store to what the schedules say: only what is new or different is written, in one transaction."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

import sqlalchemy as sa

from app.almanac.recurrence import read_rule
from app.documents import slug_of
from app.errors import Conflict, message
from app.model import Event, Revision, Schedule
from app.schedule.history import is_reaffirmation
from app.store.codec import event_to_json, schedule_to_json
from app.store.schema import (
    FOREVER,
    LAST_DAY,
    NEAR,
    WHOLE_YEAR,
    actors,
    instruments,
    known_now,
    moment_in,
    renamed,
    revisions,
    state,
    texts,
)

_R = revisions.c
_BATCH = 5000


@dataclass(frozen=True, slots=True)
class _Known:
    """What the store holds of a revision; ``digest`` of its row."""

    id: int
    digest: str
    recorded: int


@dataclass(frozen=True, slots=True)
class Part:
    """Part of a store to compare: instruments and texts by slug, and events by UID.

    Everything else is left as it is.

    ``base`` is the fingerprint of the store for which that is so.
    """

    slugs: frozenset[str]
    uids: frozenset[str]
    base: str

    def check(self, connection: sa.Connection) -> None:
        """Raise Conflict where the store was loaded from something else since."""
        if connection.execute(sa.select(state.c.fingerprint)).scalar() != self.base:
            raise Conflict(message("the store changed during the operation"), where="store", hint=message("try again"))


def load(
    connection: sa.Connection,
    schedules: Sequence[Schedule],
    histories: Mapping[str, Sequence[Revision]],
    fingerprint: str,
    recorded: datetime,
    held: Mapping[tuple[str, str], str],
    part: Part | None = None,
) -> bool:
    """Write what differs; returns whether anything did.

    ``held`` are stored texts by slug and language. With ``part``, ``schedules`` are those that own an event of it, or
    are of it themselves, in order of slug.
    """
    row = connection.execute(sa.select(state.c.fingerprint, state.c.recorded, state.c.revision)).first()
    if row and row.fingerprint == fingerprint:
        return False
    # The second axis never runs backwards, even if the clock does.
    moment = max(moment_in(recorded), row.recorded + 1 if row else 0)
    changed = _load_revisions(connection, schedules, histories, moment, part)
    changed = _load_instruments(connection, schedules, held, moment, part) or changed
    changed = _load_renamed(connection, schedules, moment, part) or changed
    changed = _load_texts(connection, held, part) or changed
    if row is None:
        connection.execute(state.insert().values(id=1, revision=1, fingerprint=fingerprint, recorded=moment))
        return True
    values: dict[str, Any] = {"fingerprint": fingerprint}
    if changed:
        values |= {"revision": row.revision + 1, "recorded": moment}
    connection.execute(state.update().values(values))
    return changed


# --- revisions ------------------------------------------------------------------------------------------------------


def _load_revisions(
    connection: sa.Connection,
    schedules: Sequence[Schedule],
    histories: Mapping[str, Sequence[Revision]],
    moment: int,
    part: Part | None,
) -> bool:
    known: dict[tuple[str, int], _Known] = {}
    held = sa.select(_R.id, _R.uid, _R.place, _R.digest, _R.recorded)
    for query in (
        [held.where(_R.recorded_to == FOREVER)]
        if part is None
        else [held.where(_R.uid.in_(uids), known_now()) for uids in _parts(sorted(part.uids))]
    ):
        for id_, uid, place, digest, first in connection.execute(query):
            known[uid, place] = _Known(id_, digest, first)
    fresh: list[dict[str, Any]] = []
    stale: list[int] = []
    for row in _rows(schedules, histories, part):
        before = known.pop((row["uid"], row["place"]), None)
        if before and before.digest == row["digest"]:
            continue
        content, _, _ = row["digest"].partition("-")
        same = before is not None and before.digest.partition("-")[0] == content
        # A revision that only ends on another day, or stands elsewhere in its file, is no news.
        first = before.recorded if before and same else moment
        fresh.append(row | {"recorded": first, "recorded_from": moment, "recorded_to": FOREVER})
        if before:
            stale.append(before.id)
    stale += [gone.id for gone in known.values()]
    for ids in _parts(stale):
        connection.execute(revisions.update().where(_R.id.in_(ids)).values(recorded_to=moment))
    if fresh:
        _insert(connection, fresh)
    return bool(fresh or stale)


def _insert(connection: sa.Connection, rows: list[dict[str, Any]]) -> None:
    start = (connection.execute(sa.select(sa.func.max(revisions.c.id))).scalar() or 0) + 1
    named: list[dict[str, Any]] = []
    for number, row in enumerate(rows, start):
        row["id"] = number
        named += [{"actor": actor, "revision": number} for actor in row.pop("actors")]
    for some in _parts(rows):
        connection.execute(revisions.insert(), some)
    for some in _parts(named):
        connection.execute(actors.insert(), some)


def _rows(
    schedules: Sequence[Schedule], histories: Mapping[str, Sequence[Revision]], part: Part | None
) -> Iterator[dict[str, Any]]:
    for schedule in schedules:
        slug = schedule.symbol.slug
        body = schedule.body or schedule.symbol.body
        for position, item in enumerate(schedule.events):
            if part and item.uid not in part.uids:
                continue
            history = histories[item.uid]
            ends = _ends(history)
            for place, revision in enumerate(history):
                yield _row(revision, place, ends[place], {"slug": slug, "body": body, "position": position})


def _ends(history: Sequence[Revision]) -> list[date]:
    """Return the day on which each revision stopped being current.

    It is a revision's own day where it was never current by itself.
    """
    ends: list[date] = []
    following = LAST_DAY
    for revision in reversed(history):
        if is_reaffirmation(revision):
            ends.append(revision.decided)
        else:
            ends.append(following)
            following = revision.decided
    return ends[::-1]


def _row(revision: Revision, place: int, end: date, home: Mapping[str, Any]) -> dict[str, Any]:
    event = revision.event
    text = event_to_json(event)
    action = revision.action.value if revision.action else None
    first, last = _extent(event)
    season = _season(event)
    content = (text, revision.number, revision.decided.isoformat(), revision.instrument, action, revision.note)
    placed = (end.isoformat(), *home.values())
    return {
        "uid": event.uid,
        "place": place,
        **home,
        "kind": event.kind.value,
        "merged": event.same_as is not None,
        "day": first,
        "last": last,
        "far": last is not None and (last - first).days > NEAR,
        "season_from": season[0],
        "season_to": season[1],
        "number": revision.number,
        "instrument": revision.instrument,
        "action": action,
        "note": revision.note,
        "decided_from": revision.decided,
        "decided_to": end,
        "digest": f"{_digest(content)}-{_digest(placed)}",
        "search": _search(event),
        "event": text,
        "certainty": event.certainty.value,
        "length": _length(event),
        "recurrence": event.recurrence,
        "actors": sorted({actor for actor in (event.bearer, *event.addressees) if actor}),
    }


def _digest(values: Iterable[object]) -> str:
    return hashlib.blake2b("\0".join(str(value) for value in values).encode(), digest_size=9).hexdigest()


def _extent(event: Event) -> tuple[date, date | None]:
    """Return the display day of an event and the last day that it can touch.

    They are LAST_DAY and None for an undated event.
    """
    first = event.start or event.end
    if first is None:
        return LAST_DAY, None
    if event.recurrence:
        rule = read_rule(event.recurrence)
        until = rule.until if rule.until and rule.until >= first else None
        return first, until + timedelta(min(_length(event), (LAST_DAY - until).days)) if until else LAST_DAY
    return first, event.end or LAST_DAY


def _length(event: Event) -> int:
    """Return the days from the first to the last of an occurrence; 0 for an open end."""
    return (event.end - event.start).days if event.start and event.end else 0


def _season(event: Event) -> tuple[int, int]:
    """Return the days of the year between which the event falls.

    It is one stretch for an event on one day every year, else the whole year.
    """
    rule = read_rule(event.recurrence) if event.recurrence else None
    if rule is None or event.start is None or rule.frequency != "YEARLY":
        return WHOLE_YEAR
    if len(rule.months) != 1 or len(rule.month_days) != 1 or rule.month_days[0] < 1 or rule.days or rule.positions:
        return WHOLE_YEAR
    end = event.end or event.start
    # A leap day moves the end of a span across February by one.
    if event.start.year != end.year or (event.start != end and event.start.month <= 2 < end.month):
        return WHOLE_YEAR
    return rule.months[0] * 100 + rule.month_days[0], end.month * 100 + end.day


def _search(event: Event) -> str:
    parts = {*event.title.values(), *event.subject.values(), *event.quote.values(), event.action, event.place or ""}
    # Quotes keep the line breaks of the text; people search across them.
    return " ".join(" ".join(sorted(parts)).split()).casefold()


def _parts(items: Sequence[Any]) -> Iterator[list[Any]]:
    flow = iter(items)
    # SQLite takes 32,766 parameters in one statement.
    while part := list(islice(flow, _BATCH)):
        yield part


# --- instruments and texts ------------------------------------------------------------------------------------------


def _load_instruments(
    connection: sa.Connection,
    schedules: Sequence[Schedule],
    held: Mapping[tuple[str, str], str],
    moment: int,
    part: Part | None,
) -> bool:
    languages: dict[str, set[str]] = {}
    for slug, language in held:
        languages.setdefault(slug, set()).add(language)
    wanted = {
        row["slug"]: row
        for row in (_instrument(item, languages.get(item.symbol.slug, set())) for item in schedules)
        if part is None or row["slug"] in part.slugs
    }
    columns = [column.name for column in instruments.columns]
    stored: dict[str, dict[str, Any]] = {}
    for query in _of(instruments, part):
        stored |= {row.slug: dict(zip(columns, row, strict=True)) for row in connection.execute(query)}
    touched = {slug: row.pop("touched") for slug, row in stored.items()}
    fresh = [row for slug, row in wanted.items() if stored.get(slug) != row]
    for row in fresh:
        # Counts and languages are no part of what an event's description says of its instrument.
        before = stored.get(row["slug"], {})
        same = all(before.get(name) == row[name] for name in ("symbol", "title", "schedule", "withdrawn"))
        row["touched"] = touched[row["slug"]] if same else moment
    gone = [slug for slug, row in stored.items() if slug not in wanted and row["withdrawn"] is None]
    for slugs in _parts(gone):
        withdrawn = instruments.update().where(instruments.c.slug.in_(slugs))
        connection.execute(withdrawn.values(withdrawn=moment, touched=moment))
    for slugs in _parts([row["slug"] for row in fresh if row["slug"] in stored]):
        connection.execute(instruments.delete().where(instruments.c.slug.in_(slugs)))
    for rows in _parts(fresh):
        connection.execute(instruments.insert(), rows)
    return bool(fresh or gone)


def _instrument(schedule: Schedule, held: set[str]) -> dict[str, Any]:
    symbol = schedule.symbol
    kinds = Counter(event.kind.value for event in schedule.events if event.same_as is None)
    return {
        "slug": symbol.slug,
        "symbol": symbol.text,
        "body": schedule.body or symbol.body,
        "session": schedule.session or symbol.session,
        "adopted": schedule.adopted,
        "family": schedule.family,
        "topic": f"-{_hyphened(schedule.title.get('en', ''))}-",
        "search": " ".join([symbol.text, symbol.slug, *schedule.formerly, *schedule.title.values()]).casefold(),
        "title": json.dumps(dict(schedule.title), ensure_ascii=False),
        "languages": ",".join(sorted(held | set(schedule.sources))),
        "counts": json.dumps(dict(sorted(kinds.items()))),
        "schedule": schedule_to_json(schedule),
        "place": place_of(symbol.text),
        "withdrawn": None,
    }


def _load_renamed(connection: sa.Connection, schedules: Sequence[Schedule], moment: int, part: Part | None) -> bool:
    """Replace the former slugs of instruments; return whether any changed.

    Former slugs of a withdrawn instrument are kept.

    Asked after the instruments were brought to what they are.
    """
    heard = {item.symbol.slug: item for item in schedules if part is None or item.symbol.slug in part.slugs}
    wanted = {slug_of(symbol): slug for slug, item in heard.items() for symbol in item.formerly}
    stored = {row.slug: row.home for row in connection.execute(sa.select(renamed))}
    current_revisions: set[str] = set()
    for slugs in _parts(sorted(stored)):
        asked = sa.select(instruments.c.slug).where(instruments.c.slug.in_(slugs), instruments.c.withdrawn.is_(None))
        current_revisions.update(connection.execute(asked).scalars())
    for slug, home in stored.items():
        if home not in heard and slug not in current_revisions:
            wanted.setdefault(slug, home)
    changed = sorted(slug for slug in {*wanted, *stored} if wanted.get(slug) != stored.get(slug))
    for slugs in _parts(changed):
        connection.execute(renamed.delete().where(renamed.c.slug.in_(slugs)))
        # Who is served what an instrument was under its old name is to be sent on from now.
        connection.execute(instruments.update().where(instruments.c.slug.in_(slugs)).values(touched=moment))
    for rows in _parts([{"slug": slug, "home": wanted[slug]} for slug in changed if slug in wanted]):
        connection.execute(renamed.insert(), rows)
    return bool(changed)


def home_of(connection: sa.Connection, slug: str) -> str | None:
    """Return the current slug of the instrument of a former ``slug``, through all renamings."""
    seen = [slug]
    while (
        home := connection.execute(sa.select(renamed.c.home).where(renamed.c.slug == seen[-1])).scalar()
    ) is not None:
        if home in seen:
            break
        seen.append(home)
    return seen[-1] if len(seen) > 1 else None


def _hyphened(words: str) -> str:
    """English words in lower case, joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", words.lower()))


def place_of(symbol: str) -> str:
    """Return a key by which A/RES/9/1 sorts before A/RES/10/1."""
    return re.sub(r"\d+", lambda match: match[0].rjust(6, "0"), symbol)[:200]


def _of(table: sa.Table, part: Part | None) -> Iterator[sa.Select[Any]]:
    """Return the rows of a table that are compared."""
    if part is None:
        yield sa.select(table)
        return
    for slugs in _parts(sorted(part.slugs)):
        yield sa.select(table).where(table.c.slug.in_(slugs))


def _load_texts(connection: sa.Connection, held: Mapping[tuple[str, str], str], part: Part | None) -> bool:
    stored: dict[tuple[str, str], str] = {}
    for query in _of(texts, part):
        stored |= {(row.slug, row.language): row.text for row in connection.execute(query)}
    gone = [key for key in stored if stored[key] != held.get(key)]
    for slug, language in gone:
        connection.execute(texts.delete().where(texts.c.slug == slug, texts.c.language == language))
    fresh = [
        {"slug": slug, "language": language, "text": text}
        for (slug, language), text in held.items()
        if stored.get((slug, language)) != text
    ]
    for rows in _parts(fresh):
        connection.execute(texts.insert(), rows)
    return bool(gone or fresh)
