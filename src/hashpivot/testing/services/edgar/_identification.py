"""Which User-Agent EDGAR takes: a name and an email address, without a URL or parentheses."""

from __future__ import annotations

import re

_EMAIL = re.compile(r"[^\s@()]+@[^\s@()]+\.[A-Za-z]{2,}")
_REFUSED = re.compile(r"https?:|www\.|[()]", re.IGNORECASE)


def declares_itself(user_agent: str) -> bool:
    """Tell whether a User-Agent names who asks: `Name email`."""
    words = user_agent.split()
    return (
        len(words) >= 2
        and any(_EMAIL.fullmatch(word) for word in words[1:])
        and not _REFUSED.search(user_agent)
    )
