"""A company's quarters not yet reported, as the nowcast draws them: what an outlook begins with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ..base import short_repr
from ..figures import Line
from ..periods import Quarter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@short_repr
@dataclass(frozen=True, eq=False)
class QuarterDraws:
    """One quarter's revenue, drawn jointly over its lines: place `i` of every array is one draw.

    Args:
        quarter: The quarter.
        lines_usd: Revenue by line, shape `(draws,)`.
        total_usd: All revenue, what belongs to no line included, shape `(draws,)`.
        usd_per_eh: What 1 EH/s running throughout earns in the quarter, shape `(draws,)`; the same number
            everywhere once the quarter is over.
        basis: What each line stands on, in words.
    """

    quarter: Quarter
    lines_usd: Mapping[Line, NDArray[np.float64]]
    total_usd: NDArray[np.float64]
    usd_per_eh: NDArray[np.float64]
    basis: Mapping[Line, str]


@short_repr
@dataclass(frozen=True, eq=False)
class NowcastDraws:
    """The quarters from a company's last report to the running one, joint: place `i` is one draw in all.

    Args:
        ticker: The company.
        as_of: Nothing known later was used.
        level: How much was known of its mining: `updates`, `hashrate` or `network`.
        reported: The latest quarter with a reported total; None if there is none.
        quarters: The quarters after it up to the running one, oldest first; at least one.
    """

    ticker: str
    as_of: date
    level: str
    reported: Quarter | None
    quarters: tuple[QuarterDraws, ...]

    @property
    def last(self) -> QuarterDraws:
        """The running quarter, with which an outlook begins."""
        return self.quarters[-1]
