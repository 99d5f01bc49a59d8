"""What the months of a company's sites say of its power: dearer or cheaper than in the last known quarter.

They come from backtests of its sites (`hashpivot site backtest SITE --json`) or from its own books. Uptime
goes into the path of its hash rate; what power costs goes into mining's cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from hashpivot.core import Figure, Missing, NoData, PowerMean, PowerMonth, months_in, power_mean

from ._quarter import CompanyQuarter


def dearer_usd(held: CompanyQuarter) -> float | Missing:
    """What the power used in the quarter cost more than at the base quarter's price, in dollars.

    Credits are taken off unless the company reports them beside its cost. Missing unless all months of both
    quarters are given.
    """
    if held.base is None:
        return Missing("no quarter before it is known")
    now = _mean(held.power, held.start, held.end)
    before = _mean(held.power, held.base.start, held.base.end)
    if isinstance(now, Missing):
        return now
    if isinstance(before, Missing):
        return before
    drawn_mwh = sum(month.drawn_mwh for month in _between(held.power, held.start, held.end))
    apart = _reports_credits(held)
    return drawn_mwh * (_price(now, apart=apart) - _price(before, apart=apart))


def power_inputs(held: CompanyQuarter) -> Iterator[tuple[str, float]]:
    """Names and values of what the months say of the quarter, and of what its power costs more."""
    months = _between(held.power, held.start, held.end)
    for month in months:
        yield f"site_uptime_{month.month}", month.uptime
        yield f"site_power_credits_usd_{month.month}", month.credits_usd
    dearer = dearer_usd(held)
    if not isinstance(dearer, Missing):
        yield "site_power_dearer_usd", dearer


def _between(months: Sequence[PowerMonth], start: date, end: date) -> list[PowerMonth]:
    return [month for month in months if start <= month.first_day <= end]


def _mean(months: Sequence[PowerMonth], start: date, end: date) -> PowerMean | Missing:
    inside = _between(months, start, end)
    if len(inside) < months_in(start, end):
        return Missing(f"not all months of its sites' power from {start} to {end} are given")
    try:
        return power_mean(inside)
    except NoData as error:
        return Missing(error.message)


def _reports_credits(held: CompanyQuarter) -> bool:
    """True if the base quarter's power credits stand beside its cost."""
    if held.base is None:
        return False
    found = held.known.view.company_measure(held.ticker, held.base.quarter, "power_credits")
    return isinstance(found, Figure)


def _price(mean: PowerMean, *, apart: bool) -> float:
    return mean.power_usd_per_mwh - (0.0 if apart else mean.credits_usd_per_mwh)
