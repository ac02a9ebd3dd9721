"""Done beforehand what else a process's first pages would wait for: templates compiled, catalogues read."""

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
"""The service has started by then, and whoever waited for it was answered."""
PAUSE_SECONDS: Final = 0.02
_log = logging.getLogger(__name__)


def steps() -> Iterator[Callable[[], object]]:
    """What is to be done, in parts of some hundredths of a second at most."""
    templates = environment()
    for name in templates.list_templates():
        yield partial(templates.get_template, name)
    for language in LANGUAGES:
        yield partial(ngettext, "{count} event", "{count} events", 1, language)


def warm() -> None:
    """Does it all at once. Errors are logged; the page that is asked for tells them to its reader."""
    for step in steps():
        try:
            step()
        except Exception:
            # Nobody waits for this, and the service does without.
            _log.exception("cannot be prepared")
        time.sleep(PAUSE_SECONDS)


def warm_later() -> None:
    """Does it in a thread of its own, from ``AFTER_SECONDS`` on, between the requests that come."""

    def wait() -> None:
        time.sleep(AFTER_SECONDS)
        warm()

    Thread(target=wait, name="warm", daemon=True).start()
