"""What of a line's revenue recurs: the parts its rows tell apart, and when what is one-off ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hashpivot.core import NOT_RECURRING, Figure, Line
from hashpivot.ledger import QuarterLines, View

from ..inputs import AiContract, of_figure
from ._base import BaseQuarter

OLDEST_SPLIT_QUARTERS = 4
"""Judged: a split of a line a year old still says what its revenue is made of."""


@dataclass(frozen=True, slots=True)
class LineParts:
    """A line's revenue in the base quarter, by what becomes of it.

    Args:
        recurring_usd: Rent or GPU time.
        passed_on_usd: Power and costs passed on, at cost.
        one_off_usd: Fit-out and machines sold on.
        origin: Where the revenue came from.
        split_origin: Where its parts came from.
        fit_out: True if some of the one-off revenue is fit-out, which lasts as long as something is built.
    """

    recurring_usd: float
    passed_on_usd: float
    one_off_usd: float
    origin: str
    split_origin: str
    fit_out: bool = False


def line_parts(base: BaseQuarter, line: Line) -> LineParts:
    """The parts of a line's revenue where the outlook begins.

    Shares are those of the latest quarter, up to a year older than the base, whose rows tell the line's parts
    apart. Revenue that no row qualifies recurs.
    """
    level = base.level(line)
    if level is None:
        none = f"no such revenue in {base.begins}"
        return LineParts(0.0, 0.0, 0.0, none, none)
    usd = level.usd
    lines = _split_quarter(base.view, base.lines, line)
    if lines is None:
        plain = "no row tells fit-out, resale or costs passed on apart"
        return LineParts(usd, 0.0, 0.0, level.origin, plain)
    whole = float(lines.revenue[line].value)
    once = [each for each in _parts(lines, line) if each.qualifier in NOT_RECURRING]
    passed = [each for each in _parts(lines, line) if each.qualifier == "pass_through"]
    one_off, passed_on = (min(1.0, max(0.0, _sum(rows) / whole)) for rows in (once, passed))
    passed_on = min(passed_on, 1 - one_off)
    how = f"share of {line.value} in {lines.quarter}"
    split = of_figure(*_parts(lines, line), how=how)
    return LineParts(
        usd * (1 - one_off - passed_on), usd * passed_on, usd * one_off,
        f"{level.origin}: what recurs of it" if one_off or passed_on else level.origin, split,
        any(each.qualifier == "fit_out" for each in once),
    )  # fmt: skip


def earns_margin_usd(view: View, lines: QuarterLines, line: Line) -> float:
    """A line's revenue in a quarter without what is one-off or passed on, split as `line_parts` splits it."""
    usd, split = float(lines.revenue[line].value), _split_quarter(view, lines, line)
    if split is None:
        return usd
    apart = [each for each in _parts(split, line) if each.qualifier in (*NOT_RECURRING, "pass_through")]
    return usd * (1 - _sum(apart) / float(split.revenue[line].value))


def fit_out_quarters(contracts: Sequence[AiContract], line: Line, base: BaseQuarter) -> int:
    """Quarters after the one it begins with in which a data hall of a known contract is still built."""
    starts = [each.start for each in contracts if line == Line.AI_COLOCATION and each.kind == "colocation"]
    return max((start.since(base.begins) - 1 for start in starts if start > base.begins), default=0)


def _split_quarter(view: View, lines: QuarterLines, line: Line) -> QuarterLines | None:
    """The quarter itself, or the latest not much older one, whose rows split the line."""
    if _parts(lines, line) and line in lines.revenue:
        return lines
    oldest = lines.quarter - OLDEST_SPLIT_QUARTERS
    for quarter in reversed([each for each in view.quarters(lines.ticker) if oldest <= each < lines.quarter]):
        earlier = view.quarter_lines(lines.ticker, quarter)
        if _parts(earlier, line) and (whole := earlier.revenue.get(line)) is not None and whole.value > 0:
            return earlier
    return None


def _parts(lines: QuarterLines, line: Line) -> list[Figure]:
    return [each for each in lines.split if each.line == line]


def _sum(figures: Sequence[Figure]) -> float:
    return sum(float(each.value) for each in figures)
