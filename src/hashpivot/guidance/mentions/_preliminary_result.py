"""A result as a text gives it before the books are closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Preliminary:
    """One preliminary result. It is not a `Figure`: a range has no single value.

    Args:
        measure: A name from `MEASURES`, such as `total_revenue`.
        low, high: Range in dollars; equal for a single number, None where open.
        start: First day of the period, None for an instant.
        end: Last day.
        locator: Of the sentence.
        excerpt: At most 160 characters around the number.
    """

    measure: str
    low: Decimal | None
    high: Decimal | None
    start: date | None
    end: date
    locator: str
    excerpt: str
