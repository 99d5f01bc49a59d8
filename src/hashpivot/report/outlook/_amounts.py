"""How tables of an outlook write amounts."""

from __future__ import annotations

from hashpivot.outlook import Spread

from ._solvency import DASH

MILLION = 1e6


def counted(value: float | None, unit: float = 1.0, sign: str = "") -> str:
    """A number in a unit, and a sign behind it."""
    return DASH if value is None else number(value / unit) + sign


def cents(usd: float | None) -> str:
    """Dollars with two decimals."""
    return DASH if usd is None else f"{usd:,.2f}".replace("-", "−")


def millions(usd: float | None) -> str:
    """Dollars in millions."""
    return DASH if usd is None else number(usd / MILLION)


def millions_of(spread: Spread) -> str:
    """The median in millions."""
    return millions(spread.p50)


def number(value: float) -> str:
    """Without decimals from 10 on, with one below."""
    size = abs(value)
    written = f"{size:,.0f}" if size >= 10 or not value else f"{size:,.1f}"
    return ("−" if value < 0 and written != "0.0" else "") + written
