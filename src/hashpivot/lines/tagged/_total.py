"""Which row is the total: by what its label says, by what it leads to, and by its concept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hashpivot.filings import Fact

from ..rules import is_generic, local_name, normal, says_total_revenue
from ._concepts import kind_of

_STANDARD = frozenset(
    {
        "Revenues", "Revenue", "SalesRevenueNet", "RevenuesNetOfInterestExpense", "CostOfRevenue",
        "CostOfSales", "RevenueFromContractWithCustomerExcludingAssessedTax",
        "RevenueFromContractWithCustomerIncludingAssessedTax",
    }
)  # fmt: skip
_ALL_COSTS = re.compile(
    r"Costs?AndExpenses|OperatingExpenses|BenefitsLossesAndExpenses|NoninterestExpense|OperatingCostsAndExpenses"
)
_RESULTS = re.compile(
    r"GrossProfit|OperatingIncomeLoss|ProfitLossFromOperatingActivities"
    r"|IncomeLossFromContinuingOperationsBeforeIncomeTaxes\w*"
)
# What a bank or an insurer earns beside "revenue". A revenue below one of these is a part, such as a fee.
_INDUSTRY_INCOME = re.compile(
    r"InterestAndDividendIncome\w*|InterestAndFeeIncome\w*|InterestIncomeExpenseNet|NoninterestIncome|InterestIncomeOperating"
    r"|PremiumsEarnedNet|PremiumsWritten\w*|NetInvestmentIncome|RevenuesExcludingInterestAndDividends"
)
_SAYS_TOTAL = 2  # the highest rank of a label
_PART_OF_IT = re.compile(
    r"\bdiscounts?\b|\bcatch-?up\b|\bgross\b|\bbefore\b|\bpro ?-?forma\b|\binvestee|\ballowances?\b"
)


@dataclass(frozen=True)
class Total:
    """The row with the total, or why there is none.

    Args:
        fact: The total; None if no row is certain to be it.
        doubt: Why a candidate was refused, or "".
    """

    fact: Fact | None
    doubt: str = ""


def total_revenue(amounts: Sequence[Fact]) -> Total:
    """The total revenue among the rows of one period of an income statement.

    Args:
        amounts: Its facts without dimensions, in one currency.

    A row counts by its label ("Total revenues"), then if costs taken from it give gross profit or another
    result, then by its concept, then by its size.
    """
    candidates = [fact for fact in amounts if _may_be_total(fact)]
    if not candidates:
        return Total(None)
    leads = {fact for fact in candidates if _leads_to_a_result(fact, amounts)}
    best = max(
        candidates, key=lambda fact: (_label_rank(fact), fact in leads, _is_standard(fact), _size(fact))
    )
    if _label_rank(best) == _SAYS_TOTAL or best in leads:
        return Total(best)
    larger = max(
        (
            fact
            for fact in amounts
            if _INDUSTRY_INCOME.fullmatch(local_name(fact.concept)) and _size(fact) > _size(best)
        ),
        key=_size,
        default=None,
    )
    if larger is not None:
        return Total(
            None,
            f"{_named(best)} is less than {_named(larger)}: a part of the revenue, and no total is tagged",
        )
    return Total(best)


def larger_total(total: Fact, tagged: Iterable[Fact]) -> Fact | None:
    """A fact of a standard concept of revenue that is more than what was taken for the total, the largest.

    Args:
        total: What was taken; None is returned if its own concept is a standard one.
        tagged: The filing's facts, wherever they stand.
    """
    if _is_standard(total):
        return None
    alike = (
        fact
        for fact in tagged
        if _is_standard(fact)
        and kind_of(fact.concept) == "revenue"
        and not fact.context.dims
        and (fact.start, fact.end, fact.unit) == (total.start, total.end, total.unit)
        and _size(fact) > _size(total)
    )
    return max(alike, key=_size, default=None)


def total_cost(costs: Sequence[Fact]) -> Fact | None:
    """The total among a period's costs of revenue: a standard concept, a total by label, the largest."""

    def rank(fact: Fact) -> tuple[bool, bool, Decimal]:
        return _is_standard(fact), normal(fact.label).startswith("total"), _size(fact)

    return max((fact for fact in costs if not fact.in_label), key=rank, default=None)


def _label_rank(fact: Fact) -> int:
    """2 if the label says total revenue, 1 if it says no more than revenue, else 0."""
    label = normal(fact.label)
    return _SAYS_TOTAL if says_total_revenue(label) else int(is_generic(label))


def _may_be_total(fact: Fact) -> bool:
    label = normal(fact.label)
    if fact.in_label or _PART_OF_IT.search(label):
        return False
    return kind_of(fact.concept) == "revenue" or says_total_revenue(label)


def _leads_to_a_result(total: Fact, facts: Sequence[Fact]) -> bool:
    """True if the total less a cost of the statement is one of its results."""
    costs = {_size(fact) for fact in facts if _is_cost(fact)}
    results = {fact.value for fact in facts if _RESULTS.fullmatch(local_name(fact.concept))}
    return any((total.value or 0) - cost in results for cost in costs if cost)


def _is_cost(fact: Fact) -> bool:
    return kind_of(fact.concept) == "cost" or bool(_ALL_COSTS.fullmatch(local_name(fact.concept)))


def _is_standard(fact: Fact) -> bool:
    return local_name(fact.concept) in _STANDARD


def _size(fact: Fact) -> Decimal:
    return abs(fact.value or Decimal(0))


def _named(fact: Fact) -> str:
    return f"{fact.label or local_name(fact.concept)!r} ({fact.value:,})"
