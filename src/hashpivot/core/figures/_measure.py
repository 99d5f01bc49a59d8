"""The measures figures can have: name, unit, and whether they belong to a line, a period or an instant."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure.

    Args:
        name: The word used in commands and tables.
        unit: Unit of its values.
        flow: True if it covers a period (and can be added and subtracted), False for an instant.
        title: How a page writes it.
        by_line: True if it is kept by line of business.
        additive: True if quarters of it add up to the year; ratios and counts at a moment do not.
    """

    name: str
    unit: str
    flow: bool
    title: str
    by_line: bool = False
    additive: bool = True


_ALL = (
    Measure("revenue", "usd", True, "Revenue", by_line=True),
    Measure("cost_of_revenue", "usd", True, "Cost of revenue", by_line=True),
    Measure("gross_profit", "usd", True, "Gross profit", by_line=True),
    Measure("segment_gross_profit", "usd", True, "Gross profit as reported by segment", by_line=True),
    Measure("eliminations", "usd", True, "Eliminations"),
    Measure("unattributed", "usd", True, "Revenue not attributed to a line"),
    Measure("total_revenue", "usd", True, "Total revenue"),
    Measure("total_cost_of_revenue", "usd", True, "Total cost of revenue"),
    Measure("selling_general_administrative", "usd", True, "Selling, general and administrative"),
    Measure("research_development", "usd", True, "Research and development"),
    Measure("depreciation_amortization", "usd", True, "Depreciation and amortization"),
    Measure("impairment", "usd", True, "Impairments"),
    Measure("fair_value_change_bitcoin", "usd", True, "Change in fair value of bitcoin"),
    Measure("operating_income", "usd", True, "Operating income"),
    Measure("net_income", "usd", True, "Net income"),
    Measure("interest_expense", "usd", True, "Interest expense"),
    Measure("stock_based_compensation", "usd", True, "Stock-based compensation"),
    Measure("adjusted_ebitda", "usd", True, "Adjusted EBITDA"),
    Measure("operating_cash_flow", "usd", True, "Operating cash flow"),
    Measure("investing_cash_flow", "usd", True, "Investing cash flow"),
    Measure("financing_cash_flow", "usd", True, "Financing cash flow"),
    Measure("capital_expenditure", "usd", True, "Capital expenditure"),
    Measure("share_issuance_proceeds", "usd", True, "Proceeds from issuing shares"),
    Measure("power_credits", "usd", True, "Power curtailment credits"),
    Measure("cash", "usd", False, "Cash and cash equivalents"),
    Measure("digital_assets_value", "usd", False, "Bitcoin and other digital assets, at carrying value"),
    Measure("debt", "usd", False, "Debt, all"),
    Measure("convertible_notes", "usd", False, "Convertible notes"),
    Measure("total_assets", "usd", False, "Total assets"),
    Measure("stockholders_equity", "usd", False, "Stockholders' equity"),
    Measure("shares_outstanding", "shares", False, "Shares outstanding"),
    Measure("stock_split_ratio", "pure", False, "Shares after a stock split for each before", additive=False),
    Measure("remaining_performance_obligation", "usd", False, "Remaining performance obligation"),
    Measure("lease_payments_receivable", "usd", False, "Lease payments to be received as lessor"),
    Measure(
        "customer_concentration", "pure", True, "Share of revenue with the largest customer", additive=False
    ),
    Measure("bitcoin_mined", "btc", True, "Bitcoin mined"),
    Measure("bitcoin_sold", "btc", True, "Bitcoin sold"),
    Measure("bitcoin_held", "btc", False, "Bitcoin held"),
    Measure("hash_rate_average", "ehs", True, "Average operating hash rate", additive=False),
    Measure("hash_rate_period_end", "ehs", False, "Hash rate at period end"),
    Measure("hash_rate_hosted", "ehs", False, "Customers' hash rate hosted"),
    Measure("power_capacity", "mw", False, "Power capacity"),
    Measure("fleet_efficiency", "j_per_th", False, "Fleet efficiency"),
    Measure("cost_per_bitcoin", "usd_per_btc", True, "Cash cost per bitcoin mined", additive=False),
    Measure("revenue_per_bitcoin", "usd_per_btc", True, "Revenue per bitcoin mined", additive=False),
    Measure("power_cost", "usd_per_mwh", True, "Power cost", additive=False),
    Measure("bitcoin_blocks_won", "blocks", True, "Blocks won by the own pool"),
)

MEASURES: dict[str, Measure] = {measure.name: measure for measure in _ALL}
