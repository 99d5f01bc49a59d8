"""What of a line's revenue recurs: the parts its rows tell apart, and when what is one-off ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hashpivot.core import NOT_RECURRING, Figure, Line
from hashpivot.ledger import QuarterLines, View

from ..inputs import AiContract, of_figure
from ._base import BaseQuarter
from .ai_record import parts_of, split_quarter, sum_usd


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
    apart. Revenue that no row qualifies recurs. What does not recur does not grow with the line: it is at
    most as many dollars as were told last, and the rest is rent.
    """
    level = base.level(line)
    if level is None:
        none = f"no such revenue in {base.begins}"
        return LineParts(0.0, 0.0, 0.0, none, none)
    usd = level.usd
    lines = split_quarter(base.view, base.lines, line)
    if lines is None:
        plain = "no row tells fit-out, resale or costs passed on apart"
        return LineParts(usd, 0.0, 0.0, level.origin, plain)
    whole = float(lines.revenue[line].value)
    once = [each for each in parts_of(lines, line) if each.qualifier in NOT_RECURRING]
    passed = [each for each in parts_of(lines, line) if each.qualifier == "pass_through"]
    one_off, passed_on = (min(1.0, max(0.0, sum_usd(rows) / whole)) for rows in (once, passed))
    passed_on = min(passed_on, 1 - one_off)
    how = f"share of {line.value} in {lines.quarter}"
    told = _told_last(base.view, lines, line) if one_off else []
    if told and sum_usd(told) < usd * one_off:
        one_off, how = max(0.0, sum_usd(told)) / usd, f"{how}; what ends is no more than it was last"
    split = of_figure(*parts_of(lines, line), *(each for each in told if each not in once), how=how)
    return LineParts(
        usd * (1 - one_off - passed_on), usd * passed_on, usd * one_off,
        f"{level.origin}: what recurs of it" if one_off or passed_on else level.origin, split,
        any(each.qualifier == "fit_out" for each in once),
    )  # fmt: skip


def _told_last(view: View, split: QuarterLines, line: Line) -> list[Figure]:
    """The latest rows that tell what does not recur: a later quarter's than the split's, or its own."""
    later = (each for each in reversed(view.quarters(split.ticker)) if each >= split.quarter)
    rows = (parts_of(view.quarter_lines(split.ticker, each), line) for each in later)
    once = ([part for part in parts if part.qualifier in NOT_RECURRING] for parts in rows)
    return next(filter(None, once), [])


def fit_out_quarters(contracts: Sequence[AiContract], line: Line, base: BaseQuarter) -> int:
    """Quarters after the one it begins with in which a data hall of a known contract is still built."""
    starts = [each.start for each in contracts if line == Line.AI_COLOCATION and each.kind == "colocation"]
    return max((start.since(base.begins) - 1 for start in starts if start > base.begins), default=0)
