"""Concepts and dimensions: whether a fact is revenue, cost or gross profit, and of which breakdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..rules import local_name

_REVENUE = re.compile(r"Revenue|^Sales|LeaseIncome|RentalIncome")
_NOT_REVENUE = re.compile(
    r"Cost|Expense|Deferred|Unearned|Remaining|ProForma|Percent|Receivable|Liabilit|Unbilled|Recogni[sz]ed"
    r"|Amortization|Gain|Loss|Proceeds|Discontinued|DisposalGroup|Concentration|Number|Quantity"
    r"|Acqui|Payments|Increase|Threshold|Unsatisfied|LesseeLease|SubsequentEvent|Growth|PerShare|PerBitcoin"
    r"|CatchUp|Discount|EquityMethod|Investee|Adjustment|Allowance|Returns"
)
_HARMLESS = re.compile(r"NetOfInterestExpense$")
_COST = re.compile(r"^(Total\w*)?Costs?Of\w*|CostOfRevenue|^DirectCosts?|CostsOfRevenue")
_NOT_COST = re.compile(
    r"Acqui|Disposal|Discontinued|ProForma|Issuance|Transaction|PropertyPlant|Capital|Financing|Percent|Inventor"
    r"|PerBitcoin|Basis|Equity|Construction|(?<!Excluding)(?<!ExclusiveOf)Depreciation$"
)
_PRODUCT = re.compile(
    r"ProductOrService|ProductsAndServices|TypeOfProduct|RevenueTypes?Axis|TypeOfRevenue|Subsegments"
)
_SEGMENT = re.compile(r"(^|Statement)(Business)?SegmentsAxis$|SegmentsAxis$|SegmentAxis$")
_WITHIN = re.compile(r"TimingOfTransferOfGoodOrServiceAxis$")
_CONSOLIDATION = re.compile(r"ConsolidationItemsAxis$")
_DECOY = re.compile(
    r"Geograph|Customer|Counterpart|Concentration|Restate|Scenario|ProForma|Acqui|Disposal|LegalEntity|SubsequentEvent"
    r"|RelatedPart|Range|Adjustment|Standard|Investee|Reclassif|Guarant|Hedg|Valuation|Discontinued"
)


@lru_cache(maxsize=8192)
def kind_of(concept: str) -> str:
    """`revenue`, `cost`, `gross_profit` or "" for a concept, by its local name."""
    name = local_name(concept)
    if name == "GrossProfit" or name.endswith("SegmentGrossProfit"):
        return "gross_profit"
    if _REVENUE.search(name) and not _NOT_REVENUE.search(_HARMLESS.sub("", name)):
        return "revenue"
    return "cost" if _COST.search(name) and not _NOT_COST.search(name) else ""


@dataclass(frozen=True, slots=True)
class Place:
    """The breakdown a fact belongs to.

    Args:
        axes: The axes that break the total down, empty for the total itself.
        members: The members on them, in the same order.
        party: The related-party qualifier, such as `us-gaap:RelatedPartyMember`; counts only in the income
            statement, where companies split a row into customers and related parties.
        gross: True if qualified as an operating segment before eliminations.
        item: The member of the consolidation axis when it is a row of its own (corporate, eliminations).
    """

    axes: tuple[str, ...]
    members: tuple[str, ...]
    party: str = ""
    gross: bool = False
    item: str = ""


@lru_cache(maxsize=8192)
def place_of(dims: tuple[tuple[str, str], ...]) -> Place | None:
    """The place of a fact with these dimensions; None for a decoy.

    Only axes that break a company down by product or segment count, and beside them the timing of transfer.
    Any other (pro-forma acquirees, restatements, customers, geography, related parties, later events, ...)
    makes the number something else than a part of the period's total.
    """
    axes: list[str] = []
    members: list[str] = []
    party, gross, item = "", False, ""
    for axis, member in dims:
        if _CONSOLIDATION.search(axis):
            gross = local_name(member) == "OperatingSegmentsMember"
            item = "" if gross else member
        elif _PRODUCT.search(axis) or _SEGMENT.search(axis) or _WITHIN.search(axis):
            axes.append(axis)
            members.append(member)
        elif local_name(member) in ("RelatedPartyMember", "NonrelatedPartyMember"):
            party = member
        else:
            return None
    return Place(tuple(axes), tuple(members), party, gross, item)


@lru_cache(maxsize=8192)
def is_decoy(dims: tuple[tuple[str, str], ...]) -> bool:
    """True if a dimension makes the number another company's, a place's, a customer's or another version."""
    return any(_DECOY.search(local_name(axis)) for axis, _ in dims)
