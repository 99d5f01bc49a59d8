"""Pictures and archives inside a text file."""

from __future__ import annotations

import binascii

_LINE = 45


def uuencoded(body: bytes, filename: str) -> bytes:
    """Return bytes as uuencoded text, as a full submission holds them."""
    lines = (binascii.b2a_uu(body[start : start + _LINE]) for start in range(0, len(body), _LINE))
    return b"begin 644 %b\n%b`\nend" % (filename.encode(), b"".join(lines))
