"""The use cases: read, derive, load, check. The only place where files, the store and the pipeline meet."""

from app.jobs.check import Checked, check
from app.jobs.derive import (
    SUFFIXES,
    Derivation,
    Format,
    Written,
    derive_beside,
    derive_bytes,
    derive_many,
    derive_path,
    documents_below,
    form,
    language_of,
    read_path,
)
from app.jobs.load import load

__all__ = [
    "SUFFIXES",
    "Checked",
    "Derivation",
    "Format",
    "Written",
    "check",
    "derive_beside",
    "derive_bytes",
    "derive_many",
    "derive_path",
    "documents_below",
    "form",
    "language_of",
    "load",
    "read_path",
]
