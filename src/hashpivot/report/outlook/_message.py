"""What an outlook says first: its message, and the caveat that matters most."""

from __future__ import annotations

from collections.abc import Sequence

from hashpivot.core import Line
from hashpivot.outlook import CompanyResults, OutlookSummary, Spread

from ..shared import compact_money
from ._solvency import DASH, assumed_balances, basis, solvency_needs

_LEAST_SHOWN = 50_000
"""Dollars that are nothing beside those of a company."""
PIVOT = (Line.AI_CLOUD, Line.AI_COLOCATION, Line.CHIPS)
_CARRIES = 0.5
"""Share of revenue from which a line is said to carry the company."""
_CARRIERS = {
    Line.SELF_MINING: "mining",
    Line.HOSTING: "hosting",
    Line.AI_CLOUD: "GPU cloud",
    Line.AI_COLOCATION: "rent of data halls",
    Line.CHIPS: "chips",
}


def outlook_title(summary: OutlookSummary) -> str:
    """The message in a sentence: what carries the company, and where cash is tight."""
    return f"{summary.ticker}: {_carried(summary)}; {_tight(summary)}"


def outlook_lede(summary: OutlookSummary) -> str:
    """The last quarter's revenue, and how short cash runs where."""
    last, tight, most = summary.quarters[-1], summary.tightest, summary.most_unpaid
    first = (
        f"Median revenue of {_money(last.revenue_usd)} in {last.quarter}, "
        f"80% between {_money(last.revenue_usd, 'p10')} and {_money(last.revenue_usd, 'p90')}; "
        f"{pivot_share(last):.0%} of it AI and chips."
    )
    if basis(summary) == "absent":
        return f"{first} Cash, debt and shortfall are not projected: the balance sheet is not known."
    if basis(summary) == "assumed":
        first += f" Cash and debt stand on what is assumed: {', '.join(assumed_balances(summary))}."
    if tight is None or last.p_shortfall is None:
        return first
    return (
        f"{first} On {most.p_shortfall:.0%} of paths a bill is unpaid at the end of {most.quarter}, on "
        f"{last.p_shortfall:.0%} still at that of {last.quarter}; cash at the 10th percentile is "
        f"{_money(tight.cash_usd, 'p10')} in {tight.quarter}."
    )


def pivot_usd(row: CompanyResults) -> float:
    """Median revenue of AI and chips, line by line."""
    return sum(row.lines[line].p50 or 0.0 for line in PIVOT)


def pivot_share(row: CompanyResults) -> float:
    """Median revenue of AI and chips over the median of all revenue, at most 1."""
    total = row.revenue_usd.p50 or 0.0
    return min(1.0, pivot_usd(row) / total) if total > 0 else 0.0


def _carried(summary: OutlookSummary) -> str:
    first, last = summary.quarters[0], summary.quarters[-1]
    by_the_end = _carrier(last)
    if summary.majority is None:
        return f"{by_the_end} through {last.quarter}"
    if last.p_ai_chips_majority <= _CARRIES:
        return f"AI and chips carry the company from {summary.majority}, but not to {last.quarter}"
    if summary.majority == first.quarter:
        return f"{by_the_end} already"
    return f"{by_the_end} from {summary.majority} on"


def _carrier(row: CompanyResults) -> str:
    """`rent of data halls carries the company`: the line, or the group, that brings more than half."""
    amounts = {line: spread.p50 or 0.0 for line, spread in row.lines.items()}
    total = sum(amounts.values())
    if total <= 0:
        return "nothing carries the company"
    line, most = max(amounts.items(), key=lambda pair: pair[1])
    if most > _CARRIES * total and line in _CARRIERS:
        verb = "carry" if line is Line.CHIPS else "carries"
        return f"{_CARRIERS[line]} {verb} the company"
    if pivot_usd(row) > _CARRIES * total:
        return "AI and chips carry the company"
    return "no one line carries the company"


def _tight(summary: OutlookSummary) -> str:
    tight, last = summary.tightest, summary.quarters[-1]
    if basis(summary) == "absent" or last.p_shortfall is None:
        needs = solvency_needs(summary)
        return f"solvency not judged: needs the {needs[0]}" if needs else "solvency not judged"
    paid = 1 - (summary.most_unpaid.p_shortfall or 0.0)
    said = f"bills are paid at every quarter's end to {last.quarter} on {paid:.0%} of paths"
    if tight is not None:
        said = f"the tight quarter is {tight.quarter}"
    return f"{said}, on assumed balances" if basis(summary) == "assumed" else said


def least_paid(summaries: Sequence[OutlookSummary]) -> str:
    """Of several companies: where a bill stays unpaid, and of how many that is not known."""
    absent = sum(basis(summary) == "absent" for summary in summaries)
    unknown = f" Of {absent} of {len(summaries)} the balance sheet is not known." if absent else ""
    if absent == len(summaries):
        return f"Cash and shortfall are not projected.{unknown}"
    known = {s.ticker: s.most_unpaid.p_shortfall or 0.0 for s in summaries if s.tightest}
    tight = sorted(known.items(), key=lambda pair: -pair[1])[:4]
    said = ", ".join(f"{ticker} on {chance:.0%} of paths" for ticker, chance in tight)
    paid = "Every company whose balance sheet is known pays its bills on 95% of paths or more."
    return (f"A bill is unpaid at some quarter's end at {said}." if said else paid) + unknown


def _money(spread: Spread, which: str = "p50") -> str:
    value = getattr(spread, which)
    if value is None:
        return DASH
    return compact_money(value) if abs(value) >= _LEAST_SHOWN else "nothing"
