"""Changes by other processes: heard, or asked for."""

import time
from datetime import timedelta

import psycopg

from app.store import Store
from app.store.change_listener import REVISION
from tests.store.samples import (
    ALL,
    NOON,
    load,
)


def test_a_change_by_another_process_is_heard_within_a_second(postgresql: str) -> None:
    here, there = Store(postgresql), Store(postgresql)
    here.migrate()
    here.watch()
    took = []
    for turn in range(3):
        load(there, ALL[: turn + 1], NOON + timedelta(minutes=turn))
        start = time.monotonic()
        while here.revision() != turn + 1:
            assert time.monotonic() - start < 1
            time.sleep(0.001)
        took.append(time.monotonic() - start)
    here.close()
    there.close()
    assert min(took) < 0.4


def test_who_cannot_listen_asks(postgresql: str) -> None:
    here, there = Store(postgresql), Store(postgresql)
    here.migrate()
    here.watch()
    load(there, ALL[:1])
    with psycopg.connect(postgresql, autocommit=True) as connection:
        end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ILIKE 'LISTEN%%' OR query = %s"
        connection.execute(end, [REVISION])
    load(there, ALL[:2], NOON + timedelta(1))
    start = time.monotonic()
    while here.revision() != 2:
        assert time.monotonic() - start < 3
        time.sleep(0.01)
    here.close()
    there.close()
