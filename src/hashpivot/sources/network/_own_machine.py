"""Addresses of this machine, where no rate has to be kept."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

OWN_RATE = 200.0
"""Requests a second: a mempool exempts 127.0.0.1 from its limit, and so does a stand-in."""


def on_this_machine(url: str) -> bool:
    """True if an address is one of this machine's own (localhost, 127.0.0.1, ::1)."""
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
