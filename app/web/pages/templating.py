"""Rendering pages: templates, the reader's language, links that keep what was chosen."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Final
from urllib.parse import quote, urlencode

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

from app import __version__
from app.errors import UnknownLanguage, message
from app.i18n import LANGUAGE_NAMES, gettext, is_right_to_left, negotiate, ngettext, translate_message
from app.i18n.direction import strip_direction_controls
from app.model import LANGUAGES

CACHE_CONTROL: Final = "private, no-cache"
_CODE: Final = re.compile(r"[/A-Za-z0-9](?:[!#-&*-;=?-Z\\^-z|~… ]*[/A-Za-z0-9…])?")
"""A run of what is written left to right in every language: addresses, symbols, parameters, days in figures."""


def _strip_directions(value: object) -> object:
    """Return what is put into a page, without a document's direction controls."""
    return strip_direction_controls(value) if type(value) is str else value


@cache
def environment() -> Environment:
    """Return the templates, compiled on first use; every value is escaped."""
    templates = Environment(
        loader=PackageLoader("app.web", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_strip_directions,
    )
    # Macros of imported files see the globals alone.
    templates.globals["is_rtl"] = is_right_to_left
    return templates


@cache
def asset(name: str) -> str:
    """Return the address of a static file, which changes with its bytes."""
    data = resources.files("app.web").joinpath("static", name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(data).hexdigest()[:10]}"


def isolated(words: str, language: str) -> Markup:
    """Return ``words`` escaped, with code isolated in languages that run right to left.

    Without that, the slash of an address within Arabic words is drawn at its end, and 2018-05-14 is drawn backwards.
    """
    if not is_right_to_left(language):
        return escape(words)
    made, at = Markup(), 0
    for found in _CODE.finditer(words):
        made += escape(words[at : found.start()]) + Markup('<bdi dir="ltr">{}</bdi>').format(found.group())
        at = found.end()
    return made + escape(words[at:])


def language_of(request: Request) -> str:
    """Return the language of a page: of the address, else the browser's, else the settings'.

    Raises UnknownLanguage.
    """
    asked = request.query_params.get("lang", "")
    if asked:
        if asked not in LANGUAGES:
            raise UnknownLanguage(
                message("unknown language {asked}", asked=repr(asked[:20])),
                where="lang",
                hint=message("use one of {known}", known=", ".join(LANGUAGES)),
            )
        return asked
    return negotiate(request.headers.get("accept-language", ""), str(request.app.state.settings.language))


def page(
    request: Request,
    template: str,
    language: str,
    status: int = 200,
    **values: Any,  # whatever a template shows
) -> HTMLResponse:
    """Render ``template`` with ``values`` in ``language``."""
    kept = {"lang": language} if request.query_params.get("lang") else {}
    past = {name: request.query_params.get(name, "") for name in ("as_of", "known_at")}

    def link(path: str, **parameters: object) -> str:
        """Return an internal address that keeps the language and the day looked back to."""
        looking = past if path.startswith(("/events/", "/resolutions/", "/calendar")) else {}
        pairs = [(name.rstrip("_"), str(value)) for name, value in {**looking, **parameters, **kept}.items() if value]
        return quote(path, safe="/:@.-") + (f"?{urlencode(pairs)}" if pairs else "")

    others = [
        (name, value) for name, value in request.query_params.multi_items() if name not in ("lang", "next") and value
    ]
    shared: dict[str, Any] = {
        "lang": language,
        "dir": "rtl" if is_right_to_left(language) else "ltr",
        "languages": [
            (code, LANGUAGE_NAMES[code], f"{quote(request.url.path)}?{urlencode([*others, ('lang', code)])}")
            for code in LANGUAGES
        ],
        "base": str(request.app.state.settings.base_url).rstrip("/"),
        "path": request.url.path,
        "kept_language": kept.get("lang", ""),
        "version": __version__,
        "asset": asset,
        "link": link,
        "past": {},
        "t": lambda text, **facts: gettext(text, language, **facts),
        "apart": lambda words: isolated(words, language),
        "translated": lambda words: translate_message(words, language),
        "tn": lambda one, many, count: ngettext(one, many, count, language),
    }
    body = environment().get_template(template).render({**shared, **values})
    headers: Mapping[str, str] = {
        "cache-control": CACHE_CONTROL,
        "vary": "Accept-Language",
        "content-language": language,
    }
    return HTMLResponse(body, status, headers=dict(headers))
