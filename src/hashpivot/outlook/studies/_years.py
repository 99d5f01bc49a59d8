"""Calendar years of an outlook: flows added up on every path, statements that add up, the quarters before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hashpivot.core import Line, Quarter

from ..run import (
    AMOUNTS,
    LINE_ROWS,
    RATIOS,
    Once,
    Outlook,
    RevenueMix,
    Spread,
    amount_over,
    constants,
    fit_out_ahead,
    infinite_share,
    ratio_over,
    revenue_mix,
)
from ._history import PastQuarter
from ._statement import central_paths, statement_over

YEAR = 4


@dataclass(frozen=True, slots=True)
class YearResults:
    """A calendar year of an outlook; dollars unless said.

    Args:
        year: The year.
        quarters: How many of its quarters are projected.
        amounts: By name, as in `CompanyResults`: flows added up, amounts of a day at the year's end,
            ratios of the year's flows.
        lines: Revenue by line.
        mix: What revenue of the projected quarters is made of.
        statement: The three statements of the projected quarters on the middle paths, as `statement_over`.
        p_leverage_infinite: As in `CompanyResults`, at the year's end.
        reported: Its quarters before them that were reported.
        nowcast: Those that were not yet, and are nowcast.
        whole: Amounts of the whole year, where each of its quarters has one: reported, the nowcast's median,
            and the projected quarters' median.
        whole_lines: Revenue by line of the whole year, likewise.
    """

    year: int
    quarters: int
    amounts: Mapping[str, Spread]
    lines: Mapping[Line, Spread]
    mix: RevenueMix
    statement: Mapping[str, float | None] = field(default_factory=dict)
    p_leverage_infinite: float | None = None
    reported: tuple[Quarter, ...] = ()
    nowcast: tuple[Quarter, ...] = ()
    whole: Mapping[str, float] = field(default_factory=dict)
    whole_lines: Mapping[Line, float] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """True if all of its quarters are projected."""
        return self.quarters == YEAR

    def to_dict(self) -> dict[str, Any]:
        """With stable keys."""
        return {
            "year": self.year,
            "quarters": self.quarters,
            **{name: spread.to_dict() for name, spread in self.amounts.items()},
            "lines": {line.value: spread.to_dict() for line, spread in self.lines.items()},
            "mix": self.mix.to_dict(),
            "statement": dict(self.statement),
            "p_leverage_infinite": self.p_leverage_infinite,
            "reported": [str(quarter) for quarter in self.reported],
            "nowcast": [str(quarter) for quarter in self.nowcast],
            "whole": dict(self.whole)
            | {"lines": {line.value: usd for line, usd in self.whole_lines.items()}},
        }


def year_results(found: Outlook, history: Sequence[PastQuarter] = ()) -> tuple[YearResults, ...]:
    """The calendar years of an outlook, its first and last perhaps in part.

    Args:
        found: The outlook.
        history: Quarters before its first, for the whole of its first year.

    Raises:
        StoreError: If the paths, kept in a temporary file when they are many, cannot be read.
    """
    middle = central_paths(found.rows, len(found.quarters))
    once = fit_out_ahead(found.case.inputs, found.quarters)
    years = []
    for year, of in groupby(enumerate(found.quarters), key=lambda pair: pair[1].year):
        steps = [step for step, _ in of]
        before = [each for each in history if each.quarter.year == year]
        years.append(_year(found, year, steps, before, middle, once))
    return tuple(years)


def _year(
    found: Outlook, year: int, steps: list[int], before: list[PastQuarter], middle: NDArray[np.int64],
    once: Sequence[Once],
) -> YearResults:  # fmt: skip
    rows = found.rows
    amounts = {
        name: Spread.same(None if usd is None else usd * len(steps))
        for name, usd in constants(found.case.inputs).items()
    }
    amounts |= {name: Spread.of(amount_over(rows, name, steps)) for name in AMOUNTS}
    amounts |= {name: Spread.of(ratio_over(rows, name, steps)) for name in RATIOS}
    lines = {line: Spread.of(amount_over(rows, name, steps)) for line, name in LINE_ROWS.items()}
    complete = len(before) + len(steps) == YEAR
    return YearResults(
        year,
        len(steps),
        amounts,
        lines,
        revenue_mix(rows, steps, once),
        statement_over(rows, found.case.inputs, steps, middle),
        infinite_share(rows.row("leverage", steps[-1])),
        tuple(each.quarter for each in before if each.kind == "reported"),
        tuple(each.quarter for each in before if each.kind == "nowcast"),
        _whole(before, amounts) if complete and before else {},
        _whole_lines(before, lines) if complete and before else {},
    )


def _whole(before: list[PastQuarter], ahead: Mapping[str, Spread]) -> dict[str, float]:
    """Revenue of a year all of whose quarters have it. EBITDA is reported by a company's own definition."""
    parts = [*(each.revenue_usd for each in before), ahead["revenue_usd"].p50]
    return {"revenue_usd": round(sum(filter(None, parts)), 2)} if None not in parts else {}


def _whole_lines(before: list[PastQuarter], ahead: Mapping[Line, Spread]) -> dict[Line, float]:
    """Revenue by line of a year all of whose quarters are known by line, to the total."""
    if not all(each.lines and each.is_by_line for each in before):
        return {}
    sums = {
        line: sum(each.lines.get(line, 0.0) for each in before) + (ahead[line].p50 or 0.0) for line in Line
    }
    return {line: round(usd, 2) for line, usd in sums.items() if usd}
