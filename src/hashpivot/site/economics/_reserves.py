"""What the grid pays for load that stands ready to go off: one megawatt is sold once, to the best product."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..model import RTC_START, Bools, Clock, Floats, Site
from ..prices import Table

UNLIMITED_MW = 1e9


@dataclass(frozen=True, eq=False)
class Offers:
    """Net prices and limits of reserve products, best first in each hour. P products, T hours.

    Args:
        price_usd_per_mw: Price less what being called costs, falling along the first axis, shape (P, T).
        cap_mw: Most that is sold of each, shape (P, T).
        shortfall_multiple: Penalty for what is sold and not held, as a multiple of its price, shape (T,).
    """

    price_usd_per_mw: Floats
    cap_mw: Floats
    shortfall_multiple: Floats

    @cached_property
    def any(self) -> bool:
        """Whether anything is paid in any hour."""
        return bool((self.price_usd_per_mw > 0).any())

    @cached_property
    def best(self) -> Floats:
        """Price of the first megawatt, shape (T,)."""
        return self.price_usd_per_mw.max(axis=0, initial=0.0)


def offers(site: Site, table: Table, clock: Clock) -> Offers:
    """The products a site may sell, hour by hour; a product without a price column is not offered."""
    rows = [reserve for reserve in site.reserves if table.known(f"as_{reserve.product}")]
    prices, caps = np.zeros((len(rows), table.hours)), np.zeros((len(rows), table.hours))
    penalty = np.zeros(table.hours)
    before_rtc: Bools = clock.day < np.datetime64(RTC_START)
    for row, reserve in enumerate(rows):
        open_hours = clock.between(reserve.start, reserve.end)
        paid = np.nan_to_num(table[f"as_{reserve.product}"])
        net = paid - reserve.deployed_share * reserve.deployment_cost_usd_per_mwh
        prices[row] = np.where(open_hours, np.maximum(net, 0.0), 0.0)
        caps[row] = np.where(prices[row] > 0, UNLIMITED_MW if reserve.cap_mw is None else reserve.cap_mw, 0.0)
        penalty = np.maximum(penalty, np.where(open_hours & before_rtc, reserve.shortfall_multiple, 0.0))
    order = np.argsort(-prices, axis=0, kind="stable")
    return Offers(np.take_along_axis(prices, order, 0), np.take_along_axis(caps, order, 0), penalty)


def income_usd(prices: Floats, caps: Floats, sold_mw: Floats) -> Floats:
    """What selling so many MW brings, best products first: prices and caps (P, T), MW (T, ...)."""
    left, total = np.array(sold_mw, dtype=np.float64), np.zeros(np.shape(sold_mw))
    shape = (-1,) + (1,) * (left.ndim - 1)
    for price, cap in zip(prices, caps, strict=True):
        taken = np.minimum(left, cap.reshape(shape))
        total += taken * price.reshape(shape)
        left -= taken
    return total
