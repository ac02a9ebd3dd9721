"""Documents over HTTP, within limits of size, time and place."""

from app.fetch.client import Library, fetch

__all__ = ["Library", "fetch"]
