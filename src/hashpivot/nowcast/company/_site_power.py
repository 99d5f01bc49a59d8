"""Power costs and uptime of a company's sites against the last known quarter, from months of their books.

The months come from backtests of its sites (`hashpivot site backtest SITE --json`) or from its own books.
Uptime enters the model of its hash rate; the cost of power enters mining's cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from hashpivot.core import (
    Figure,
    Missing,
    NoData,
    PowerMean,
    PowerMonth,
    months_in,
    not_derivable,
    not_in_ledger,
    power_mean,
)

from ._context import CompanyQuarter


def extra_power_usd(context: CompanyQuarter) -> float | Missing:
    """Return what the quarter's power cost above the base quarter's price, in US dollars.

    Credits are deducted unless the company reports them beside its cost. Missing unless all months of both
    quarters are given.
    """
    if context.base is None:
        return not_in_ledger("no quarter before it is known")
    now = _mean(context.power, context.start, context.end)
    before = _mean(context.power, context.base.start, context.base.end)
    if isinstance(now, Missing):
        return now
    if isinstance(before, Missing):
        return before
    drawn_mwh = sum(month.drawn_mwh for month in _between(context.power, context.start, context.end))
    apart = _reports_credits(context)
    return drawn_mwh * (_price(now, apart=apart) - _price(before, apart=apart))


def power_inputs(context: CompanyQuarter) -> Iterator[tuple[str, float]]:
    """Yield names and values of the quarter's uptime, credits and extra cost of power."""
    months = _between(context.power, context.start, context.end)
    for month in months:
        yield f"site_uptime_{month.month}", month.uptime
        yield f"site_power_credits_usd_{month.month}", month.credits_usd
    extra = extra_power_usd(context)
    if not isinstance(extra, Missing):
        yield "site_power_dearer_usd", extra


def _between(months: Sequence[PowerMonth], start: date, end: date) -> list[PowerMonth]:
    return [month for month in months if start <= month.first_day <= end]


def _mean(months: Sequence[PowerMonth], start: date, end: date) -> PowerMean | Missing:
    inside = _between(months, start, end)
    if len(inside) < months_in(start, end):
        return not_in_ledger(f"not all months of its sites' power from {start} to {end} are given")
    try:
        return power_mean(inside)
    except NoData as error:
        return not_derivable(error.message)


def _reports_credits(context: CompanyQuarter) -> bool:
    """True if the base quarter's power credits stand beside its cost."""
    if context.base is None:
        return False
    credits_usd = context.information.view.company_measure(
        context.ticker, context.base.quarter, "power_credits"
    )
    return isinstance(credits_usd, Figure)


def _price(mean: PowerMean, *, apart: bool) -> float:
    return mean.power_usd_per_mwh - (0.0 if apart else mean.credits_usd_per_mwh)
