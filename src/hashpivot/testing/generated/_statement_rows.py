"""The rows of a generated company's statements, for tagged reports and for releases alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hashpivot.core import Line

from ..pages import Dims, product
from ._amounts import BalanceAmounts, PeriodAmounts
from ._line_labels import LABELS


@dataclass(frozen=True)
class IncomeRow:
    """A row of the income statement.

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


def income_rows(lines: Sequence[Line]) -> list[IncomeRow]:
    """Return the rows of the income statement of a company with these lines."""
    return [
        *(_by_line(line, "revenue", "us-gaap:Revenues", "revenue") for line in lines),
        IncomeRow("Total revenue", "us-gaap:Revenues", lambda one: one.total_revenue),
        *(_by_line(line, "cost of revenue", "us-gaap:CostOfRevenue", "cost") for line in lines),
        IncomeRow("Total cost of revenue", "us-gaap:CostOfRevenue", lambda one: one.total_cost),
        IncomeRow(
            "Selling, general and administrative expenses",
            "us-gaap:SellingGeneralAndAdministrativeExpense",
            lambda one: one.overhead,
        ),
        IncomeRow(
            "Depreciation and amortization",
            "us-gaap:DepreciationDepletionAndAmortization",
            lambda one: one.depreciation,
        ),
        IncomeRow("Operating income (loss)", "us-gaap:OperatingIncomeLoss", lambda one: one.operating_income),
        IncomeRow("Interest expense", "us-gaap:InterestExpense", lambda one: one.interest),
        IncomeRow("Net income (loss)", "us-gaap:NetIncomeLoss", lambda one: one.net_income),
    ]


def _by_line(line: Line, what: str, concept: str, part: str) -> IncomeRow:
    label, member = LABELS[line]
    amounts: Callable[[PeriodAmounts], int] = lambda one: getattr(one, part)[line]  # noqa: E731
    return IncomeRow(f"{label} {what}", concept, amounts, product(member))


@dataclass(frozen=True)
class BalanceRow:
    """A row of the balance sheet; as `IncomeRow`."""

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
