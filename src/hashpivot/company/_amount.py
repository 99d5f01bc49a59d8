"""What stands in a cell of a company's tables, and how JSON says it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hashpivot.core import Figure, Missing
from hashpivot.season import Metric

Amount = Figure | Metric | Missing
"""A figure of the ledger, a number computed from figures, or why there is neither."""


def absence_of(amount: Amount) -> Missing | None:
    """Return why there is no number; None if there is one."""
    if isinstance(amount, Missing):
        return amount
    return amount.value if isinstance(amount.value, Missing) else None


def number_in(amount: Amount) -> Decimal | None:
    """Return the number; None if there is none."""
    if isinstance(amount, Missing) or isinstance(amount.value, (Missing, str)):
        return None
    return Decimal(str(amount.value))


def figures_in(amount: Amount) -> tuple[Figure, ...]:
    """Return the figures a number stands on; none if there is no number."""
    if isinstance(amount, Figure):
        return (amount,)
    return amount.figures if isinstance(amount, Metric) and not isinstance(amount.value, Missing) else ()


def amount_json(amount: Amount) -> dict[str, Any]:
    """Return `{"value", "kind", "figure"}`, of a computed number `{"value", "kind", "method", "figures"}`.

    Without a number `value` is null and the keys of `Missing.to_json` follow.
    """
    why = absence_of(amount)
    if why is not None:
        return {"value": None} | why.to_json()
    number = number_in(amount)
    assert number is not None and not isinstance(amount, Missing)
    value = {"value": int(number) if number == int(number) else float(number)}
    if isinstance(amount, Figure):
        note = {"note": amount.note} if amount.note else {}
        return value | {"kind": amount.kind.value, "figure": amount.id} | note
    figures = [figure.id for figure in amount.figures]
    return value | {"kind": "derived", "method": amount.method, "figures": figures}
