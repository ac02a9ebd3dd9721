"""Mandates through their texts: whose mandate an item is, and which items continue one another."""

from app.mandates.chains import Chain, ChainItem, Link, link_chains
from app.mandates.identity import (
    Identity,
    Key,
    identify,
    identify_modifications,
    identity_fields,
    mandate_subject,
    read_identity,
)

__all__ = [
    "Chain",
    "ChainItem",
    "Identity",
    "Key",
    "Link",
    "identify",
    "identify_modifications",
    "identity_fields",
    "link_chains",
    "mandate_subject",
    "read_identity",
]
