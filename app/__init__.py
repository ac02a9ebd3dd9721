"""Plenary: calendars and deadlines from United Nations resolutions."""

__version__ = "0.1.0"
