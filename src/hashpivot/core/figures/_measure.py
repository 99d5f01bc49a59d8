"""The measures figures can have: name, unit, and whether they belong to a line, a period or an instant."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ReportSection(StrEnum):
    """Where a report gives a measure: one of its statements, its notes, or its operating update."""

    INCOME = "income_statement"
    CASH_FLOW = "cash_flow_statement"
    BALANCE = "balance_sheet"
    NOTES = "notes"
    OPERATING = "operating_data"

    @property
    def heading(self) -> str:
        """How a page writes it: `Income statement`."""
        return self.value.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure.

    Args:
        name: The word used in commands and tables.
        unit: Unit of its values.
        flow: True if it covers a period (and can be added and subtracted), False for an instant.
        title: How a page writes it.
        by_line: True if it is kept by line of business.
        section: Where a report gives it.
        additive: True if quarters of it add up to the year; ratios and counts at a moment do not.
    """

    name: str
    unit: str
    flow: bool
    title: str
    section: ReportSection
    by_line: bool = False
    additive: bool = True


_INCOME, _CASH_FLOW, _BALANCE, _NOTES, _OPERATING = (
    ReportSection.INCOME,
    ReportSection.CASH_FLOW,
    ReportSection.BALANCE,
    ReportSection.NOTES,
    ReportSection.OPERATING,
)

_ALL = (
    Measure("revenue", "usd", True, "Revenue", _NOTES, by_line=True),
    Measure("cost_of_revenue", "usd", True, "Cost of revenue", _NOTES, by_line=True),
    Measure("gross_profit", "usd", True, "Gross profit", _NOTES, by_line=True),
    Measure("segment_gross_profit", "usd", True, "Gross profit as reported by segment", _NOTES, by_line=True),
    Measure("eliminations", "usd", True, "Eliminations", _NOTES),
    Measure("unattributed", "usd", True, "Revenue not attributed to a line", _NOTES),
    Measure("total_revenue", "usd", True, "Total revenue", _INCOME),
    Measure("total_cost_of_revenue", "usd", True, "Total cost of revenue", _INCOME),
    Measure("selling_general_administrative", "usd", True, "Selling, general and administrative", _INCOME),
    Measure("research_development", "usd", True, "Research and development", _INCOME),
    Measure("depreciation_amortization", "usd", True, "Depreciation and amortization", _INCOME),
    Measure("impairment", "usd", True, "Impairments", _INCOME),
    Measure("fair_value_change_bitcoin", "usd", True, "Change in fair value of bitcoin", _INCOME),
    Measure("operating_income", "usd", True, "Operating income", _INCOME),
    Measure("net_income", "usd", True, "Net income", _INCOME),
    Measure("interest_expense", "usd", True, "Interest expense", _INCOME),
    Measure("stock_based_compensation", "usd", True, "Stock-based compensation", _CASH_FLOW),
    Measure("adjusted_ebitda", "usd", True, "Adjusted EBITDA", _OPERATING),
    Measure("operating_cash_flow", "usd", True, "Operating cash flow", _CASH_FLOW),
    Measure("investing_cash_flow", "usd", True, "Investing cash flow", _CASH_FLOW),
    Measure("financing_cash_flow", "usd", True, "Financing cash flow", _CASH_FLOW),
    Measure("capital_expenditure", "usd", True, "Capital expenditure", _CASH_FLOW),
    Measure("share_issuance_proceeds", "usd", True, "Proceeds from issuing shares", _CASH_FLOW),
    Measure("power_credits", "usd", True, "Power curtailment credits", _OPERATING),
    Measure("cash", "usd", False, "Cash and cash equivalents", _BALANCE),
    Measure(
        "digital_assets_value", "usd", False, "Bitcoin and other digital assets, at carrying value", _BALANCE
    ),
    Measure("debt", "usd", False, "Debt, all", _BALANCE),
    Measure("convertible_notes", "usd", False, "Convertible notes", _BALANCE),
    Measure("total_assets", "usd", False, "Total assets", _BALANCE),
    Measure("stockholders_equity", "usd", False, "Stockholders' equity", _BALANCE),
    Measure("shares_outstanding", "shares", False, "Shares outstanding", _BALANCE),
    Measure(
        "stock_split_ratio",
        "pure",
        False,
        "Shares after a stock split for each before",
        _NOTES,
        additive=False,
    ),
    Measure("remaining_performance_obligation", "usd", False, "Remaining performance obligation", _NOTES),
    Measure("lease_payments_receivable", "usd", False, "Lease payments to be received as lessor", _NOTES),
    Measure(
        "customer_concentration",
        "pure",
        True,
        "Share of revenue with the largest customer",
        _NOTES,
        additive=False,
    ),
    Measure("bitcoin_mined", "btc", True, "Bitcoin mined", _OPERATING),
    Measure("bitcoin_sold", "btc", True, "Bitcoin sold", _OPERATING),
    Measure("bitcoin_held", "btc", False, "Bitcoin held", _OPERATING),
    Measure("hash_rate_average", "ehs", True, "Average operating hash rate", _OPERATING, additive=False),
    Measure("hash_rate_period_end", "ehs", False, "Hash rate at period end", _OPERATING),
    Measure("hash_rate_hosted", "ehs", False, "Customers' hash rate hosted", _OPERATING),
    Measure("power_capacity", "mw", False, "Power capacity", _OPERATING),
    Measure("ai_power_energized", "mw", False, "AI power energized, critical IT", _OPERATING),
    Measure("ai_power_delivered", "mw", False, "AI power delivered to tenants, critical IT", _OPERATING),
    Measure("fleet_efficiency", "j_per_th", False, "Fleet efficiency", _OPERATING),
    Measure(
        "cost_per_bitcoin", "usd_per_btc", True, "Cash cost per bitcoin mined", _OPERATING, additive=False
    ),
    Measure(
        "revenue_per_bitcoin", "usd_per_btc", True, "Revenue per bitcoin mined", _OPERATING, additive=False
    ),
    Measure("power_cost", "usd_per_mwh", True, "Power cost", _OPERATING, additive=False),
    Measure("bitcoin_blocks_won", "blocks", True, "Blocks won by the own pool", _OPERATING),
)

MEASURES: dict[str, Measure] = {measure.name: measure for measure in _ALL}
