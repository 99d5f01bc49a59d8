"""A quarter by group (mining, AI, chips, other): revenue, gross profit, shares, margins, concentration."""

from __future__ import annotations

from dataclasses import replace

from hashpivot.core import GROUPS, Figure, Missing, not_applicable, not_derivable
from hashpivot.formula import effective_number
from hashpivot.ledger import QuarterLines, TieStatus

from .base import Formula, Metric, computed, itself, of_figure, ratio, scaled, sum_of

AT_LEAST = "sum of the lines shown; at least, as other lines may have revenue too"
"""Method of an amount that may be incomplete, because part of the total belongs to no line."""


MIXED = "mixes self-mining and GPU cloud"
"""Note of a line that mixes AI with another business."""

_WORDS = {"ai": "AI", "chips": "chip", "ai_chips": "AI and chip"}


def revenue(lines: QuarterLines, *groups: str) -> Metric:
    """Revenue of one or more groups together, in dollars.

    A group without a row earned nothing if the lines are complete; if they are not, it is not known.
    """
    name = f"{'_'.join(groups)}_revenue_usd"
    shown = [figure for line, figure in lines.revenue.items() if line.group in groups]
    if shown:
        method = "sum of its lines" if lines.complete else AT_LEAST
        added = computed(name, Formula(sum_of, tuple(shown)), shown, method)
        return replace(added, at_least=not lines.complete)
    if not lines.revenue:
        return Metric(name, lines.missing["revenue"])
    if not lines.complete:
        return Metric(name, not_derivable(f"no such line is shown and {lines.open_reason}"))
    mixed = next((f.note for f in lines.revenue.values() if "ai" in groups and MIXED in f.note), None)
    if mixed:
        return Metric(name, not_derivable(mixed))
    return Metric(name, 0, tuple(lines.revenue.values()), "the lines add up to the total without it")


def gross_profit(lines: QuarterLines, *groups: str) -> Metric:
    """Gross profit of one or more groups together, in dollars; missing if it is for any line with revenue."""
    name = f"{'_'.join(groups)}_gross_profit_usd"
    earned = revenue(lines, *groups)
    if isinstance(earned.value, Missing):
        return Metric(name, earned.value)
    if not earned.value:
        return computed(name, Formula(itself, (earned,)), earned.figures, "no revenue, hence no gross profit")
    if not lines.complete:
        return Metric(name, not_derivable(f"{lines.open_reason}: some of its revenue may be missing"))
    profits = {line: profit for line, profit in lines.gross_profit.items() if line.group in groups}
    missing = next((profit for profit in profits.values() if isinstance(profit, Missing)), None)
    if missing is not None or not profits:
        return Metric(
            name, not_derivable("no cost of revenue by line is known") if missing is None else missing
        )
    figures = tuple(profit for profit in profits.values() if isinstance(profit, Figure))
    return computed(name, Formula(sum_of, figures), figures, "revenue less cost of revenue of its lines")


def share(lines: QuarterLines, *groups: str) -> Metric:
    """Share of one or more groups together in the total revenue."""
    name = "_".join(groups)
    whole = of_figure("total_revenue_usd", lines.total_revenue)
    if lines.tie_status is TieStatus.OVER:
        return Metric(f"{name}_share", not_derivable("the lines are more than the total revenue"))
    method = f"{_WORDS.get(name, name)} revenue / total revenue"
    part = ratio(f"{name}_share", revenue(lines, *groups), whole, method)
    # Only against a total that was reported: the sum of the lines would grow with a line that is not shown.
    return replace(part, at_least=part.at_least and lines.tie_status is TieStatus.SHORT)


def margin(lines: QuarterLines, *groups: str) -> Metric:
    """Gross margin of one or more groups together."""
    name = f"{'_'.join(groups)}_gross_margin_share"
    return ratio(name, gross_profit(lines, *groups), revenue(lines, *groups), "gross profit / revenue")


def effective_lines(lines: QuarterLines) -> Metric:
    """Effective number of lines: 1 / sum of squared shares of the lines (1/HHI)."""
    name, method = "effective_lines", "1 / sum of squared revenue shares of the lines"
    figures = tuple(figure for figure in lines.revenue.values() if figure.value > 0)
    if not figures or not lines.complete:
        short = not_derivable(lines.open_reason)
        return Metric(name, lines.missing.get("revenue", short), (), method)
    return computed(name, Formula(lambda *amounts: effective_number(amounts), figures), figures, method)


def shares(lines: QuarterLines) -> dict[str, float | Missing]:
    """Share of each group in the total revenue."""
    whole = lines.total_revenue
    if isinstance(whole, Missing):
        return dict.fromkeys(GROUPS, whole)
    if not whole.value:
        return dict.fromkeys(GROUPS, not_applicable("total revenue is zero"))
    return {group: scaled(revenue(lines, group).value, 1 / float(whole.value)) for group in GROUPS}
