"""Calendar quarters: ordering, arithmetic, spans, and the quarter a fiscal period belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from ..base import InvalidInput

DAYS_PER_MONTH = 365.25 / 12
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A calendar quarter, `Quarter(2024, 4)`, written `2024Q4`.

    Raises:
        InvalidInput: If the year is not in 1..9999 or the number not in 1..4.
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.number <= 4 and 1 <= self.year <= 9999):
            raise InvalidInput(f"{self.year}Q{self.number} is not a quarter", hint="write it like 2024Q4")

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """The quarter written as `2024Q4`, `2024-Q4` or `Q4 2024`, in any case."""
        flat = re.sub(r"[\s\-_/]", "", text).upper()
        found = re.fullmatch(r"(\d{4})Q([1-4])", flat) or re.fullmatch(r"Q([1-4])(\d{4})", flat)
        if not found:
            raise InvalidInput(f"{text!r} is not a quarter", hint="write it like 2024Q4")
        first, second = found.groups()
        return cls(int(first), int(second)) if len(first) == 4 else cls(int(second), int(first))

    @classmethod
    def containing(cls, day: date) -> Quarter:
        """The quarter `day` lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def of_period_end(cls, end: date) -> Quarter:
        """The quarter whose last day is nearest to `end`, the last day of a fiscal quarter.

        The nearest quarter end is never more than 46 days away, so every fiscal quarter has one:
        Applied Digital's September to November ends 31 days before 31 December, hence 2024Q4.
        """
        return _nearest(end)

    @classmethod
    def of_period(cls, start: date, end: date) -> Quarter | None:
        """The quarter of a three-month period, both days inclusive; None for any other length."""
        return cls.of_period_end(end) if months_in(start, end) == 3 else None

    @property
    def start(self) -> date:
        """First day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def end(self) -> date:
        """Last day."""
        following = self + 1
        return following.start - ONE_DAY

    @property
    def days(self) -> int:
        """Number of days, 90 to 92."""
        return (self.end - self.start).days + 1

    def __add__(self, quarters: int) -> Quarter:
        index = self.year * 4 + self.number - 1 + quarters
        return Quarter(index // 4, index % 4 + 1)

    def __sub__(self, quarters: int) -> Quarter:
        return self + -quarters

    def since(self, earlier: Quarter) -> int:
        """Number of quarters from `earlier` to this one; negative if `earlier` is later."""
        return (self.year - earlier.year) * 4 + self.number - earlier.number

    def through(self, last: Quarter) -> Iterator[Quarter]:
        """This quarter and every later one up to and including `last`."""
        return (self + step for step in range(last.since(self) + 1))

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"


@lru_cache(maxsize=10_000)
def _nearest(end: date) -> Quarter:
    here = Quarter.containing(end)
    return min((here - 1, here), key=lambda q: (abs((q.end - end).days), q))


def is_quarter_long(start: date, end: date) -> bool:
    """Tell whether a period, both days inclusive, is as long as a fiscal quarter: 85 to 98 days.

    That is 13 or 14 weeks, three calendar months, or three that begin or end on a weekday near the month's
    end. 12 and 16 weeks are none.
    """
    return 85 <= (end - start).days + 1 <= 98


def months_in(start: date, end: date) -> int:
    """Length of a period in whole months, both days inclusive; 13 weeks are three months."""
    return round(((end - start).days + 1) / DAYS_PER_MONTH)


@lru_cache(maxsize=10_000)
def period_label(start: date | None, end: date) -> str:
    """`2024Q4` for a calendar-like quarter, `2024-12-31` for an instant, else `2024-01-01..2024-12-31`."""
    if start is None:
        return end.isoformat()
    quarter = Quarter.of_period(start, end)
    return str(quarter) if quarter else f"{start.isoformat()}..{end.isoformat()}"


def parse_day(text: str) -> date:
    """An ISO date.

    Raises:
        InvalidInput: If `text` is not a calendar day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(f"{text!r} is not a date", hint="write it like 2025-01-31") from None
