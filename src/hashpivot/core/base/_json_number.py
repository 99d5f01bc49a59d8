"""Decimals as JSON numbers."""

from __future__ import annotations

from decimal import Decimal


def json_number(value: Decimal) -> int | float:
    """Return a JSON number: an integer where the value is whole."""
    return int(value) if value == value.to_integral_value() else float(value)
