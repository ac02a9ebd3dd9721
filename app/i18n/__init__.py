"""Texts for readers in six languages: titles, times, arithmetic, errors, days and names.

Messages are English in the code; ``app/languages/<language>/messages.po`` translates them.
"""

from app.i18n.catalog import gettext, gettext_noop, negotiate, ngettext
from app.i18n.dates import (
    format_day,
    format_day_parts,
    format_days,
    format_month,
    format_month_day,
    format_month_name,
    format_short_day,
)
from app.i18n.errors import translate_error, translate_line, translate_message, translate_payload
from app.i18n.explanations import explain_proof, explain_step, format_duration
from app.i18n.labels import (
    LANGUAGE_NAMES,
    explain_certainty,
    ordinal,
    translate_action,
    translate_certainty,
    translate_kind,
    translate_milestone,
    translate_reason,
    translate_status,
    translate_warning,
)
from app.i18n.names import Name, name_of, translate_place
from app.i18n.profile import is_right_to_left, profile
from app.i18n.title_composer import LONG_SUBJECT, TITLE_LENGTH, long_title, title
from app.i18n.title_shortening import shorten
from app.i18n.titles import (
    cite,
    describe,
    format_revision,
    format_session,
    format_time,
    summary,
)

__all__ = [
    "LANGUAGE_NAMES",
    "LONG_SUBJECT",
    "TITLE_LENGTH",
    "Name",
    "cite",
    "describe",
    "explain_certainty",
    "explain_proof",
    "explain_step",
    "format_day",
    "format_day_parts",
    "format_days",
    "format_duration",
    "format_month",
    "format_month_day",
    "format_month_name",
    "format_revision",
    "format_session",
    "format_short_day",
    "format_time",
    "gettext",
    "gettext_noop",
    "is_right_to_left",
    "long_title",
    "name_of",
    "negotiate",
    "ngettext",
    "ordinal",
    "profile",
    "shorten",
    "summary",
    "title",
    "translate_action",
    "translate_certainty",
    "translate_error",
    "translate_kind",
    "translate_line",
    "translate_message",
    "translate_milestone",
    "translate_payload",
    "translate_place",
    "translate_reason",
    "translate_status",
    "translate_warning",
]
