"""An address as the user gave it, in its parts."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from hashpivot.core import InvalidInput


def address_parts(address: str, where: str) -> SplitResult:
    """Split the address of a service.

    Args:
        address: Such as `http://127.0.0.1:8000`.
        where: What it is the address of, for messages.

    Raises:
        InvalidInput: If it is not one of HTTP with a host, or has a query or a fragment.
    """
    try:
        parts = urlsplit(address)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        whole = whole and address.isascii() and address.isprintable() and " " not in address
    except ValueError:  # brackets without end, a port that is none, letters no host has
        whole = False
    if not whole or parts.query or parts.fragment:
        raise InvalidInput(
            f"{address!r} is no address of a service", where=where, hint="such as http://127.0.0.1:8000"
        )
    return parts
