"""What a server is told to run: the application by the settings of the environment."""

from __future__ import annotations

import ctypes
import gc
import sys
from contextlib import suppress
from typing import Final

from starlette.types import ASGIApp

from app.settings import settings

SWITCH: Final = 0.0005
"""Seconds after which a thread that renders gives way to the loop that answers polls, ten times as often as Python has
it: a poll takes a hundredth of a millisecond."""
_M_ARENA_MAX: Final = -8
"""mallopt(3), malloc.h of the GNU C library."""


def one_heap() -> None:
    """Has the C library keep one heap for all threads, where it is GNU's.

    It would give each of the threads that render one of its own, none of which gives back what it once held: a tenth
    of the memory of a worker. Nearly all of them ask for memory while they hold Python's lock, one at a time.
    """
    if sys.platform == "linux":
        with suppress(AttributeError, OSError):  # musl has no such function
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def application() -> ASGIApp:
    """The application, its store brought up to date.

    Raises UsageError, StoreError, and ScheduleError where the store holds nothing yet.
    """
    return _made(loaded=False)


def loaded() -> ASGIApp:
    """The application, for who has just brought the store up to date. Raises UsageError, StoreError."""
    return _made(loaded=True)


def _made(*, loaded: bool) -> ASGIApp:
    one_heap()
    sys.setswitchinterval(SWITCH)
    # Thousands of modules' objects are made now and stay: looking through them again and again for garbage takes a
    # tenth of the start, and afterwards the time of requests.
    gc.disable()
    try:
        from app.web.app import create_app  # noqa: PLC0415  # for the reason above
        from app.web.server.warmup import warm_later  # noqa: PLC0415  # likewise

        made = create_app(settings(), loaded=loaded)
        warm_later()
        return made
    finally:
        gc.enable()
        gc.freeze()
