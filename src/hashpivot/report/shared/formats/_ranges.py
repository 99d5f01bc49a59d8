"""How ranges are written: amounts of a target, rates of interest."""

from __future__ import annotations

from decimal import Decimal

from ._format import format_amount, plain_number


def range_words(low: Decimal | None, high: Decimal | None, unit: str, added: bool) -> str:
    """`31 EH/s`, `200 MW to 250 MW`, `up to $50.0m`; `+` before what comes on top of what there is."""
    plus = "+" if added else ""
    if low is None:
        return "no number" if high is None else f"up to {plus}{format_amount(high, unit)}"
    if high is None:
        return f"at least {plus}{format_amount(low, unit)}"
    if low == high:
        return plus + format_amount(low, unit)
    return f"{plus}{format_amount(low, unit)} to {format_amount(high, unit)}"


def rate_words(low: Decimal, high: Decimal) -> str:
    """A rate of interest with all its digits, or a range: `0.75%`, `5.5% to 8.25%`."""
    first, last = (f"{plain_number(rate * 100)}%" for rate in (low, high))
    return first if low == high else f"{first} to {last}"
