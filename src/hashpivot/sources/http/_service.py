"""A service as the client sees it: its addresses, how fast it may be asked, what its answers mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from ._address import address_parts
from ._reply import ReplyKinds, by_status


@dataclass(frozen=True, slots=True)
class Service:
    """One service, such as EDGAR.

    Args:
        name: Short name: of the limiter shared by all processes, of settings, in messages.
        hosts: Host names that belong to it; redirects lead nowhere else.
        rate: Requests a second over all processes, below what the service allows.
        block_seconds: How long it refuses after too many requests; a request in that time prolongs it.
        kind_of: What its answers mean.
        headers: Sent with every request; may hold secrets, so never shown.
        base_url: If given, replaces scheme and host of every address: a service of one's own, a stand-in.
        attempts: How often a request is made before it counts as failed.
        pause: Seconds before the second attempt; doubled for each further one.
        timeout: Seconds without a byte.
        longest: Seconds for one whole answer.
        advice: What a refused user can do.
    """

    name: str
    hosts: tuple[str, ...]
    rate: float = 8.0
    block_seconds: float = 600.0
    kind_of: ReplyKinds = by_status
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    base_url: str = ""
    attempts: int = 5
    pause: float = 1.0
    timeout: float = 30.0
    longest: float = 600.0
    advice: str = ""

    def __post_init__(self) -> None:
        if self.base_url:
            address_parts(self.base_url, self.name)

    @property
    def place(self) -> str:
        """Name of what is asked: the service, or its stand-in at one address; each has limits of its own."""
        if not self.base_url:
            return self.name
        return f"{self.name}-{re.sub('[^a-z0-9.]+', '-', urlsplit(self.base_url).netloc.lower())}"

    def address(self, url: str) -> str:
        """The address to ask for `url`: itself, or the same path at `base_url`."""
        if not self.base_url:
            return url
        parts = urlsplit(url)
        query = f"?{parts.query}" if parts.query else ""
        return f"{self.base_url.rstrip('/')}{parts.path}{query}"

    def led_to(self, address: str) -> str:
        """Where a redirect to `address` leads: what stands in for a service stands in for its redirects."""
        return self.address(address) if urlsplit(address).hostname in self.hosts else address

    def owns(self, address: str) -> bool:
        """True if an address is one of this service's."""
        parts = urlsplit(address)
        base = urlsplit(self.base_url)
        if self.base_url:
            return (parts.scheme, parts.netloc) == (base.scheme, base.netloc)
        return parts.scheme == "https" and parts.hostname in self.hosts
