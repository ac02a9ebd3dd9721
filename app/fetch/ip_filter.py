"""Names looked up, and which addresses anybody on the internet may reach."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from typing import Final

_INNER_NAMES: Final = frozenset({"localhost", "local", "internal", "lan", "home", "corp", "alt", "onion"})
_INNER_NETWORKS: Final = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "64:ff9b::/96",  # NAT64 (RFC 6052): leads to any IPv4 address, inner ones included
        "64:ff9b:1::/48",  # NAT64 of a network's own (RFC 8215)
        "::ffff:0:0:0/96",  # IPv4-translated (RFC 2765)
        "::/96",  # IPv4-compatible (RFC 4291, 2.5.5.1)
        "fec0::/10",  # site-local (RFC 3879)
    )
)
"""Addresses that ``ipaddress`` calls global although they lead into a network."""
Lookup = Callable[[str, int], Sequence[str]]


def lookup(host: str, port: int) -> Sequence[str]:
    """Return the addresses that a name stands for. Raises OSError."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def public(address: str) -> bool:
    """Return whether an IP address is globally reachable, so no internal or local one."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and any(found in network for network in _INNER_NETWORKS):
        return False
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return found.is_global and not found.is_multicast and (inner is None or inner.is_global)


def inside(host: str) -> bool:
    """Return whether a host is internal by its name or address.

    Names are those of RFC 6761 and 9476.

    Of any other name only looking it up tells.
    """
    name = host.lower().rstrip(".")
    if name.rpartition(".")[2] in _INNER_NAMES or ("." not in name and ":" not in name):
        return True
    try:
        # As the C library reads it: parts in octal and hexadecimal, and fewer than four of them.
        return not public(socket.inet_ntoa(socket.inet_aton(name)))
    except (OSError, UnicodeError):
        return ":" in name and not public(name)
