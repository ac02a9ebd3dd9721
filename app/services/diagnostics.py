"""The doctor: looks at everything a service stands on, says what is wrong and what to do about it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from app.errors import PlenaryError, StoreError, message
from app.feeds import lint, render_schedule
from app.i18n import gettext, gettext_noop, translate_error
from app.schedule.files import find_schedule_files, read_file
from app.schedule.yaml_writer import write
from app.services.source_scan import stat_snapshot
from app.settings import Settings
from app.store import Store

CHECKS: Final = ("database", "tables", "damage", "schedules", "loaded", "disk", "clock", "feeds", "memory")
"""What is looked at, in this order."""
_LEAST_FREE: Final = 200
_SAMPLE: Final = 200
_PATIENCE: Final = 2.0
_UNWRITABLE: Final = re.compile(r"^plenary_events_unwritable (\d{1,9}(?:\.\d{1,9})?)$", re.MULTILINE)
_STALE: Final = re.compile(r"^plenary_feeds_stale (\d{1,9}(?:\.\d{1,9})?)$", re.MULTILINE)
_HOUR: Final = timedelta(hours=1)
_MEBIBYTE: Final = 1024 * 1024
MEND: Final = gettext_noop("stop the service and run `plenary doctor --mend`")


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found: ``text`` is the state, ``do`` the remedy where it is not good."""

    check: str
    good: bool
    text: str
    do: str = ""


def examine(settings: Settings, now: datetime) -> list[Finding]:
    """Return every check in the order of ``CHECKS``, in the settings' language; read-only."""
    return list(_Doctor(settings, now).findings())


class _Doctor:
    def __init__(self, settings: Settings, now: datetime) -> None:
        self._settings = settings
        self._now = now
        self._store: Store | None = None

    def findings(self) -> Iterator[Finding]:
        tests: tuple[Callable[[], Finding], ...] = (
            self._database, self._tables, self._damage, self._schedules, self._loaded, self._disk, self._clock,
            self._feeds, self._memory,
        )  # fmt: skip
        try:
            for check, test in zip(CHECKS, tests, strict=True):
                try:
                    yield test()
                except PlenaryError as error:
                    what, hint = translate_error(error, self._settings.language)
                    yield Finding(check, False, f"{what} ({error.where})" if error.where else what, hint)
        finally:
            if self._store is not None:
                self._store.close()

    def _say(self, check: str, good: bool, text: str, do: str = "", **facts: object) -> Finding:
        language = self._settings.language
        line = gettext(text, language).format(**facts)
        return Finding(check, good, line, gettext(do, language).format(**facts) if do and not good else "")

    def _open(self) -> Store:
        if self._store is None:
            raise StoreError(message("the store does not answer"), hint=message("run `plenary doctor`"))
        return self._store

    def _database(self) -> Finding:
        self._store = Store(self._settings.database_url)
        self._store.schema()
        return self._say("database", True, gettext_noop("the database answers"))

    def _tables(self) -> Finding:
        held, wanted = self._open().schema()
        if not held:
            text, do = (
                gettext_noop("there are no tables yet"),
                gettext_noop("run `plenary db migrate`, or start the service"),
            )
            return self._say("tables", False, text, do)
        if held > wanted:
            text = gettext_noop("the tables are of version {held}, newer than this program's {wanted}")
            return self._say("tables", False, text, gettext_noop("run the newest version"), held=held, wanted=wanted)
        text = gettext_noop("the tables are of version {held}, this program's is {wanted}")
        return self._say(
            "tables", held == wanted, text, gettext_noop("run `plenary db migrate`"), held=held, wanted=wanted
        )

    def _damage(self) -> Finding:
        if damage := self._open().damage():
            return self._say("damage", False, gettext_noop("the database is damaged: {damage}"), MEND, damage=damage)
        return self._say("damage", True, gettext_noop("the database is whole"))

    def _schedules(self) -> Finding:
        paths = find_schedule_files([self._settings.schedules])
        wrong: list[str] = []
        for path in paths:
            try:
                if write(read_file(path)).encode() != path.read_bytes():
                    wrong.append(str(path))
            except PlenaryError as error:
                what, _ = translate_error(error, self._settings.language)
                wrong.append(f"{what} ({error.where})")
        if wrong:
            text = gettext_noop("{count} of {total} schedule files are wrong: {first}")
            do = gettext_noop("run `plenary check`, mend the file or take it out of the folder")
            return self._say("schedules", False, text, do, count=len(wrong), total=len(paths), first=wrong[0])
        return self._say("schedules", True, gettext_noop("{total} schedule files can be read"), total=len(paths))

    def _loaded(self) -> Finding:
        known, _, seen = self._open().fingerprint().partition(":")
        found, _ = stat_snapshot(self._settings.schedules, self._now.timestamp())
        if not known:
            return self._say(
                "loaded", False, gettext_noop("no schedules are loaded yet"), gettext_noop("start the service")
            )
        if found and seen and found != seen:
            text = gettext_noop("the schedule files changed since they were loaded")
            do = gettext_noop("see the log of the service for a file that cannot be loaded, or run `plenary load`")
            return self._say("loaded", False, text, do)
        return self._say("loaded", True, gettext_noop("the schedule files are loaded"))

    def _disk(self) -> Finding:
        folder = self._open().folder()
        if folder is None:
            return self._say("disk", True, gettext_noop("the database keeps its own disk"))
        free = shutil.disk_usage(folder).free // _MEBIBYTE
        if not os.access(folder, os.W_OK):
            text, do = (
                gettext_noop("{folder} cannot be written"),
                gettext_noop("give the service's user the right to write there"),
            )
            return self._say("disk", False, text, do, folder=folder)
        text, do = gettext_noop("{free} MiB are free in {folder}"), gettext_noop("make room, {least} MiB at least")
        return self._say("disk", free >= _LEAST_FREE, text, do, free=free, folder=folder, least=_LEAST_FREE)

    def _clock(self) -> Finding:
        do = gettext_noop("set the clock, and keep it by NTP")
        changed = self._open().changed()
        if changed is not None and changed - self._now > _HOUR:
            text = gettext_noop("the clock says {now}, but the store changed at {changed}")
            return self._say("clock", False, text, do, now=_moment(self._now), changed=_moment(changed))
        newest = max((path.stat().st_mtime for path in find_schedule_files([self._settings.schedules])), default=0.0)
        if newest - self._now.timestamp() > _HOUR.total_seconds():
            text = gettext_noop("the clock says {now}, but a schedule file is of a later time")
            return self._say("clock", False, text, do, now=_moment(self._now))
        return self._say("clock", True, gettext_noop("the clock says {now}"), now=_moment(self._now))

    def _feeds(self) -> Finding:
        store = self._open()
        page = store.instruments(limit=_SAMPLE)
        for item in page.items:
            filed = store.instrument(item.slug)
            if filed is None or not filed.schedule.events:
                continue
            for finding in lint(render_schedule(filed.schedule, self._settings.language)):
                text = gettext_noop("the feed of {symbol} is not sound: {finding}")
                do = gettext_noop("restore the database from its backup, or report this")
                return self._say("feeds", False, text, do, symbol=item.symbol, finding=finding)
        if unwritable := self._metric(_UNWRITABLE):
            text = gettext_noop("{count} events cannot be written and are missing from feeds")
            do = gettext_noop("see what its log says of them, and report it")
            return self._say("feeds", False, text, do, count=unwritable)
        if stale := self._metric(_STALE):
            text = gettext_noop("the service could not make feeds anew and gives them as they last were: {stale}")
            return self._say(
                "feeds", False, text, gettext_noop("see what its log says of them, and report it"), stale=stale
            )
        return self._say("feeds", True, gettext_noop("{count} feeds rendered, each is sound"), count=len(page.items))

    def _metric(self, pattern: re.Pattern[str]) -> int:
        """Return a gauge of the running service, all workers together; 0 where none answers."""
        # Of all that is done here only this needs it, and it takes time to be read.
        import httpx  # noqa: PLC0415  # for the reason above

        try:
            line = httpx.get(f"{self._settings.base_url}/metrics", timeout=_PATIENCE).text
        except (httpx.HTTPError, httpx.InvalidURL):
            return 0
        found = pattern.search(line)
        return int(float(found[1])) if found else 0

    def _memory(self) -> Finding:
        # The feed cache and the renderer have half of the cache each; a worker takes some 100 MiB beside it.
        needed = (self._settings.cache_mb + 100) * self._settings.workers
        total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // _MEBIBYTE
        text = gettext_noop("{workers} workers may take {needed} MiB of {total}")
        do = gettext_noop("lower PLENARY_CACHE_MB or PLENARY_WORKERS")
        facts = {"workers": self._settings.workers, "needed": needed, "total": total}
        return self._say("memory", needed < total * 0.8, text, do, **facts)


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
