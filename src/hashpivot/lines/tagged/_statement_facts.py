"""Which tables of a filing are its main statements, and its facts by concept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from hashpivot.filings import Fact

from ..rules import local_name
from ._concepts import kind_of

Span = tuple[date, date]

_INCOME_ANCHORS = (
    "OperatingIncomeLoss",
    "CostsAndExpenses",
    "OperatingExpenses",
    "NetIncomeLoss",
    "ProfitLoss",
    "IncomeTaxExpenseBenefit",
    "ProfitLossFromOperatingActivities",
)
_BALANCE_ANCHORS = (
    "Assets",
    "Liabilities",
    "LiabilitiesCurrent",
    "LiabilitiesAndStockholdersEquity",
    "EquityAndLiabilities",
)
_CASH_FLOW_ANCHORS = (
    "NetCashProvidedByUsedInOperatingActivities",
    "NetCashProvidedByUsedInInvestingActivities",
    "NetCashProvidedByUsedInFinancingActivities",
    "CashFlowsFromUsedInOperatingActivities",
    "CashFlowsFromUsedInInvestingActivities",
)
_CONTINUES = 3  # a statement broken over pages goes on within the next tables


@dataclass(frozen=True)
class StatementFacts:
    """The facts of one filing by concept, and the tables of its main statements.

    Args:
        facts: Its numeric facts.
        currency: The currency most facts are in.
    """

    facts: tuple[Fact, ...]
    currency: str = "USD"

    @cached_property
    def by_name(self) -> dict[str, list[Fact]]:
        """Facts by local name of their concept, in document order."""
        index: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            index[local_name(fact.concept)].append(fact)
        return dict(index)

    @cached_property
    def income(self) -> frozenset[int]:
        """Tables of the income statement: the first that shows revenue and its anchors, and what follows."""
        anchors = self._tables(_INCOME_ANCHORS)
        revenue = {
            fact.table
            for name, facts in self.by_name.items()
            if kind_of(name) == "revenue"
            for fact in facts
            if not fact.context.dims and fact.context.start is not None and not fact.hidden
        }
        first = min(anchors & revenue, default=min(revenue, default=-1))
        return _following(first, anchors | {first})

    @cached_property
    def balance(self) -> frozenset[int]:
        """Tables of the balance sheet."""
        anchors = self._tables(_BALANCE_ANCHORS)
        return _following(min(anchors, default=-1), anchors)

    @cached_property
    def cash_flow(self) -> frozenset[int]:
        """Tables of the cash flow statement."""
        anchors = self._tables(_CASH_FLOW_ANCHORS)
        return _following(min(anchors, default=-1), anchors)

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Periods the income statement covers, shortest and latest first."""
        spans = {
            (fact.context.start, fact.context.end)
            for name in _INCOME_ANCHORS
            for fact in self.by_name.get(name, ())
            if not fact.context.dims and fact.context.start is not None and fact.table in self.income
        }
        return tuple(sorted(spans, key=lambda s: ((s[1] - s[0]).days // 20, -s[1].toordinal())))

    def tables(self, where: str) -> frozenset[int]:
        """Tables of the statement of that name: `income`, `balance` or `cash_flow`."""
        return {"income": self.income, "balance": self.balance, "cash_flow": self.cash_flow}[where]

    @cached_property
    def investing(self) -> list[Fact]:
        """Facts of the investing section of the cash flow statement: below the operating total."""
        first, last = (
            self._end_of(f"NetCashProvidedByUsedIn{name}Activities") for name in ("Operating", "Investing")
        )
        facts = [fact for fact in self.facts if not fact.context.dims and fact.table in self.cash_flow]
        return [fact for fact in facts if first < (fact.table, fact.row) < last]

    def _end_of(self, total: str) -> tuple[int, int]:
        facts = [f for name in self.by_name if name.startswith(total) for f in self.by_name[name]]
        return max(((f.table, f.row) for f in facts if f.table in self.cash_flow), default=(-1, -1))

    def _tables(self, names: Iterable[str]) -> set[int]:
        return {
            fact.table
            for name in names
            for fact in self.by_name.get(name, ())
            if not fact.context.dims and not fact.hidden
        }


def _following(first: int, anchors: set[int]) -> frozenset[int]:
    return frozenset({first} | {table for table in anchors if first <= table <= first + _CONTINUES})
