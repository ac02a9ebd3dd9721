"""Schedules: composed from the stages, kept in files that people review, united from translations, amended."""
