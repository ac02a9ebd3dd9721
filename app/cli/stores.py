"""The store of the settings, opened for the length of a command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from app.services import sync
from app.settings import settings
from app.store import Store


@contextmanager
def open_store() -> Iterator[Store]:
    """Yield the store with its tables up to date, and close it; schedule files are not loaded."""
    store = Store(settings().database_url)
    try:
        store.migrate()
        yield store
    finally:
        store.close()


@contextmanager
def open_loaded_store() -> Iterator[Store]:
    """Yield the store after loading the schedule files of the settings, and close it."""
    with open_store() as store:
        sync.load(store, settings().schedules, datetime.now(UTC))
        yield store
