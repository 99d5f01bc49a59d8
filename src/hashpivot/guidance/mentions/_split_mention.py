"""A stock split as a text states it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class SplitMention:
    """A stock split that has happened, as a text states it.

    Args:
        ratio: Shares after it for each before: 0.1 for a reverse split of one for ten, 4 for a forward one.
        day: The latest day the sentence names; None if it names none.
        locator: Of the first sentence that says so.
        excerpt: At most 160 characters of it.
    """

    ratio: Decimal
    day: date | None
    locator: str
    excerpt: str
