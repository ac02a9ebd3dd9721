"""The use cases: read, derive, load, check. The only place where files, the store and the pipeline meet."""

from app.jobs.access import (
    SCOPES,
    SIGNED_IN,
    allow,
    authenticate,
    check_mark,
    create_token,
    mark_of,
    revoke_token,
    sign_in,
    sign_out,
    signed_in,
)
from app.jobs.check import Checked, check
from app.jobs.derive import (
    SUFFIXES,
    Against,
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
from app.jobs.stand import Folder, Stored
from app.store.copy import Copied, backup, copy

__all__ = [
    "SCOPES",
    "SIGNED_IN",
    "SUFFIXES",
    "Against",
    "Checked",
    "Copied",
    "Derivation",
    "Folder",
    "Format",
    "Stored",
    "Written",
    "allow",
    "authenticate",
    "backup",
    "check",
    "check_mark",
    "copy",
    "create_token",
    "derive_beside",
    "derive_bytes",
    "derive_many",
    "derive_path",
    "documents_below",
    "form",
    "language_of",
    "load",
    "mark_of",
    "read_path",
    "revoke_token",
    "sign_in",
    "sign_out",
    "signed_in",
]
