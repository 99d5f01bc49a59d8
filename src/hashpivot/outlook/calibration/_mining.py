"""A company's mining from its figures: hash rate, efficiency and cost."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from hashpivot.bitcoin import SECONDS_PER_BLOCK, NetworkHistory, halving_heights
from hashpivot.core import Line, NoData, Quarter

from ..inputs import Mining, Origins, assumed
from ..market import Improvement
from ..record import FleetChange, ehs_of_revenue, fallen, fleet_changes, fleet_noise, fleet_trend
from ._base import BaseQuarter
from ._mining_costs import fleet_efficiency, mining_costs

RENEWAL_SHARE = 0.05
"""A quarter: machines last five years."""

CLASS_SPREAD = 0.2
"""Assumed: a fleet of several generations."""

_MIXES = re.compile(r"\bmixes ([^;]+)")
"""In the note of a figure: what a report gives in one line."""

PAYBACK_DAYS = 4 * 365.0


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
    efficiency = fleet_efficiency(base, network.last_day, origins)
    inputs |= {"j_per_th": efficiency.j_per_th} | mining_costs(base, network, efficiency, origins)
    why = "no plan is taken from guidance; enter the company's own with its source"
    inputs |= origins.take("mining", assumed(why), growth_ehs=0.0, growth_quarters=0)
    inputs |= _renewal(network.last_day, origins)
    return Mining(**inputs, **_change(base, network, origins))


def _change(base: BaseQuarter, network: NetworkHistory, origins: Origins) -> dict[str, Any]:
    """How much fleets change: all companies' quarters on record; and how old the level is."""
    noise, cases = fleet_noise(base.view, network)
    why = f"track record: standard deviation of {cases} quarterly changes of companies' hash rates"
    inputs = origins.take("mining", why, fleet_noise=noise)
    trend = fleet_trend(fleet_changes(base.view, network), base.ticker, _first_quarter(network))
    why = (
        f"track record: mean change over {trend.common} company quarters of the last year, with {trend.own} "
        "of the company's own, faded since the newest"
    )
    inputs |= origins.take("mining", why, trend=trend.per_quarter)
    why = "machines must pay back within the years they are written down over"
    inputs |= origins.take("mining", assumed(why), payback_days=PAYBACK_DAYS)
    return inputs | _halving(network, origins) | _age(base, network, origins)


def _halving(network: NetworkHistory, origins: Origins) -> dict[str, Any]:
    """Days from the first quarter's begin to the next halving, at ten minutes a block."""
    height = network[-1].height_end
    left = next(each for each in halving_heights() if each > height) - height
    day = network.last_day + timedelta(seconds=left * SECONDS_PER_BLOCK)
    days = max(0, (day - _first_quarter(network).start).days)
    return origins.take("mining", f"{day} at ten minutes a block", halving_days=float(days))


def _age(base: BaseQuarter, network: NetworkHistory, origins: Origins) -> dict[str, Any]:
    """Quarters from the one the levels are of to the first simulated one."""
    if base.drawn:
        return origins.take("mining", base.drawn.origin, age_quarters=0)
    age = min(40, max(1, _first_quarter(network).since(base.quarter)))
    return origins.take("mining", f"figures end with {base.quarter}", age_quarters=age)


def _first_quarter(network: NetworkHistory) -> Quarter:
    """The first simulated quarter."""
    return Quarter.containing(network.last_day + timedelta(days=1))


def _level_ehs(base: BaseQuarter, network: NetworkHistory) -> tuple[float, str]:
    """The hash rate to begin with, and how it was found."""
    if base.drawn:
        how = "the EH/s that earns it, uptime, luck and pool fee included"
        return base.drawn.median_eh[Line.SELF_MINING], how
    lines = base.lines
    if not network.first_priced_day <= lines.start <= lines.end <= network.last_day:
        raise NoData(f"the network's history does not hold {base.quarter}", where=base.ticker)
    how = "revenue / (network's mean hashprice x days), uptime, luck and pool fee included"
    return base_ehs(base, network), how


def base_ehs(base: BaseQuarter, network: NetworkHistory) -> float:
    """EH/s that the mining revenue of the latest quarter known by line stands for; 0 if none."""
    return ehs_of_revenue(base.view, network, base.ticker, base.quarter)


def fleet_fall(base: BaseQuarter, network: NetworkHistory) -> FleetChange | None:
    """The large fall of the hash rate that the company mined with, if the last year had one."""
    own = fleet_changes(base.view, network).get(base.ticker, ())
    return fallen(own, _first_quarter(network))


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


def mining_mixes(base: BaseQuarter) -> str:
    """What the reported line of self-mining mixes, such as `self-mining and GPU cloud`; empty if nothing."""
    figure = base.lines.revenue.get(Line.SELF_MINING)
    found = _MIXES.search(figure.note) if figure else None
    return found[1].strip() if found else ""
