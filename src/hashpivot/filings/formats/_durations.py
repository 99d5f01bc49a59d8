"""Durations as displayed to their XML form: the formats of the SEC's registry."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from ._number_words import GAP, below_hundred, either, hundreds, value_of_words
from ._numbers import Reader, misfit, refuse_long

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DAYS_IN_MONTH = 30.4375  # a twelfth of a year of 365.25 days, as the registry counts
_MOST = 10**9  # of any unit; beyond, what is displayed is no duration, and floats lose digits
_UNITS = {"Y": "year", "M": "month", "D": "day"}

Parts = list[tuple[int, str]]
"""Counts and their XML designators, the largest unit first."""


def _years(number: float) -> Parts:
    months = (number - int(number)) * 12
    return [(int(number), "Y"), (int(months), "M"), (int((months - int(months)) * _DAYS_IN_MONTH), "D")]


def _months(number: float) -> Parts:
    return [(int(number), "M"), (int((number - int(number)) * _DAYS_IN_MONTH), "D")]


def _weeks(number: float) -> Parts:
    return [(int(number * 7), "D")]


def _days(number: float) -> Parts:
    return [(int(number), "D"), (int((number - int(number)) * 24), "TH")]


def _hours(number: float) -> Parts:
    return [(int(number), "TH")]


def _duration(split: Callable[[float], Parts]) -> Reader:
    """A format for a number of one unit; what is left of it spills into smaller units, cut off."""

    def read(text: str) -> str:
        refuse_long(text)
        if not _NUMBER.fullmatch(text) or abs(float(text)) >= _MOST:
            raise misfit(text)
        (count, unit), *rest = split(abs(float(text)))
        parts = [(count, unit), *((count, unit) for count, unit in rest if count)]
        sign = "-" if float(text) < 0 and any(count for count, _ in parts) else ""
        return f"{sign}P" + "".join(_part(count, unit) for count, unit in parts)

    return read


def _part(count: int, designator: str) -> str:
    return f"{designator[:-1]}{count}{designator[-1]}"


@cache
def _pattern() -> re.Pattern[str]:
    count = f"(?:{hundreds(GAP)}|{below_hundred()}|{either('zero', 'no')}|[0-9]{{1,4}})"
    years, months, days = (f"(?P<{sign}>{count}){GAP}{either(unit)}s?" for sign, unit in _UNITS.items())
    then = rf"(?:,?{GAP}(?:and\s+)?|$)"
    return re.compile(f"(?:{years}{then})?(?:{months}{then})?(?:{days})?")


def duration_from_words(text: str) -> str:
    """`one year, six months and 10 days` is P1Y6M10D.

    Raises:
        ValueError: If it is no duration in that form.
    """
    refuse_long(text)
    found = _pattern().fullmatch(text) if text else None
    if not found:
        raise misfit(text)
    parts = [f"{_count(words)}{sign}" for sign in _UNITS if (words := found[sign]) and not _is_none(words)]
    return "P" + ("".join(parts) or "0D")


def _is_none(words: str) -> bool:
    return words.lower() in ("no", "zero")


def _count(words: str) -> str:
    return words if words.isdecimal() else str(value_of_words(words))


DURATIONS: dict[str, Reader] = {
    "duryear": _duration(_years),
    "durmonth": _duration(_months),
    "durweek": _duration(_weeks),
    "durday": _duration(_days),
    "durhour": _duration(_hours),
    "durwordsen": duration_from_words,
}
"""By the names of the SEC's registry."""
