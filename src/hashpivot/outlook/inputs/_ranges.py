"""Inputs with an allowed range: declared on the field, checked in one place, named in the error."""

from __future__ import annotations

from dataclasses import field, fields
from math import inf
from typing import Any

from hashpivot.core import InvalidInput

BILLIONS = 1e12
"""Most dollars any amount may have."""


def ranged(low: float, high: float, unit: str, default: Any = ..., *, optional: bool = False) -> Any:
    """A dataclass field whose value must lie in `[low, high]`; it may be None if it is optional."""
    metadata = {"low": low, "high": high, "unit": unit, "optional": optional}
    return field(metadata=metadata) if default is ... else field(default=default, metadata=metadata)


def check_ranges(inputs: Any, where: str) -> None:
    """Check every ranged field of a dataclass.

    Raises:
        InvalidInput: Naming the key, its value and the allowed range.
    """
    for each in fields(inputs):
        if "low" in each.metadata:
            value = getattr(inputs, each.name)
            if value is not None or not each.metadata["optional"]:
                check_number(value, each.name, where, each.metadata)


def check_number(value: Any, key: str, where: str, allowed: Any) -> None:
    """Check one number against `{"low", "high", "unit"}`.

    Raises:
        InvalidInput: If it is no finite number or lies outside.
    """
    low, high, unit = allowed["low"], allowed["high"], allowed["unit"]
    span = f"allowed is {low:g} to {high:g} {unit}".rstrip()
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not is_number or value != value or value in (inf, -inf):
        raise InvalidInput(f"{key} must be a finite number, not {value!r}", where=where, hint=span)
    if not low <= value <= high:
        raise InvalidInput(f"{key} = {_shown(value)} is out of range", where=where, hint=span)


def _shown(value: float) -> str:
    try:  # a whole number can be larger than any float
        return f"{value:g}"
    except OverflowError:
        return f"a number of {len(str(value))} digits"
