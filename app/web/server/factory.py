"""ASGI application factory for uvicorn, with the settings of the environment."""

from __future__ import annotations

import ctypes
import gc
import sys
from contextlib import suppress
from typing import Final

from starlette.types import ASGIApp

from app.settings import settings

SWITCH_INTERVAL: Final = 0.0005
"""Seconds after which a thread that renders gives way to the loop that answers polls, ten times as often as Python has
it: a poll takes a hundredth of a millisecond."""
_M_ARENA_MAX: Final = -8
"""mallopt(3), malloc.h of the GNU C library."""


def limit_malloc_arenas() -> None:
    """Limit the GNU C library to one heap for all threads.

    By default each thread that renders gets a heap of its own, which never shrinks: a tenth of the memory of a worker.
    One heap causes little contention, because threads allocate nearly always while they hold the interpreter lock.
    """
    if sys.platform == "linux":
        with suppress(AttributeError, OSError):  # musl has no such function
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def application() -> ASGIApp:
    """Bring the store up to date and return the application.

    Raises UsageError, StoreError, and ScheduleError where the store holds nothing yet.
    """
    return _create(loaded=False)


def loaded() -> ASGIApp:
    """Return the application for a store that is up to date already.

    Raises UsageError, StoreError.
    """
    return _create(loaded=True)


def _create(*, loaded: bool) -> ASGIApp:
    limit_malloc_arenas()
    sys.setswitchinterval(SWITCH_INTERVAL)
    # Thousands of modules' objects are made now and stay: looking through them again and again for garbage takes a
    # tenth of the start, and afterwards the time of requests.
    gc.disable()
    try:
        from app.web.app import create_app  # noqa: PLC0415  # for the reason above
        from app.web.server.warmup import warm_later  # noqa: PLC0415  # likewise

        app = create_app(settings(), loaded=loaded)
        warm_later()
        return app
    finally:
        gc.enable()
        gc.freeze()
