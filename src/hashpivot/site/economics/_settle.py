"""The books: what an operation earned and cost, hour by hour, by component. All policies are settled here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..model import AiLoad, Bools, Floats, Whole
from ._ai import beyond_allowance
from ._hours import Hours
from ._reserves import income_usd

COMPONENTS = ("mining", "ai", "power", "resale", "reserves", "tariffs", "credits", "wear")
_HOURS_PER_YEAR, _HOURS_PER_MONTH = 8760, 730


@dataclass(frozen=True, eq=False)
class Operation:
    """What a site did. T hours, G groups, L AI loads.

    Args:
        ways: Way to run each group (0 is off), shape (T, G).
        interrupted: Flexible AI load that was interrupted, shape (T, L).
        committed_mw: Reserve each group was sold for, shape (T, G).
    """

    ways: Whole
    interrupted: Bools
    committed_mw: Floats


@dataclass(frozen=True, eq=False)
class Books:
    """Dollars by component and hour.

    Args:
        usd: Shape (T,) for each of `COMPONENTS`; costs are negative.
        drawn_mw: What the site drew, shape (T,).
        machines_mw: What the machines drew, shape (T,).
        starts: Starts of groups in each hour, shape (T,).
        off_share: Share of the machines' normal power that stood still, shape (T,).
    """

    usd: dict[str, Floats]
    drawn_mw: Floats
    machines_mw: Floats
    starts: Whole
    off_share: Floats

    @cached_property
    def profit_usd(self) -> Floats:
        """Sum of all components, shape (T,)."""
        return np.sum(list(self.usd.values()), axis=0)


def settle(hours: Hours, operation: Operation) -> Books:
    """Books of an operation at the hours' real prices, hashprice and peaks."""
    site, ways = hours.site, operation.ways
    on = ways > 0
    before = np.vstack([np.ones((1, on.shape[1]), dtype=bool), on[:-1]])
    started, stopped = on & ~before, before & ~on
    machines_mw = _of_way(hours.power_mw, ways).sum(axis=1)
    ai_usd, ai_mw = _ai(hours, operation)
    drawn = machines_mw + ai_mw
    power, resale = _energy(hours, drawn)
    mining = np.take_along_axis(hours.mining_usd, ways[:, :, None], 2)[:, :, 0].sum(axis=1)
    usd = {
        "mining": mining - (hours.restart_usd * started).sum(axis=1),
        "ai": ai_usd,
        "power": power,
        "resale": resale,
        "reserves": reserve_income(hours, operation),
        "tariffs": _tariffs(hours, drawn),
        "credits": _credits(hours, ways),
        "wear": -((hours.start_usd - hours.restart_usd) * started + hours.stop_usd * stopped).sum(axis=1),
    }
    normal = max(site.normal_mw, 1e-12)
    off = ((~on) * hours.normal_mw).sum(axis=1) / normal
    return Books(usd, drawn, machines_mw, started.sum(axis=1), off)


def reserve_income(hours: Hours, operation: Operation) -> Floats:
    """What sold reserves brought: paid where held, forgone and fined where not, shape (T,)."""
    sold = operation.committed_mw.sum(axis=1)
    price = average_price(hours, sold)
    held = np.minimum(operation.committed_mw, _of_way(hours.reserve_mw, operation.ways)).sum(axis=1)
    return price * (held - hours.offers.shortfall_multiple * (sold - held))


def held_usd(hours: Hours, committed_mw: Floats) -> Floats:
    """What reserve sold of each group brings in each way to run it, from (T, G) to (T, G, M)."""
    price = average_price(hours, committed_mw.sum(axis=1))[:, None, None]
    sold = committed_mw[:, :, None]
    held = np.minimum(sold, hours.reserve_mw)
    return price * (held - hours.offers.shortfall_multiple[:, None, None] * (sold - held))


def average_price(hours: Hours, sold_mw: Floats) -> Floats:
    """Mean net price of so many MW of reserve, the best products sold first, shape (T,)."""
    income = income_usd(hours.offers.price_usd_per_mw, hours.offers.cap_mw, sold_mw)
    return np.divide(income, sold_mw, out=np.zeros_like(income), where=sold_mw > 0)


def _of_way(table: Floats, ways: Whole) -> Floats:
    return np.take_along_axis(table[None], ways[:, :, None], 2)[:, :, 0]


def _ai(hours: Hours, operation: Operation) -> tuple[Floats, Floats]:
    """Dollars and MW of all AI loads."""
    usd, drawn = np.zeros(hours.table.hours), np.zeros(hours.table.hours)
    for number, load in enumerate(hours.site.ai):
        off = operation.interrupted[:, number]
        usd += load.firm_mw * load.firm_usd_per_mwh + _flexible(load, off)
        if load.sla_penalty_usd_per_mwh:
            usd -= load.flexible_mw * load.sla_penalty_usd_per_mwh * beyond_allowance(load, off, hours.clock)
        drawn += load.firm_mw + load.flexible_mw * ~off
    return usd, drawn


def _flexible(load: AiLoad, off: Bools) -> Floats:
    earned = load.flexible_mw * load.flexible_usd_per_mwh
    return np.where(off, -load.flexible_mw * load.interruption_cost_usd_per_mwh, earned)


def _energy(hours: Hours, drawn: Floats) -> tuple[Floats, Floats]:
    """Power bought (negative), and what was bought ahead and sold again."""
    terms, price = hours.site.power, hours.table.rt
    ahead = hours.table.da if terms.kind == "day_ahead" else terms.block_usd_per_mwh
    bought = terms.block_mw * ahead + np.maximum(drawn - terms.block_mw, 0.0) * price
    return -bought - terms.adder_usd_per_mwh * drawn, np.maximum(terms.block_mw - drawn, 0.0) * price


def _tariffs(hours: Hours, drawn: Floats) -> Floats:
    site = hours.site
    per_mwh = hours.adder_usd_per_mwh - site.power.adder_usd_per_mwh
    at_peak = hours.peak_usd_per_mwh * hours.peak * np.maximum(drawn, hours.minimum_mw)
    demand = np.zeros(len(drawn))
    for tariff in site.tariffs:
        if tariff.kind == "demand":
            rate = tariff.usd_per_kw_year * 1000 / _HOURS_PER_YEAR
            open_hours = hours.clock.between(tariff.start, tariff.end)
            demand += rate * tariff.contracted_of(site.limit_mw) * open_hours
    return -per_mwh * drawn - at_peak - demand


def _credits(hours: Hours, ways: Whole) -> Floats:
    every = np.arange(hours.table.hours)
    unused = _of_way(hours.unused_mw, ways).sum(axis=1)
    total = hours.credit_usd_per_mwh(every, hours.table.rt) * unused
    for credit in hours.site.credits:
        rate = credit.capacity_usd_per_mw_month * hours.site.normal_mw / _HOURS_PER_MONTH
        total = total + rate * hours.clock.between(credit.start, credit.end)
    return total
