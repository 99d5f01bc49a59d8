"""How the lines of a statement compare with the total of their period."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from enum import IntEnum

from hashpivot.core import Figure

# Judged: of the bundled statements 13 leave 0.01 to 2% unexplained, none 2 to 5%, and 12 more than 5%.
_NEAR = Decimal("0.02")


class TieStatus(IntEnum):
    """How lines compare with their total, best first.

    `TIES`: equal within rounding. `NEAR`: within 2%. `SUM`: the total is the sum of the lines, as none is
    reported, so that nothing is compared; only a quarter set out by line has it. `UNKNOWN`: there is no
    total. `SHORT`: the lines leave part of the total unexplained. `OVER`: they are more than the total.
    """

    TIES = 0
    NEAR = 1
    SUM = 2
    UNKNOWN = 3
    SHORT = 4
    OVER = 5

    @property
    def incompleteness(self) -> int:
        """0 if the lines make up the total, 1 if that is not known, 2 or 3 if they do not."""
        return max(0, self - TieStatus.SUM)


def tie_status(lines: Collection[Figure], total: Figure | None, eliminations: Decimal) -> TieStatus:
    """Compare lines with the total of their period.

    They tie if the difference can come from rounding: half a step for each line and for the total.

    Args:
        lines: One figure a line.
        total: Of the whole company, if known.
        eliminations: Between the lines (negative), in the unit of the figures.
    """
    if total is None:
        return TieStatus.UNKNOWN
    left = total.value - eliminations - sum((line.value for line in lines), Decimal(0))
    rounding = sum((line.unit_step for line in lines), total.unit_step) / 2
    if abs(left) <= rounding:
        return TieStatus.TIES
    if abs(left) <= _NEAR * abs(total.value):
        return TieStatus.NEAR
    return TieStatus.SHORT if left > 0 else TieStatus.OVER
