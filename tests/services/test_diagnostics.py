from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from app.errors import Conflict
from app.services import diagnostics, sync, tokens
from app.services.diagnostics import CHECKS
from app.settings import Settings
from app.store import Store, repair
from app.store.schema import metadata
from app.web.feeds.cache_entry import CacheState
from app.web.server.metrics import Gauges, Metrics

ROOT = Path(__file__).parents[2]
NOW = datetime.now(UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    shutil.copytree(ROOT / "schedules", tmp_path / "schedules")
    # Nobody answers on the port of discarding (RFC 863).
    nobody = "http://127.0.0.1:9"
    made = Settings(
        database_url=f"sqlite:///{tmp_path}/plenary.sqlite", schedules=tmp_path / "schedules", base_url=nobody
    )
    sync.open_store(made, NOW).close()
    return made


def wrong(settings: Settings, now: datetime = NOW) -> dict[str, tuple[str, str]]:
    return {item.check: (item.text, item.do) for item in diagnostics.examine(settings, now) if not item.good}


def hurt(file: Path, share: float) -> None:
    """Overwrites some pages of a database, the first never."""
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = file.stat().st_size
    with file.open("r+b") as stream:
        stream.seek(int(size * share) // 4096 * 4096)
        stream.write(b"\xff" * 4096 * 3)


def test_a_sound_service_has_every_check_good(settings: Settings) -> None:
    findings = diagnostics.examine(settings, NOW)
    assert [item.check for item in findings] == list(CHECKS)
    assert {(item.good, item.do) for item in findings} == {(True, "")}


class _Told(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        metrics = Metrics(Gauges(lambda: 1, lambda: None))
        metrics.watch(lambda: ({}, CacheState(5, 2, time.time() - 60, 10)))
        metrics.flush()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(metrics.text())

    def log_message(self, *_: object) -> None:
        """Nothing: the test's output is not for logs."""


def test_feeds_that_the_service_cannot_make_anew(settings: Settings) -> None:
    with HTTPServer(("127.0.0.1", 0), _Told) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        found = wrong(settings.model_copy(update={"base_url": f"http://127.0.0.1:{server.server_port}"}))
        server.shutdown()
    assert found == {
        "feeds": (
            "the service could not make feeds anew and gives them as they last were: 2",
            "see what its log says of them, and report it",
        )
    }


def test_a_database_without_tables(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path}/new.sqlite", schedules=ROOT / "schedules")
    found = wrong(settings)
    assert found["tables"] == ("there are no tables yet", "run `plenary db migrate`, or start the service")


def test_tables_of_a_newer_version(settings: Settings) -> None:
    with sqlite3.connect(settings.database_url.removeprefix("sqlite:///")) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    wanted = Store(settings.database_url).schema()[1]
    assert wrong(settings) == {
        "tables": (
            f"the tables are of version 9999, newer than this program's {wanted}",
            "run the newest version",
        )
    }


def test_a_schedule_half_written(settings: Settings) -> None:
    file = settings.schedules / "ga/73/A-RES-73-40.yaml"
    file.write_bytes(file.read_bytes()[:700])
    said, do = wrong(settings)["schedules"]
    assert said.startswith("1 of 11 schedule files are wrong: ")
    assert "A-RES-73-40.yaml" in said
    assert do == "run `plenary check`, mend the file or take it out of the folder"


def test_a_clock_that_runs_behind(settings: Settings) -> None:
    early = datetime(2001, 1, 1, tzinfo=UTC)
    said, do = wrong(settings, early)["clock"]
    assert said.startswith("the clock says 2001-01-01T00:00+00:00, but the store changed at ")
    assert do == "set the clock, and keep it by NTP"


def test_a_file_from_the_future(settings: Settings) -> None:
    late = time.time() + 7200
    os.utime(settings.schedules / "ga/73/A-RES-73-40.yaml", (late, late))
    assert "a schedule file is of a later time" in wrong(settings)["clock"][0]


def test_more_workers_than_memory(settings: Settings) -> None:
    said, do = wrong(settings.model_copy(update={"workers": 256, "cache_mb": 16384}))["memory"]
    assert said.startswith("256 workers may take 4219904 MiB of ")
    assert do == "lower PLENARY_CACHE_MB or PLENARY_WORKERS"


def test_it_speaks_the_settings_language(settings: Settings) -> None:
    said = diagnostics.examine(settings.model_copy(update={"language": "fr"}), NOW)[0].text
    assert said == "la base de données répond"


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_damaged_file_is_told_and_mended_with_one_command(settings: Settings, share: float) -> None:
    file = Path(settings.database_url.removeprefix("sqlite:///"))
    store = Store(settings.database_url)
    tokens.create_token(store, "kept", ["review"], NOW)
    before = {uid: store.history(uid) for uid in ("A-RES-72-251.5.meeting.1", "A-RES-72-251.6.meeting.1")}
    store.close()
    hurt(file, share)
    found = wrong(settings)
    assert found["damage"][1] == "stop the service and run `plenary doctor --mend`"
    mended = repair.repair(settings.database_url, NOW)
    assert mended.aside.exists()
    assert set(mended.rows) == set(metadata.tables)
    sync.open_store(settings, NOW).close()
    assert wrong(settings) == {}
    store = Store(settings.database_url)
    assert {uid: store.history(uid) for uid in before} == before
    assert ("tokens" in mended.lost) or [item.name for item in store.tokens.all()] == ["kept"]
    store.close()


def test_a_file_that_is_no_database_is_replaced(settings: Settings) -> None:
    file = Path(settings.database_url.removeprefix("sqlite:///"))
    file.write_bytes(b"\0" * 20_000)
    assert "database" in wrong(settings)
    assert repair.repair(settings.database_url, NOW).rows["revisions"] == 0
    sync.open_store(settings, NOW).close()
    assert wrong(settings) == {}


def test_a_whole_file_or_one_that_is_open_is_left_alone(settings: Settings) -> None:
    sync.open_store(settings, NOW).close()
    file = Path(settings.database_url.removeprefix("sqlite:///"))
    with pytest.raises(Conflict, match="the database is intact"):
        repair.check_repairable(settings.database_url)
    with file.open("r+b") as stream:
        stream.seek(8192)
        stream.write(b"\xff" * (file.stat().st_size - 8192))
    repair.check_repairable(settings.database_url)
    holder = subprocess.Popen(
        [sys.executable, "-c", f"held = open({str(file)!r}); print(flush=True); input()"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    with holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(Conflict, match=f"open in process {holder.pid}"):
            repair.check_repairable(settings.database_url)
        holder.kill()
