"""Calendar years of an outlook: what flows is added up on every path before its quantiles are taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from hashpivot.core import Line

from ..run import (
    AMOUNTS,
    LINE_ROWS,
    RATIOS,
    Outlook,
    RevenueMix,
    Spread,
    amount_over,
    fit_out_ahead,
    ratio_over,
    revenue_mix,
)


@dataclass(frozen=True, slots=True)
class YearResults:
    """A calendar year of an outlook; dollars unless said.

    Args:
        year: The year.
        quarters: How many of its quarters are projected.
        amounts: By name, as in `CompanyResults`: flows added up, amounts of a day at the year's end,
            ratios of the year's flows.
        lines: Revenue by line.
        mix: What the year's revenue is made of.
    """

    year: int
    quarters: int
    amounts: Mapping[str, Spread]
    lines: Mapping[Line, Spread]
    mix: RevenueMix

    def to_dict(self) -> dict[str, Any]:
        """With stable keys."""
        return {
            "year": self.year,
            "quarters": self.quarters,
            **{name: spread.to_dict() for name, spread in self.amounts.items()},
            "lines": {line.value: spread.to_dict() for line, spread in self.lines.items()},
            "mix": self.mix.to_dict(),
        }


def year_results(found: Outlook) -> tuple[YearResults, ...]:
    """The calendar years of an outlook, its first and last perhaps in part.

    Raises:
        StoreError: If the paths, kept in a temporary file when they are many, cannot be read.
    """
    years, rows = [], found.rows
    once = fit_out_ahead(found.case.inputs, found.quarters)
    for year, of in groupby(enumerate(found.quarters), key=lambda pair: pair[1].year):
        steps = [step for step, _ in of]
        amounts = {name: Spread.of(amount_over(rows, name, steps)) for name in AMOUNTS}
        amounts |= {name: Spread.of(ratio_over(rows, name, steps)) for name in RATIOS}
        lines = {line: Spread.of(amount_over(rows, name, steps)) for line, name in LINE_ROWS.items()}
        years.append(YearResults(year, len(steps), amounts, lines, revenue_mix(rows, steps, once)))
    return tuple(years)
