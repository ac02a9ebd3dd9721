"""What Plenary says to people, in six languages: titles, times, arithmetic, errors, days and names.

Messages are English in the code; ``locale/`` holds a gettext catalogue for each other language.
"""

from app.i18n.catalog import gettext, gettext_noop, negotiate, ngettext
from app.i18n.dates import say_day, say_days, say_month, say_month_name, say_short, say_yearly, set_days
from app.i18n.errors import translate_error, translate_line, translate_message, translate_payload
from app.i18n.explanations import say, say_length, say_proof
from app.i18n.labels import (
    LANGUAGE_NAMES,
    ordinal,
    say_action,
    say_certainty,
    say_kind,
    say_meaning,
    say_milestone,
    say_reason,
    say_status,
    say_warning,
)
from app.i18n.names import Name, name_of, say_place
from app.i18n.profile import is_right_to_left, profile
from app.i18n.title_composer import LONG_SUBJECT, TITLE_LENGTH, long_title, shorten, title
from app.i18n.titles import (
    cite,
    describe,
    say_revision,
    say_session,
    say_time,
    summary,
)

__all__ = [
    "LANGUAGE_NAMES",
    "LONG_SUBJECT",
    "TITLE_LENGTH",
    "Name",
    "cite",
    "describe",
    "gettext",
    "gettext_noop",
    "is_right_to_left",
    "long_title",
    "name_of",
    "negotiate",
    "ngettext",
    "ordinal",
    "profile",
    "say",
    "say_action",
    "say_certainty",
    "say_day",
    "say_days",
    "say_kind",
    "say_length",
    "say_meaning",
    "say_milestone",
    "say_month",
    "say_month_name",
    "say_place",
    "say_proof",
    "say_reason",
    "say_revision",
    "say_session",
    "say_short",
    "say_status",
    "say_time",
    "say_warning",
    "say_yearly",
    "set_days",
    "shorten",
    "summary",
    "title",
    "translate_error",
    "translate_line",
    "translate_message",
    "translate_payload",
]
