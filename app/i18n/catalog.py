"""The message catalogue: English messages and their translations, gettext files that a translator can edit.

``app/languages/<language>/messages.po`` holds a language; English is the source. Messages carry their
facts in braces: ``"{count} days before the opening"``.
"""

from __future__ import annotations

import gettext as gnu
from collections.abc import Sequence
from functools import cache
from importlib import resources
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from app.errors import LexiconError, UnknownLanguage, message
from app.model import LANGUAGES

SOURCE = "en"
"""The language in which the messages of the code are written."""


def untranslated(language: str) -> tuple[str, ...]:
    """Return the message ids, sorted, that another language translates and this one lacks."""
    ids: dict[str, set[str]] = {other: _translated(other) for other in LANGUAGES if other != SOURCE}
    return tuple(sorted(set().union(*ids.values()) - ids.get(language, set())))


def _translated(language: str) -> set[str]:
    catalogue = getattr(_translations(language), "_catalog", {})
    return {key if isinstance(key, str) else key[0] for key in catalogue if key}


@cache
def _translations(language: str) -> gnu.NullTranslations:
    if language not in LANGUAGES:
        raise UnknownLanguage(
            message("unknown language {asked}", asked=repr(language)),
            where="language",
            hint=message("use one of {known}", known=", ".join(LANGUAGES)),
        )
    if language == SOURCE:
        return gnu.NullTranslations()
    file = resources.files("app.languages").joinpath(language, "messages.po")
    try:
        with file.open("rb") as stream:
            catalogue = read_po(stream, locale=language, abort_invalid=True)
    except FileNotFoundError:
        return gnu.NullTranslations()
    except PoFileError as error:
        raise LexiconError(str(error), where=str(file), hint="mend the catalogue; msgfmt shows the line") from error
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gnu.GNUTranslations(compiled)


def gettext_noop(text: str) -> str:
    """Return ``text``, marked for extraction into the catalogue."""
    return text


def gettext(text: str, language: str, **facts: object) -> str:
    """Return the message ``text`` in ``language`` with ``facts``. Raises UnknownLanguage."""
    translated = _translations(language).gettext(text)
    return translated.format(**facts) if facts else translated


def ngettext(one: str, many: str, count: int, language: str, **facts: object) -> str:
    """Return the message for ``count`` things, with ``{count}`` filled in.

    Raises UnknownLanguage.
    """
    return _translations(language).ngettext(one, many, count).format(count=count, **facts)


def negotiate(accept: str, default: str = SOURCE, offered: Sequence[str] = LANGUAGES) -> str:
    """Return the best offered language for an Accept-Language header (RFC 9110, 12.5.4)."""
    preferences: list[tuple[float, int, str]] = []
    for place, part in enumerate(accept[:400].split(",")):
        tag, _, weight = part.strip().partition(";")
        quality = weight.strip().removeprefix("q=") or "1"
        try:
            value = float(quality)
        except ValueError:
            continue
        if value > 0:
            preferences.append((-value, place, tag.strip().lower().split("-")[0]))
    return next((tag for _, _, tag in sorted(preferences) if tag in offered), default)
