"""Which addresses anybody on the internet may reach."""

from __future__ import annotations

import pytest

from app.fetch.ip_filter import public


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1", "::ffff:8.8.8.8", "2002:808:808::1"])
def test_public_address_of_the_internet(address: str) -> None:
    assert public(address)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "fd00::1", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "::ffff:0:7f00:1",
     "::7f00:1", "fec0::1", "::ffff:10.0.0.1", "2002:7f00:1::1", "not an address"],
)  # fmt: skip
def test_public_address_that_leads_inside_is_inner(address: str) -> None:
    assert not public(address)


@pytest.mark.parametrize(
    ("address", "anybody"),
    [("93.184.215.14", True), ("2606:4700::1111", True), ("10.1.1.1", False), ("127.0.0.1", False), ("0.0.0.0", False),
     ("169.254.169.254", False), ("100.64.0.1", False), ("192.168.1.1", False), ("172.16.0.1", False), ("::1", False),
     ("fd00::1", False), ("::ffff:127.0.0.1", False), ("2002:7f00:1::", False), ("224.0.0.1", False), ("x", False),
     ("fe80::1%eth0", False), ("255.255.255.255", False)],
)  # fmt: skip
def test_which_addresses_anybody_may_reach(address: str, anybody: bool) -> None:
    assert public(address) is anybody
