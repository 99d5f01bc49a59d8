"""Rows that tell the parts of a line apart: rent, costs passed on, fit-out, resale."""

from __future__ import annotations

from collections.abc import Sequence

from hashpivot.core import NOT_RECURRING, Figure, Line
from hashpivot.ledger import QuarterLines, View

OLDEST_SPLIT_QUARTERS = 4
"""Judged: a split of a line a year old still says what its revenue is made of."""


def earns_margin_usd(view: View, lines: QuarterLines, line: Line) -> float:
    """A line's revenue in a quarter without what is one-off or passed on, in its latest proportions."""
    usd, split = float(lines.revenue[line].value), split_quarter(view, lines, line)
    if split is None:
        return usd
    apart = [each for each in parts_of(split, line) if each.qualifier in (*NOT_RECURRING, "pass_through")]
    return usd * (1 - sum_usd(apart) / float(split.revenue[line].value))


def split_quarter(view: View, lines: QuarterLines, line: Line) -> QuarterLines | None:
    """The quarter itself, or the latest not much older one, whose rows split the line."""
    if parts_of(lines, line) and line in lines.revenue:
        return lines
    oldest = lines.quarter - OLDEST_SPLIT_QUARTERS
    for quarter in reversed([each for each in view.quarters(lines.ticker) if oldest <= each < lines.quarter]):
        earlier = view.quarter_lines(lines.ticker, quarter)
        if parts_of(earlier, line) and (whole := earlier.revenue.get(line)) is not None and whole.value > 0:
            return earlier
    return None


def parts_of(lines: QuarterLines, line: Line) -> list[Figure]:
    """The rows of a quarter that split a line."""
    return [each for each in lines.split if each.line == line]


def sum_usd(figures: Sequence[Figure]) -> float:
    """Dollars of several figures."""
    return sum(float(each.value) for each in figures)
