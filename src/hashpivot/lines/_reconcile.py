"""Which rows add up to the reported total."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

# Rows a statement prints twice (a subtotal and its parts) are few; taking away more than this many rows would
# sooner find a coincidence than a partition.
_MOST_REMOVED = 4


def adding_up(values: Sequence[Decimal], total: Decimal, unit: Decimal) -> tuple[int, ...] | None:
    """Positions of the largest set of `values` whose sum is `total` to within `unit`; None if there is none.

    Args:
        values: Amounts of the rows, in any order.
        total: What they should add up to.
        unit: The reporting unit: rows rounded to thousands may miss the total by one thousand.

    Zero rows change no sum and are always kept. Of several sets of the same size the one that leaves out the
    latest rows wins, because statements print parts before their subtotals.
    """
    positions = [i for i, value in enumerate(values) if value]
    zeros = [i for i, value in enumerate(values) if not value]
    whole = sum((values[i] for i in positions), Decimal(0))
    for removed in range(min(_MOST_REMOVED, max(len(positions) - 1, 0)) + 1):
        for out in combinations(reversed(positions), removed):
            if abs(whole - sum((values[i] for i in out), Decimal(0)) - total) <= unit:
                return tuple(sorted([i for i in positions if i not in out] + zeros))
    return None
