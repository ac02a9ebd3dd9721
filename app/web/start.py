"""What a server is told to run: the application by the settings of the environment."""

from __future__ import annotations

import gc

from starlette.types import ASGIApp

from app.settings import settings


def application() -> ASGIApp:
    """The application, its store brought up to date.

    Raises UsageError, StoreError, and ScheduleError where the store holds nothing yet.
    """
    return _made(loaded=False)


def loaded() -> ASGIApp:
    """The application, for who has just brought the store up to date. Raises UsageError, StoreError."""
    return _made(loaded=True)


def _made(*, loaded: bool) -> ASGIApp:
    # Thousands of modules' objects are made now and stay: looking through them again and again for garbage takes a
    # tenth of the start, and afterwards the time of requests.
    gc.disable()
    try:
        from app.web.main import create_app  # noqa: PLC0415  # for the reason above

        return create_app(settings(), loaded=loaded)
    finally:
        gc.enable()
        gc.freeze()
