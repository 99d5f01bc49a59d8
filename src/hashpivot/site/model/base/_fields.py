"""Reading one table of a site's TOML: every key with its type and range, no key unread."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from datetime import date
from difflib import get_close_matches
from math import inf
from typing import Any

from ._errors import InvalidSite

_REQUIRED: Any = object()
_LARGEST = sys.float_info.max
_NEAR = 0.7  # judged: of two keys' characters, limit_mw and limit_mv, usd_per_kw_month and usd_per_kw_year
_MOST_SHOWN = 60  # characters of a value in an error
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


class Fields:
    """The keys of one TOML table.

    Args:
        table: What the file says.
        where: How to call the table in an error.

    Raises:
        InvalidSite: If it is not a table.
    """

    def __init__(self, table: Any, where: str) -> None:
        if not isinstance(table, dict):
            raise InvalidSite("must be a table of keys and values", where=where)
        self._table: dict[str, Any] = table
        self._where = where
        self._read: set[str] = set()

    def number(
        self,
        key: str,
        low: float = 0.0,
        high: float = inf,
        default: float = _REQUIRED,
        *,
        open_low: bool = False,
    ) -> float:
        """A number from `low` (itself excluded if `open_low`) to `high`."""
        value = self._take(key, default)
        if value is default:
            return default
        span = f"a number {'above' if open_low else 'from'} {low:g}" + (f" to {high:g}" if high < inf else "")
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self.wrong(key, f"must be {span}, not {_shown(value)}")
        if not low <= value <= min(high, _LARGEST) or (open_low and value == low):
            raise self.wrong(key, f"must be {span}, not {_shown(value)}")
        return float(value)

    def optional(self, key: str, high: float) -> float | None:
        """A number from 0 to `high`, or None where the key is left out."""
        return self.number(key, 0, high) if key in self else None

    def whole(self, key: str, low: int, high: int, default: int = _REQUIRED) -> int:
        """A whole number from `low` to `high`."""
        value = self._take(key, default)
        if value is default:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self.wrong(key, f"must be a whole number from {low} to {high}, not {_shown(value)}")
        return int(value)

    def text(self, key: str, default: str = _REQUIRED) -> str:
        """Text that is not empty."""
        value = self._take(key, default)
        if value is default:
            return default
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, f"must be text in quotes, not {_shown(value)}")
        return value.strip()

    def choice(self, key: str, choices: Sequence[str], default: str = _REQUIRED) -> str:
        """One of a few words."""
        value = self.text(key, default)
        if value not in choices:
            raise self.wrong(key, f"must be one of {', '.join(choices)}, not {_shown(value)}")
        return value

    def day(self, key: str, default: date) -> date:
        """A date, as TOML writes it or in quotes."""
        value = self._take(key, default)
        if type(value) is date:
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.wrong(key, f"must be a date like 2026-12-31, not {_shown(value)}") from None

    def span(self) -> Any:
        """`start` and `end`, both days included; unlimited where left out."""
        start, end = self.day("start", _FIRST_DAY), self.day("end", _LAST_DAY)
        if end < start:
            raise self.wrong("end", f"must not be before start: {end} is before {start}")
        return {"start": start, "end": end}

    def wholes(self, key: str, low: int, high: int, default: tuple[int, ...]) -> tuple[int, ...]:
        """A list of different whole numbers, each from `low` to `high`."""
        value = self._take(key, default)
        fits = isinstance(value, (list, tuple)) and all(
            isinstance(n, int) and not isinstance(n, bool) and low <= n <= high for n in value
        )
        if not fits or not value or len(set(value)) < len(value):
            raise self.wrong(
                key, f"must be a list of different whole numbers from {low} to {high}, not {_shown(value)}"
            )
        return tuple(value)

    def numbers(self, key: str, low: float, high: float) -> tuple[float, ...]:
        """A list of numbers, each from `low` to `high`."""
        value = self._take(key, _REQUIRED)
        fits = isinstance(value, list) and all(
            isinstance(n, (int, float)) and not isinstance(n, bool) and low <= n <= high for n in value
        )
        if not fits or not value:
            raise self.wrong(key, f"must be a list of numbers from {low:g} to {high:g}, not {_shown(value)}")
        return tuple(map(float, value))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of different texts that are not empty; none where the key is left out."""
        value = self._take(key, [])
        fits = isinstance(value, list) and all(isinstance(text, str) and text.strip() for text in value)
        if not fits or len(set(value)) < len(value):
            raise self.wrong(key, f"must be a list of different texts in quotes, not {_shown(value)}")
        return tuple(text.strip() for text in value)

    def days(self, key: str) -> tuple[date, ...]:
        """A list of dates, as TOML writes them or in quotes; none where the key is left out."""
        value = self._take(key, [])
        try:
            return tuple(day if type(day) is date else date.fromisoformat(day) for day in value)
        except (TypeError, ValueError):
            raise self.wrong(key, f"must be a list of dates like 2026-12-25, not {_shown(value)}") from None

    def table(self, key: str, default: Any = _REQUIRED) -> Fields:
        """A table inside this one."""
        return Fields(self._take(key, default), f"{self._where} {key}")

    def tables(self, key: str) -> list[Fields]:
        """The tables of a list `[[key]]`; none if it is absent."""
        value = self._take(key, [])
        if not isinstance(value, list):
            raise self.wrong(key, f"must be a list of tables: write [[{key}]]")
        return [Fields(row, f"{self._where} [[{key}]] {number}") for number, row in enumerate(value, 1)]

    @property
    def where(self) -> str:
        """How the table is called in an error."""
        return self._where

    def __contains__(self, key: str) -> bool:
        return key in self._table

    @property
    def keys(self) -> tuple[str, ...]:
        """Its keys, in the order of the file."""
        return tuple(self._table)

    def done(self) -> None:
        """Call when all keys are read.

        Raises:
            InvalidSite: If a key is left, naming the nearest one that is known.
        """
        left = next((key for key in self._table if key not in self._read), None)
        if left is not None:
            known = f"known keys are {', '.join(sorted(self._read))}"
            raise self.wrong(left, f"is not a key here{_nearest(left, self._read)}; {known}")

    def wrong(self, key: str, why: str) -> InvalidSite:
        """The error of a key."""
        return InvalidSite(f"{key} {why}", where=self._where)

    def _take(self, key: str, default: Any) -> Any:
        self._read.add(key)
        if key in self._table:
            return self._table[key]
        if default is _REQUIRED:
            raise self.wrong(key, f"is missing{_nearest(key, self._table.keys() - self._read)}")
        return default


def _nearest(key: str, others: Collection[str]) -> str:
    """Ask whether the nearest of other keys is meant; nothing where none is near."""
    near = get_close_matches(key, sorted(others), 1, _NEAR)
    return f" (is {near[0]} it?)" if near else ""


def _shown(value: Any) -> str:
    """A value as an error names it: its beginning, if it is long; what it is, if it has no end."""
    try:
        text = repr(value)
    except (ValueError, RecursionError):
        return f"a very long {type(value).__name__}"
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
