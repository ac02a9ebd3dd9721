"""Warm-up of a process: compile templates and read catalogues before the first pages."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from functools import partial
from threading import Thread
from typing import Final

from app.i18n import ngettext
from app.model import LANGUAGES
from app.web.pages.templating import environment

AFTER_SECONDS: Final = 1.0
"""Seconds after the start: the requests that waited for it have been answered by then."""
PAUSE_SECONDS: Final = 0.02
_log = logging.getLogger(__name__)


def steps() -> Iterator[Callable[[], object]]:
    """Yield the steps of the warm-up, each some hundredths of a second at most."""
    templates = environment()
    for name in templates.list_templates():
        yield partial(templates.get_template, name)
    for language in LANGUAGES:
        yield partial(ngettext, "{count} event", "{count} events", 1, language)


def warm() -> None:
    """Run all steps.

    Errors are logged; a page that needs what failed reports them to its reader.
    """
    for step in steps():
        try:
            step()
        except Exception:
            # Nobody waits for this, and the service does without.
            _log.exception("cannot be prepared")
        time.sleep(PAUSE_SECONDS)


def warm_later() -> None:
    """Run all steps in a thread of its own, ``AFTER_SECONDS`` after the start."""

    def wait() -> None:
        time.sleep(AFTER_SECONDS)
        warm()

    Thread(target=wait, name="warm", daemon=True).start()
