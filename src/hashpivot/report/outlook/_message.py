"""What an outlook says first: its message, and the caveat that matters most."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from hashpivot.outlook import OutlookSummary, Spread

from ..shared import compact_money
from ._solvency import DASH, assumed_balances, basis, solvency_needs

_LONGEST_HEADLINE = 150
"""Letters of the message that stand large on a page; what follows them stands below."""
_LEAST_SHOWN = 50_000
"""Dollars that are nothing beside those of a company."""


def outlook_title(summary: OutlookSummary) -> str:
    """The message in a sentence: what carries the company, and where cash is tight if that is known."""
    said = summary.carrier.sentence
    tight = _tight(summary)
    return f"{said}; {tight}" if tight else said


def outlook_headline(summary: OutlookSummary) -> tuple[str, str]:
    """The message as a page says it: what stands large, and the rest as a sentence; empty without one."""
    first, *rest = outlook_title(summary).split("; ")
    while rest and len(f"{first}; {rest[0]}") <= _LONGEST_HEADLINE:
        first = f"{first}; {rest.pop(0)}"
    more = "; ".join(rest)
    return first, f"{more[0].upper()}{more[1:]}." if more else ""


def outlook_lede(summary: OutlookSummary) -> str:
    """The last quarter's revenue, and how short cash runs."""
    return " ".join(filter(None, (_revenue(summary), _cash(summary))))


def start_words(summary: OutlookSummary) -> str:
    """The day paths start, which may be before that of the newest figures."""
    return (
        f"Paths start on {summary.as_of + timedelta(days=1)}, the day after the network's history in use "
        "ends; company figures may be newer."
    )


def _revenue(summary: OutlookSummary) -> str:
    last = summary.quarters[-1]
    return (
        f"Median revenue of {_money(last.revenue_usd)} in {last.quarter}, "
        f"80% between {_money(last.revenue_usd, 'p10')} and {_money(last.revenue_usd, 'p90')}; "
        f"{last.mix.pivot_share:.0%} of it AI and chips on average, fit-out apart."
    )


def _cash(summary: OutlookSummary) -> str:
    last, tight, most = summary.quarters[-1], summary.tightest, summary.most_unpaid
    if basis(summary) == "absent":
        needs = solvency_needs(summary)
        ends = f" It needs the {needs[0]}." if needs else ""
        return f"Cash, debt and shortfall are not projected: the balance sheet is not known.{ends}"
    said = ""
    if basis(summary) == "assumed":
        said = f"Cash and debt stand on what is assumed: {', '.join(assumed_balances(summary))}."
    if tight is None or last.p_shortfall is None:
        return said
    return (
        f"{said} On {most.p_shortfall:.0%} of paths a bill is unpaid at the end of {most.quarter}, on "
        f"{last.p_shortfall:.0%} still at that of {last.quarter}; cash at the 10th percentile is "
        f"{_money(tight.cash_usd, 'p10')} in {tight.quarter}."
    ).strip()


def _tight(summary: OutlookSummary) -> str:
    tight, last = summary.tightest, summary.quarters[-1]
    if basis(summary) == "absent" or last.p_shortfall is None:
        return ""
    paid = 1 - (summary.most_unpaid.p_shortfall or 0.0)
    said = f"bills are paid at every quarter's end to {last.quarter} on {paid:.0%} of paths"
    if tight is not None and tight.p_shortfall is not None:
        said = f"{_unpaid(tight.p_shortfall)} in {tight.quarter}"
    return f"{said}, on assumed balances" if basis(summary) == "assumed" else said


def _unpaid(probability: float) -> str:
    """`a bill is first unpaid on more than half of paths (65%)`, or on how many at most."""
    if probability > 0.5:
        return f"a bill is first unpaid on more than half of paths ({probability:.0%})"
    return f"a bill is unpaid on up to {probability:.0%} of paths"


def least_paid(summaries: Sequence[OutlookSummary]) -> str:
    """Of several companies: where a bill stays unpaid, and of how many that is not known."""
    absent = sum(basis(summary) == "absent" for summary in summaries)
    unknown = f" Of {absent} of {len(summaries)} the balance sheet is not known." if absent else ""
    if absent == len(summaries):
        return "Cash and shortfall are not projected: no balance sheet in the ledger is recent enough."
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
