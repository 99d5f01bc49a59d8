"""A proxy that knows who asks: believed only if the request comes from where the proxy is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from hashpivot.core import InvalidInput

_HEADER = re.compile(r"[A-Za-z0-9-]{1,64}")
_LONGEST_USER = 256  # characters
_TAKEN = ("authorization", "cookie", "host", "origin")


@dataclass(frozen=True)
class TrustedProxy:
    """A proxy before the desk that lets users in and names them in a header.

    Args:
        address: IP address that it asks from.
        header: The header, such as `X-Forwarded-User`; the proxy must overwrite it in what it forwards.
        name: Host name that users know the desk under; the proxy must pass it on as `Host`.

    Raises:
        InvalidInput: If it is no IP address, no name of a header, or no host name.
    """

    address: str
    header: str
    name: str

    def __post_init__(self) -> None:
        if _plain_address(self.address) is None:
            raise InvalidInput(
                f"{self.address!r} is not an IP address", where="proxy", hint="such as 10.0.0.5"
            )
        if not _HEADER.fullmatch(self.header) or self.header.lower() in _TAKEN:
            raise InvalidInput(
                f"{self.header!r} is no header a user is named in",
                where="proxy header",
                hint="X-Forwarded-User",
            )
        if not self.name or set(self.name) & set("/:@ ,"):
            raise InvalidInput(
                f"{self.name!r} is not a host name", where="public name", hint="such as desk.example.org"
            )

    def vouches(self, client: str, user: str) -> bool:
        """True if a request comes from the proxy and names one user.

        Args:
            client: Address that the request comes from.
            user: What the header says; empty if it is not there. Of a header that is sent twice both, with
                a comma between: then nobody knows which of them the proxy wrote.
        """
        known = bool(user) and len(user) <= _LONGEST_USER and "," not in user and user.isprintable()
        return known and _plain_address(client) == _plain_address(self.address)


def _plain_address(text: str) -> object:
    """An IP address, of IPv4 also where IPv6 wraps it; None if it is none."""
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found
