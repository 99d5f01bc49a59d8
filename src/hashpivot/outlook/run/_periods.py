"""A quarter or a year on every path: flows added up, amounts of a day at its end, and their ratios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ._store import RowStore

AT_THE_END = frozenset({
    "cash_usd", "debt_usd", "bitcoin", "shares", "diluted_shares", "shortfall_usd", "equity_usd",
    "leverage", "effective_lines", "mining_mw",
})  # fmt: skip
"""Amounts of a day: a period shows its last quarter's."""


class Ratio(NamedTuple):
    """One amount, less another if there is one, over the sum of others.

    Args:
        over: The amount.
        under: What it is over: amounts of a day at the period's end, unless averaged.
        less: What is taken off the amount.
        averaged: True if what it is over is the mean of the period's quarters.
    """

    over: str
    under: tuple[str, ...]
    less: str = ""
    averaged: bool = False


RATIOS: Mapping[str, Ratio] = {
    "interest_cover": Ratio("adjusted_ebitda_usd", ("interest_usd",)),
    "dscr": Ratio("adjusted_ebitda_usd", ("interest_usd", "debt_due_usd"), less="tax_usd"),
    "free_cash_flow_per_share_usd": Ratio("free_cash_flow_usd", ("shares",)),
    "mining_revenue_per_mw_usd": Ratio("lines.self_mining", ("mining_mw",), averaged=True),
}
"""Nothing on paths where what they are over is zero, or a part is not known."""


def amount_over(rows: RowStore, name: str, steps: Sequence[int]) -> NDArray[Any]:
    """An amount of consecutive quarters on every path.

    Raises:
        StoreError: If the paths, kept in a temporary file when they are many, cannot be read.
    """
    if name in AT_THE_END or len(steps) == 1:
        return rows.row(name, steps[-1])
    return _sum(rows, name, steps)


def _sum(rows: RowStore, name: str, steps: Sequence[int]) -> NDArray[Any]:
    total = rows.row(name, steps[0]).copy()
    for step in steps[1:]:
        total += rows.row(name, step)
    return total


def _mean(rows: RowStore, name: str, steps: Sequence[int]) -> NDArray[Any]:
    return _sum(rows, name, steps) / len(steps)


def ratio_over(rows: RowStore, name: str, steps: Sequence[int]) -> NDArray[np.float64]:
    """A ratio of consecutive quarters on every path.

    Raises:
        StoreError: As `amount_over`.
    """
    ratio = RATIOS[name]
    period = _mean if ratio.averaged else amount_over
    under = sum(period(rows, part, steps) for part in ratio.under)
    over = amount_over(rows, ratio.over, steps)
    if ratio.less:
        over = over - amount_over(rows, ratio.less, steps)
    none = np.full_like(under, np.nan, dtype=np.float64)
    found: NDArray[np.float64] = np.divide(over, under, out=none, where=under > 0)
    return found
