"""The way from one scenario's result to another's, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hashpivot.core import InvalidInput

from ..run import YEAR_EBITDA, YEAR_PROFITS, Outlook, OutlookCase

EBITDA = "adjusted EBITDA of the last four quarters, mean"
GROSS_PROFIT = "gross profit of the last four quarters, mean (overheads are not known)"
EACH_END = 0.1
"""Share of paths at either end that the mean of the middle leaves out: those outside of the bands shown."""
MIDDLE = "mean of the middle 80% of paths"


@dataclass(frozen=True, slots=True)
class ScenarioBridge:
    """From one outlook to another of the same company; the steps add up.

    Args:
        before: Scenario it starts from.
        after: Scenario it ends at.
        start_usd: EBITDA of the last four quarters, mean of all paths, in the first.
        end_usd: The same in the second.
        lines_usd: Change of gross profit by line.
        overheads_usd: Change of what overheads take.
        measure: What the bridge is of: EBITDA, or gross profit where overheads are not known.
    """

    before: str
    after: str
    start_usd: float
    end_usd: float
    lines_usd: dict[str, float]
    overheads_usd: float
    measure: str = EBITDA

    def to_dict(self) -> dict[str, Any]:
        """With stable keys; cents."""
        lines = {line: round(usd, 2) for line, usd in self.lines_usd.items() if usd}
        return {
            "measure": self.measure,
            "from": self.before,
            "to": self.after,
            "start_usd": round(self.start_usd, 2),
            "end_usd": round(self.end_usd, 2),
            "lines_usd": lines,
            "overheads_usd": round(self.overheads_usd, 2),
        }


def bridge(before: Outlook, after: Outlook) -> ScenarioBridge:
    """The bridge between two outlooks.

    Both must have the same seed and quarters: then they differ by their scenario alone, not by luck.

    Raises:
        InvalidInput: If company, seed, paths or quarters differ.
    """
    if _what(before) != _what(after):
        raise InvalidInput("a bridge needs the same company, seed, paths and quarters on both sides")
    changes = {line.value: _mean(after, name) - _mean(before, name) for line, name in YEAR_PROFITS.items()}
    measure = EBITDA if EBITDA == measure_of(before.case) == measure_of(after.case) else GROSS_PROFIT
    start, end = mean_profit(before, measure), mean_profit(after, measure)
    rest = end - start - sum(changes.values()) if measure == EBITDA else 0.0
    return ScenarioBridge(before.case.scenario, after.case.scenario, start, end, changes, rest, measure)


def measure_of(case: OutlookCase) -> str:
    """What a case's profit is measured by: EBITDA, or gross profit where overheads are not known."""
    return EBITDA if case.inputs.finance.sga_usd is not None else GROSS_PROFIT


def mean_profit(outlook: Outlook, measure: str) -> float:
    """The last four quarters' EBITDA or gross profit, mean of all paths."""
    return float(_year_profits(outlook, measure).mean())


def middle_profit(outlook: Outlook) -> float:
    """The last four quarters' EBITDA, or gross profit, mean of the middle of the paths.

    A few paths on which everything goes well can carry a mean of all; what decides them is not what decides
    the rest.
    """
    ordered = np.sort(_year_profits(outlook, measure_of(outlook.case)))
    left_out = int(EACH_END * len(ordered))
    return float(ordered[left_out : len(ordered) - left_out].mean())


def middle_measure(case: OutlookCase) -> str:
    """What `middle_profit` is of, in words."""
    return measure_of(case).replace("mean", MIDDLE)


def _year_profits(outlook: Outlook, measure: str) -> NDArray[np.float64]:
    """The last four quarters' EBITDA or gross profit on every path."""
    names = [YEAR_EBITDA] if measure == EBITDA else list(YEAR_PROFITS.values())
    profits: NDArray[np.float64] = np.sum(
        [outlook.rows.row(name) for name in names], axis=0, dtype=np.float64
    )
    return profits


def _what(outlook: Outlook) -> tuple[object, ...]:
    return outlook.case.inputs.ticker, outlook.seed, outlook.rows.paths, outlook.quarters


def _mean(outlook: Outlook, name: str) -> float:
    return float(outlook.rows.row(name).mean())
