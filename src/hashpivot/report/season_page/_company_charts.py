"""The charts of one company, for notebooks and files."""

from __future__ import annotations

from hashpivot.core import InvalidInput
from hashpivot.season import Season

from ..charts import Column, GrossProfitBridge, bridge_chart, offset_chart, revenue_chart, target_chart
from ..shared import Chart
from .company import company_bridge, last_quarters, target_rows


def company_charts(season: Season, ticker: str) -> dict[str, Chart]:
    """`revenue`, and `bridge`, `offset` and `targets` where they can be drawn, for a company of the season.

    Raises:
        InvalidInput: If the company is not part of the season.
    """
    tickers = [company.ticker for company in season.companies]
    if ticker not in tickers:
        hint = f"it has {', '.join(tickers)}"
        raise InvalidInput(f"{ticker!r} is not part of season {season.quarter}", hint=hint)
    company, view = season[ticker], season.view
    quarters = last_quarters(view, ticker, season.quarter)
    charts = {"revenue": revenue_chart([Column.of(lines) for lines in quarters])}
    if isinstance(found := company_bridge(company, view), GrossProfitBridge):
        charts["bridge"] = bridge_chart(found)
    if offset := offset_chart(company["profitability"]):
        charts["offset"] = offset
    if targets := target_chart(target_rows(company["growth"])):
        charts["targets"] = targets
    return charts
