"""What an outlook says first: its message, and the caveat that matters most."""

from __future__ import annotations

from hashpivot.core import Line
from hashpivot.outlook import CompanyResults, OutlookSummary, Spread

from ..shared import compact_money

_LEAST_SHOWN = 50_000
"""Dollars that are nothing beside those of a company."""
PIVOT = (Line.AI_CLOUD, Line.AI_COLOCATION, Line.CHIPS)


def outlook_title(summary: OutlookSummary) -> str:
    """The message in a sentence: what carries the company, and where cash is tight."""
    return f"{summary.ticker}: {_carried(summary)}; {_tight(summary)}"


def outlook_lede(summary: OutlookSummary) -> str:
    """The last quarter's revenue, and how short cash runs where."""
    last, tight = summary.quarters[-1], summary.tightest
    first = (
        f"Median revenue of {_money(last.revenue_usd)} in {last.quarter}, "
        f"80% between {_money(last.revenue_usd, 'p10')} and {_money(last.revenue_usd, 'p90')}."
    )
    if tight is None:
        return first
    return (
        f"{first} On {last.p_shortfall:.0%} of paths a bill stays unpaid by {last.quarter}, most of them "
        f"from {tight.quarter} on: cash at the 10th percentile is {_money(tight.cash_usd, 'p10')} then."
    )


def pivot_usd(row: CompanyResults) -> float:
    """Median revenue of AI and chips, line by line."""
    return sum(row.lines[line].p50 or 0.0 for line in PIVOT)


def _carried(summary: OutlookSummary) -> str:
    first, last = summary.quarters[0], summary.quarters[-1]
    if summary.majority is None:
        return f"mining carries the company through {last.quarter}"
    if summary.majority == first.quarter and last.p_ai_chips_majority > 0.5:
        return "AI and chips carry the company already"
    if last.p_ai_chips_majority > 0.5:
        return f"AI and chips carry the company from {summary.majority} on"
    return f"AI and chips carry the company from {summary.majority}, but not to {last.quarter}"


def _tight(summary: OutlookSummary) -> str:
    tight, last = summary.tightest, summary.quarters[-1]
    if tight is None:
        return f"every bill is paid through {last.quarter} on {1 - last.p_shortfall:.0%} of paths"
    return f"the tight quarter is {tight.quarter}"


def _money(spread: Spread, which: str = "p50") -> str:
    value = getattr(spread, which)
    if value is None:
        return "n/a"
    return compact_money(value) if abs(value) >= _LEAST_SHOWN else "nothing"
