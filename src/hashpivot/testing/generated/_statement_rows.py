"""The rows of a generated company's statements, for tagged reports and for releases alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hashpivot.core import Line

from ..pages import Dims, product
from ._amounts import BalanceAmounts, PeriodAmounts
from ._line_labels import LABELS


@dataclass(frozen=True)
class PeriodRow:
    """A row of the income or cash flow statement.

    Args:
        label: As printed.
        concept: What it is tagged with.
        amount: From the amounts of a period to the cell, thousands.
        dims: Axes and members.
    """

    label: str
    concept: str
    amount: Callable[[PeriodAmounts], int]
    dims: Dims = ()


def income_rows(lines: Sequence[Line]) -> list[PeriodRow]:
    """Return the rows of the income statement of a company with these lines."""
    return [
        *(_by_line(line, "revenue", "us-gaap:Revenues", "revenue") for line in lines),
        PeriodRow("Total revenue", "us-gaap:Revenues", lambda one: one.total_revenue),
        *(_by_line(line, "cost of revenue", "us-gaap:CostOfRevenue", "cost") for line in lines),
        PeriodRow("Total cost of revenue", "us-gaap:CostOfRevenue", lambda one: one.total_cost),
        PeriodRow(
            "Selling, general and administrative expenses",
            "us-gaap:SellingGeneralAndAdministrativeExpense",
            lambda one: one.overhead,
        ),
        PeriodRow(
            "Depreciation and amortization",
            "us-gaap:DepreciationDepletionAndAmortization",
            lambda one: one.depreciation,
        ),
        PeriodRow("Operating income (loss)", "us-gaap:OperatingIncomeLoss", lambda one: one.operating_income),
        PeriodRow("Interest expense", "us-gaap:InterestExpense", lambda one: one.interest),
        PeriodRow("Net income (loss)", "us-gaap:NetIncomeLoss", lambda one: one.net_income),
    ]


def _by_line(line: Line, what: str, concept: str, part: str) -> PeriodRow:
    label, member = LABELS[line]
    amounts: Callable[[PeriodAmounts], int] = lambda one: getattr(one, part)[line]  # noqa: E731
    return PeriodRow(f"{label} {what}", concept, amounts, product(member))


@dataclass(frozen=True)
class BalanceRow:
    """A row of the balance sheet; as `PeriodRow`."""

    label: str
    concept: str
    amount: Callable[[BalanceAmounts], int]


BALANCE_ROWS = (
    BalanceRow(
        "Cash and cash equivalents", "us-gaap:CashAndCashEquivalentsAtCarryingValue", lambda one: one.cash
    ),
    BalanceRow("Bitcoin", "us-gaap:CryptoAssetFairValueNoncurrent", lambda one: one.bitcoin_value),
    BalanceRow("Long-term debt", "us-gaap:LongTermDebtNoncurrent", lambda one: one.debt),
    BalanceRow("Total stockholders' equity", "us-gaap:StockholdersEquity", lambda one: one.equity),
)

CASH_FLOW_ROWS = (
    PeriodRow("Net income (loss)", "us-gaap:NetIncomeLoss", lambda one: one.net_income),
    PeriodRow(
        "Net cash provided by operating activities",
        "us-gaap:NetCashProvidedByUsedInOperatingActivities",
        lambda one: one.net_income + one.depreciation,
    ),
    PeriodRow(
        "Purchases of property and equipment",
        "us-gaap:PaymentsToAcquirePropertyPlantAndEquipment",
        lambda one: one.capital_spending,
    ),
    PeriodRow(
        "Net cash used in investing activities",
        "us-gaap:NetCashProvidedByUsedInInvestingActivities",
        lambda one: -one.capital_spending,
    ),
)
