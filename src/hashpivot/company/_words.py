"""Numbers in sentences."""

from __future__ import annotations

import re
from decimal import Decimal
from math import floor

_LEGAL = re.compile(
    r",?\s+(inc|corp|corporation|ltd|limited|plc|llc|holdings?|group|co|n\.?v|s\.?a)\.?$", re.IGNORECASE
)

_TIMES = 2
"""From three times on a growth is said as a multiple."""


def short_name(name: str) -> str:
    """A company's name without its legal form: `Core Scientific`."""
    shorter = _LEGAL.sub("", name.strip())
    return short_name(shorter) if shorter and shorter != name else name


def percent(share: float, at_least: bool = False) -> str:
    """`79%`, `0.4%`; below one per cent with a decimal.

    Args:
        share: A fraction.
        at_least: It is a lower bound, which is rounded down: 19.9% is no "at least 20%".
    """
    digits = 1 if 0 < abs(share) < 0.01 else 0
    if at_least:
        share = floor(round(share * 10 ** (digits + 2), 6)) / 10 ** (digits + 2)
    return f"{share:.{digits}%}"


def moved(growth: float) -> str:
    """`grew 12%`, `fell 35%`, `grew to 3.4 times`, `did not change`."""
    if abs(growth) < 0.005:
        return "did not change"
    if growth > _TIMES:
        return f"grew to {1 + growth:.1f} times"
    return f"{'grew' if growth > 0 else 'fell'} {percent(abs(growth))}"


def dollars(value: Decimal) -> str:
    """`$3.1bn`, `$164.2m`, `$0.4m`."""
    sign, size = ("−" if value < 0 else ""), abs(float(value))
    return f"{sign}${size / 1e9:,.1f}bn" if size >= 999.95e6 else f"{sign}${size / 1e6:,.1f}m"


def plain(value: Decimal) -> str:
    """`1,120`, `18.6`: at most one decimal."""
    return f"{value:,.0f}" if abs(value) >= 1000 or value == int(value) else f"{value:,.1f}"
