"""Loading: what the schedule files say, into the store."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Final, TypeAlias

from app.almanac import Almanac, almanac
from app.documents import slug_of
from app.errors import DataError, PlenaryError, ScheduleError, StoreError, message
from app.model import Schedule
from app.schedule.history import histories
from app.schedule.symbol_aliases import formers
from app.services.affected_events import find_affected
from app.services.publication_overlay import effective_schedule, locate, merge_all, renamed_without_file
from app.services.source_scan import SourceScan, scan, stat_snapshot
from app.settings import Settings
from app.store import Part, Publication, Publishing, Store

_log = logging.getLogger(__name__)
_MANY: Final = 500
_FEW: Final = 50


def load(
    store: Store,
    folder: Path,
    recorded: datetime,
    *,
    calendar: Almanac | None = None,
    apart: Callable[[], bool] | None = None,
) -> bool:
    """Load the schedule files below ``folder`` atomically; return whether anything changed.

    Only files that changed are read, and only what they affect is built again. ``apart`` does it in the place
    of this process where there are many to be read, which takes much memory. ``recorded`` is the moment at which the
    service learns of it. Raises ScheduleError, AmendmentError, StoreError; the store then holds what it held.
    """
    if not folder.is_dir():
        raise ScheduleError(
            message("the folder does not exist"),
            where=str(folder),
            hint=message("set PLENARY_SCHEDULES to the schedules folder"),
        )
    look = stat_snapshot(folder, time.time())
    if look[0] and look[0] == store.fingerprint().partition(":")[2]:
        return False
    found = scan(store, folder, look)
    if found.loaded:
        with suppress(StoreError):  # a store that cannot be written can be read all the same
            store.note(found.mark, found.noted if found.trusted else None)
        return False
    if apart is not None and sum(path.endswith(".yaml") for path in found.changed) > _MANY:
        return apart()
    # Of many workers that start at once, one loads and the others wait for it.
    with store.exclusive():
        if store.fingerprint() != found.base:
            found = scan(store, folder, stat_snapshot(folder, time.time()))
        return False if found.loaded else apply_scan(store, found, recorded, calendar=calendar)


def apply_scan(
    store: Store,
    found: SourceScan,
    recorded: datetime,
    *,
    calendar: Almanac | None = None,
    publishing: Publishing | None = None,
) -> bool:
    """Bring the store to what the files and the publications say; whether anything changed.

    ``publishing`` are publications that are new. Nobody else may load meanwhile (``Store.exclusive``). Raises
    ScheduleError, AmendmentError, StoreError.
    """
    chosen = calendar or almanac()
    made = {item.slug: item for item in publishing.publications} if publishing else {}
    if not found.trusted or calendar or len(found.changed) > max(_FEW, len(found.noted) // 4):
        items = {item.slug: item for item in store.proposals.publications()} | made
        schedules, texts = merge_all(found.homes(), items.values(), chosen, made.keys())
        return store.load(
            schedules, histories(schedules, chosen), fingerprint=found.mark, recorded=recorded, texts=texts,
            files=found.notes(), publishing=publishing,
        )  # fmt: skip

    read = standing(store, found, made)
    touched = {slug: read(slug) for slug in sorted(found.touched() | made.keys())}
    former = renamed_without_file((whole[0] for whole in touched.values() if whole), found.home)
    touched |= dict.fromkeys(sorted(former - made.keys()))
    # What was called so until now may have been published under that symbol.
    before = [filed.schedule for slug in touched if (filed := store.instrument(slug, ()))]
    freed = {slug_of(symbol) for schedule in before for symbol in schedule.formerly}
    touched |= {slug: read(slug) for slug in sorted(freed - former - touched.keys())}
    _claimed(store, {slug: whole[0] for slug, whole in touched.items() if whole}, touched.keys(), found)
    reached = find_affected(
        store,
        {slug: whole[0] if whole else None for slug, whole in touched.items()},
        lambda slug: whole[0] if (whole := read(slug)) else None,
        chosen,
    )
    texts = {key: text for whole in touched.values() if whole for key, text in whole[1].items()}
    part = Part(frozenset(touched), reached.uids, found.base)
    return store.load(
        reached.schedules, reached.histories, fingerprint=found.mark, recorded=recorded, texts=texts,
        files=found.notes(), publishing=publishing, part=part,
    )  # fmt: skip


Standing: TypeAlias = Callable[[str], tuple[Schedule, dict[tuple[str, str], str]] | None]


def standing(store: Store, found: SourceScan, made: Mapping[str, Publication] | None = None) -> Standing:
    """Return a lookup of dated public schedules and texts by slug; ``made`` adds publications."""

    def read(slug: str) -> tuple[Schedule, dict[tuple[str, str], str]] | None:
        item = (made or {}).get(slug) or next(iter(store.proposals.publications([slug])), None)
        return effective_schedule(slug, found.home(slug), item, almanac())

    return read


def _claimed(store: Store, present: Mapping[str, Schedule], touched: Collection[str], found: SourceScan) -> None:
    """Check that current and former symbols of instruments are unique.

    Raises ScheduleError where a symbol is current of one instrument and former of another, or former of two.

    ``present`` are the existing schedules among ``touched``; all others are in the store.
    """
    whole = dict(present)
    slugs = {slug_of(symbol) for schedule in present.values() for symbol in schedule.formerly}
    for slug in slugs | present.keys():
        for other in (slug, store.home(slug)):
            if other and other not in touched and (filed := store.instrument(other, ())) is not None:
                whole[other] = filed.schedule
    formers((schedule, locate(slug, found.home)) for slug, schedule in sorted(whole.items()))


def load_apart(url: str, folder: Path) -> bool:
    """Load as ``load`` does, in a process of its own that frees its memory when it ends."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        try:
            return pool.submit(_load_alone, url, folder).result()
        except BrokenProcessPool as error:
            raise process_killed_error(folder) from error


def process_killed_error(folder: Path) -> ScheduleError:
    """Return the error of a process that was loading ``folder`` and was killed."""
    hint = message("check the available memory: loading 10,000 instruments takes 1 GB")
    return ScheduleError(message("the loading process was killed"), where=str(folder), hint=hint)


def _load_alone(url: str, folder: Path) -> bool:
    store = Store(url)
    try:
        return load(store, folder, datetime.now(UTC))
    finally:
        store.close()


def open_store(settings: Settings, now: datetime) -> Store:
    """Return the migrated store of the settings, loading the schedules where they changed.

    Schedules that cannot be read are logged, and what the store held stays. Raises StoreError; ScheduleError and
    AmendmentError where the store holds nothing yet.
    """
    store = Store(settings.database_url)
    try:
        store.migrate()
        try:
            folder = settings.schedules
            load(store, folder, now, apart=lambda: load_apart(settings.database_url, folder))
        except DataError as error:
            if store.revision() == 0:
                raise
            _log.error("the schedules were not loaded, what was known before is served: %s", error.line())
        except (ValueError, ArithmeticError, LookupError, TypeError, AttributeError, RuntimeError):
            # A fault of ours that some file brings out must not stop a service that holds good data either.
            if store.revision() == 0:
                raise
            _log.exception("the schedules were not loaded, what was known before is served")
    except PlenaryError:
        store.close()
        raise
    return store
