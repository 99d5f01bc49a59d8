"""Numbers of things in words."""

from __future__ import annotations


def counted(count: int, what: str) -> str:
    """Return `1 filing`, `1,200 filings`."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"
