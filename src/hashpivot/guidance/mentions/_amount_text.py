"""A stated number or range in words."""

from __future__ import annotations

from decimal import Decimal

from hashpivot.ledger import Target


def amount_text(target: Target) -> str:
    """Return the number as said: `12.4 ehs`, `200 to 250 mw`, `up to 50,000 gpus`."""
    return f"{range_text(target.low, target.high)} {target.unit}"


def range_text(low: Decimal | None, high: Decimal | None) -> str:
    """Return a number or range: `12.4`, `200 to 250`, `up to 50,000`, `at least 3`."""
    if low is None or high is None:
        return f"up to {_plain(high)}" if low is None else f"at least {_plain(low)}"
    return _plain(low) if low == high else f"{_plain(low)} to {_plain(high)}"


def _plain(value: Decimal | None) -> str:
    text = "" if value is None else f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
