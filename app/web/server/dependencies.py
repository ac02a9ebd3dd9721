"""Typed access to the application's state for routes and pages."""

from __future__ import annotations

from fastapi import Request

from app.settings import Settings
from app.store import Store


def get_store(request: Request) -> Store:
    """Return the store that the application reads."""
    found: Store = request.app.state.store
    return found


def get_settings(request: Request) -> Settings:
    """Return the settings of the application."""
    found: Settings = request.app.state.settings
    return found


def get_base_url(request: Request) -> str:
    """Return the service's public address without a trailing slash."""
    return str(get_settings(request).base_url).rstrip("/")


def get_default_language(request: Request) -> str:
    """Return the language of answers where a request names none."""
    return str(get_settings(request).language)


def refresh_instruments(request: Request) -> None:
    """Bring the cached titles of instruments up to date before a request is answered."""
    request.app.state.feed_renderer.refresh()
