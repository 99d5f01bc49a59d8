"""A site: a backtest, a plan, a forecast of prices, an allocation."""

from __future__ import annotations

from dataclasses import replace

from hashpivot.site import Allocation, Backtest, Plan, PriceForecast

from ..shared import TextTable, clean
from ..site import backtest_words, plan_chart, plan_head, policies_table, price_map, profit_chart
from ..terminal import allocation_tables, plan_table, price_forecast_table
from ._fragment import Fragment, Picture, first_rows

_ROWS = 12
"""Rows of a plan or forecast in a cell."""


def backtest_fragment(done: Backtest) -> Fragment:
    """What each policy earned, as it accrued and in all, over the prices of the period."""
    hours = done.hours
    return Fragment(
        title=f"{clean(hours.site.name)}: {done.start} to {done.end}",
        lede=backtest_words(done),
        meta=(hours.prices.zone, done.regime, "US dollars"),
        pictures=(Picture(profit_chart(done)), Picture(price_map(done))),
        tables=(policies_table(done),),
        notes=tuple(f"{clean(note)}." for note in done.notes),
    )


def plan_fragment(plan: Plan) -> Fragment:
    """What runs when, drawn under the price expected, and the first hours with the reason for each."""
    head = plan_head(plan)
    return Fragment(
        title=head.title,
        lede=head.lede,
        meta=head.meta,
        pictures=(Picture(plan_chart(plan)),),
        tables=(_brief(replace(plan_table(plan), title="")),),
        notes=tuple(f"{clean(note)}." for note in plan.forecast.hours.notes),
    )


def forecast_fragment(forecast: PriceForecast) -> Fragment:
    """The price of the first hours as a distribution."""
    rows = forecast.records()
    title = f"What power may cost in the {len(rows)} hours from {rows[0]['local']}"
    return Fragment(title=title, tables=(_brief(price_forecast_table(forecast)),))


def allocation_fragment(allocation: Allocation) -> Fragment:
    """What each split of megawatts between mining and AI is worth."""
    best = allocation.best()
    return Fragment(
        title=f"{clean(allocation.site.name)}: worth most with {best.ai_mw:,.0f} MW converted to AI",
        tables=allocation_tables(allocation),
    )


def _brief(table: TextTable) -> TextTable:
    return first_rows(table, _ROWS, ".print()")
