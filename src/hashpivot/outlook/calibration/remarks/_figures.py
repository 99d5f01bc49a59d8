"""Sentences on the age of figures, on lines that mix, on new debt and on minority holders."""

from __future__ import annotations

from collections.abc import Mapping

from hashpivot.core import Quarter

from ...inputs import Finance

CONSOLIDATED = (
    "Amounts are the consolidated company's: what belongs to minority holders of subsidiaries is in them, "
    "and the ledger does not tell it apart."
)
NO_NEW_DEBT = (
    "No new corporate debt is assumed beyond what is owed: debt has hardly a band of its own, "
    "and what a company may yet borrow is not in it."
)
ONLY_FOR_GAPS = (
    "New corporate debt meets gaps alone, up to half of book equity: notes that a company issues with cash "
    "in hand, as most on record were, are not in it."
)
STALE_QUARTERS = 2
"""Judged: figures up to two quarters old are as new as filings allow; older ones earn a remark."""

_FLOWS = {
    "finance.sga_usd": "overheads",
    "finance.depreciation_usd": "depreciation",
    "finance.stock_pay_usd": "stock-based pay",
}


def age_of_lines(base: Quarter, start: Quarter) -> str:
    """That lines are old; empty if they are not.

    Args:
        base: Latest quarter known by line.
        start: The outlook's first quarter.
    """
    age = start.since(base)
    if age <= STALE_QUARTERS:
        return ""
    return (
        f"Costs by line are of {base}, {age} quarters before the outlook begins: no later report in the "
        "ledger tells all lines apart."
    )


def age_of_flows(old: Mapping[str, Quarter], start: Quarter) -> str:
    """How old overheads and the like are; empty if none is old.

    Args:
        old: The quarter of each, by key of the input.
        start: The outlook's first quarter.
    """
    if not old:
        return ""
    said = [f"{_FLOWS[key]} of {quarter} ({start.since(quarter)})" for key, quarter in old.items()]
    stands = " EBITDA stands on those overheads." if "finance.sga_usd" in old else ""
    named = ", ".join(said)
    return f"Older than a balance sheet may be, in quarters before the outlook begins: {named}.{stands}"


def mixed_line(mixes: str, base: Quarter) -> str:
    """That the mining line holds other business; empty if it does not."""
    if not mixes:
        return ""
    return (
        f"The line of self-mining mixes {mixes}, as reported for {base}: all of it is projected as mining, "
        "and none counts as AI."
    )


def new_debt(finance: Finance) -> str:
    """Which new debt the outlook knows of; empty where funding is not projected."""
    owed = finance.debt_usd if finance.funding_known else None
    if owed is None:
        return ""
    return NO_NEW_DEBT if finance.debt_limit_usd <= owed else ONLY_FOR_GAPS
