"""Whether a body is whole, where it is JSON."""

from __future__ import annotations

import json


def is_json(body: bytes) -> bool:
    """True if the body is whole JSON."""
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True
