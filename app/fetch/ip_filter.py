"""Names looked up, and which addresses anybody on the internet may reach."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from typing import Final

_INNER_NAMES: Final = frozenset({"localhost", "local", "internal", "lan", "home", "corp", "alt", "onion"})
Lookup = Callable[[str, int], Sequence[str]]


def lookup(host: str, port: int) -> Sequence[str]:
    """The addresses that a name stands for. Raises OSError."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def public(address: str) -> bool:
    """Whether an IP address is one that anybody on the internet may reach; none within a network or a machine is."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return found.is_global and not found.is_multicast and (inner is None or inner.is_global)


def inside(host: str) -> bool:
    """Whether a host says of itself that it is within a network or a machine: RFC 6761 and 9476, or an inner address.

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
