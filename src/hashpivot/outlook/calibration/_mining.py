"""A company's mining from its figures: hash rate, efficiency and cost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from math import log, sqrt
from statistics import fmean
from typing import Any

from hashpivot.bitcoin import NetworkHistory, NetworkPeriod
from hashpivot.core import Figure, Line, Missing, NoData, Quarter
from hashpivot.ledger import View

from ..inputs import Mining, Origins, assumed, of_figure
from ..market import Improvement
from ._base import BaseQuarter

POWER_USD_PER_MWH = 45.0
"""Assumed where none is reported: a little below the network's assumed median of 50."""

RENEWAL_SHARE = 0.05
"""A quarter: machines last five years."""

CLASS_SPREAD = 0.2
"""Assumed: a fleet of several generations."""

PAYBACK_DAYS = 4 * 365.0
LATEST_CHANGES, SHRINKAGE, MOST_TREND = 4, 4, 0.1
"""Judged: a year of changes says where a fleet is going, as far as others' do not say otherwise."""

FEWEST_CHANGES, USUAL_NOISE = 8, 0.25
"""Changes from which the record's own spread is taken, and a spread for days before there are so many."""

HOURS_PER_DAY = 24
_MOST_OTHER_COST = 500.0
"""USD/MWh; the most the input may have."""

OLDEST_YEARS = 2.0
"""Age from which a reported efficiency no longer describes a fleet."""


def calibrate_mining(base: BaseQuarter, network: NetworkHistory, origins: Origins) -> Mining:
    """Self-mining as the latest quarter shows it.

    Hash rate is the one that would have earned the quarter's revenue at the network's hashprice: uptime,
    curtailment, luck and pool fee are in it, so uptime is 1 and the fee 0.
    """
    level = base.level(Line.SELF_MINING)
    if level is None or not level.usd:
        idle = origins.take("mining", f"no self-mining revenue in {base.begins}", hash_rate_ehs=0.0)
        return Mining(**idle, **_age(base, network, origins))
    ehs, how = _level_ehs(base, network)
    inputs = origins.take("mining", f"{level.origin}: {how}", hash_rate_ehs=ehs)
    origin = assumed("contained in the hash rate")
    inputs |= origins.take("mining", origin, uptime=1.0, pool_fee=0.0)
    inputs |= _efficiency(base, network.last_day, origins)
    inputs |= _costs(base, network, inputs["j_per_th"], origins)
    why = "no plan is taken from guidance; enter the company's own with its source"
    inputs |= origins.take("mining", assumed(why), growth_ehs=0.0, growth_quarters=0)
    inputs |= _renewal(network.last_day, origins)
    return Mining(**inputs, **_change(base, network, origins))


def _change(base: BaseQuarter, network: NetworkHistory, origins: Origins) -> dict[str, Any]:
    """How much fleets change: all companies' quarters on record; and how old the level is."""
    noise, cases = fleet_noise(base.view, network)
    why = f"track record: standard deviation of {cases} quarterly changes of companies' hash rates"
    inputs = origins.take("mining", why, fleet_noise=noise)
    trend, own = fleet_trend(base.view, network, base.ticker)
    why = f"mean of the company's {own} latest changes, shrunk to that of all companies' {cases}"
    inputs |= origins.take("mining", why, trend=trend)
    why = "machines must pay back within the years they are written down over"
    inputs |= origins.take("mining", assumed(why), payback_days=PAYBACK_DAYS)
    return inputs | _age(base, network, origins)


def _age(base: BaseQuarter, network: NetworkHistory, origins: Origins) -> dict[str, Any]:
    """Quarters from the one the levels are of to the first simulated one."""
    first = Quarter.containing(network.last_day + timedelta(days=1))
    if base.drawn:
        return origins.take("mining", base.drawn.origin, age_quarters=0)
    age = min(40, max(1, first.since(base.quarter)))
    return origins.take("mining", f"figures end with {base.quarter}", age_quarters=age)


def _level_ehs(base: BaseQuarter, network: NetworkHistory) -> tuple[float, str]:
    """The hash rate to begin with, and how it was found."""
    if base.drawn:
        how = "the EH/s that earns it, uptime, luck and pool fee included"
        return base.drawn.median_eh[Line.SELF_MINING], how
    _period(base, network)
    how = "revenue / (network's mean hashprice x days), uptime, luck and pool fee included"
    return base_ehs(base, network), how


def base_ehs(base: BaseQuarter, network: NetworkHistory) -> float:
    """EH/s that the mining revenue of the latest quarter known by line stands for; 0 if none."""
    return _implied_ehs(base.view, network, base.ticker, base.quarter)


@lru_cache(maxsize=4)
def fleet_noise(view: View, network: NetworkHistory) -> tuple[float, int]:
    """Standard deviation of quarterly log changes of hash rates implied by revenue, and their number.

    Changes over several quarters count per square root of the quarters.
    """
    changes = [change for ticker in view.tickers() for change in _changes(view, network, ticker)]
    if len(changes) < FEWEST_CHANGES:
        return USUAL_NOISE, len(changes)
    mean = fmean(changes)
    return sqrt(fmean((change - mean) ** 2 for change in changes)), len(changes)


def fleet_trend(view: View, network: NetworkHistory, ticker: str) -> tuple[float, int]:
    """Mean quarterly log change of a company's hash rate of late, and the number of its changes.

    Its own mean counts as much as all companies' once it has `SHRINKAGE` changes; outside of
    `MOST_TREND` nothing is believed.
    """
    latest = {each: list(_changes(view, network, each))[-LATEST_CHANGES:] for each in view.tickers()}
    everyone = [change for changes in latest.values() for change in changes]
    own = latest.get(ticker, [])
    mean = (sum(own) + SHRINKAGE * (fmean(everyone) if everyone else 0.0)) / (len(own) + SHRINKAGE)
    return max(-MOST_TREND, min(MOST_TREND, mean)), len(own)


def _changes(view: View, network: NetworkHistory, ticker: str) -> Iterator[float]:
    quarters = [
        (quarter, ehs)
        for quarter in view.quarters(ticker)
        if (ehs := _implied_ehs(view, network, ticker, quarter))
    ]
    for (before, was), (after, now) in pairwise(quarters):
        yield log(now / was) / sqrt(after.since(before))


def _implied_ehs(view: View, network: NetworkHistory, ticker: str, quarter: Quarter) -> float:
    """Hash rate that would have earned a quarter's self-mining revenue; 0 if there is none."""
    lines = view.quarter_lines(ticker, quarter)
    revenue = lines.revenue.get(Line.SELF_MINING)
    if (
        revenue is None
        or revenue.value <= 0
        or not network.first_priced_day <= lines.start <= lines.end <= network.last_day
    ):
        return 0.0
    period = network.over(lines.start, lines.end)
    return float(revenue.value) / (period.mean_hashprice_usd_per_ph_day * 1_000 * period.days)


def _renewal(day: date, origins: Origins) -> dict[str, Any]:
    trend = Improvement(day)
    inputs = origins.take(
        "mining", assumed("trend of the models released in the last six years"),
        growth_j_per_th=trend.new_j_per_th(day.year + day.month / 12), improvement=trend.per_year,
    )  # fmt: skip
    inputs |= origins.take("mining", assumed("machines last five years"), renewal=RENEWAL_SHARE)
    return inputs | origins.take(
        "mining", assumed("a fleet of several generations"), class_spread=CLASS_SPREAD
    )


def _period(base: BaseQuarter, network: NetworkHistory) -> NetworkPeriod:
    start, end = base.lines.start, base.lines.end
    if not network.first_priced_day <= start <= end <= network.last_day:
        raise NoData(f"the network's history does not hold {base.quarter}", where=base.ticker)
    return network.over(start, end)


def _efficiency(base: BaseQuarter, day: date, origins: Origins) -> dict[str, float]:
    figure = base.newest("fleet_efficiency")
    if figure is not None and (base.lines.end - figure.end).days < OLDEST_YEARS * 365:
        return origins.take("mining", of_figure(figure), j_per_th=float(figure.value))
    trend = Improvement(day).fleet_j_per_th(day.year + day.month / 12)
    why = "no recent fleet efficiency is in the ledger; the network's average machine"
    return origins.take("mining", assumed(why), j_per_th=trend)


def _costs(base: BaseQuarter, network: NetworkHistory, j_per_th: float, origins: Origins) -> dict[str, float]:
    """Power price as reported or assumed; the rest of the cost of revenue, if known, per MW and hour."""
    figure = base.newest("power_cost")
    if figure is None:
        power = origins.take(
            "mining", assumed("no power cost is in the ledger"), power_usd_per_mwh=POWER_USD_PER_MWH
        )
    else:
        power = origins.take("mining", of_figure(figure), power_usd_per_mwh=float(figure.value))
    cost, hours, lines = _last_cost(base, network, j_per_th)
    if cost is None or not hours or "includes depreciation" in cost.note:
        why = "no cost of self-mining without depreciation is disclosed; a quarter of the power price"
        rest = power["power_usd_per_mwh"] / 4
        return power | origins.take("mining", assumed(why), non_power_opex_usd_per_mwh=rest)
    rest = max(0.0, float(cost.value) / hours - power["power_usd_per_mwh"])
    how = f"cost of {lines} / MWh drawn, less the power price"
    return power | origins.take(
        "mining", of_figure(cost, how=how), non_power_opex_usd_per_mwh=min(rest, 500.0)
    )


def _last_cost(
    base: BaseQuarter, network: NetworkHistory, j_per_th: float
) -> tuple[Figure | None, float, str]:
    """The latest cost of self-mining of the last two years, and the MWh drawn at the fleet's efficiency."""
    quarters = [q for q in base.view.quarters(base.ticker) if q <= base.quarter]
    for quarter in reversed([q for q in quarters if base.begins.since(q) <= OLDEST_YEARS * 4]):
        lines = base.view.quarter_lines(base.ticker, quarter)
        cost, ehs = lines.cost.get(Line.SELF_MINING), _implied_ehs(base.view, network, base.ticker, quarter)
        if cost is not None and not isinstance(cost, Missing) and ehs:
            days = (lines.end - lines.start).days + 1
            name = "self-mining" if quarter == base.quarter else f"self-mining {quarter}"
            return cost, ehs * j_per_th * HOURS_PER_DAY * days, name
    return None, 0.0, ""
