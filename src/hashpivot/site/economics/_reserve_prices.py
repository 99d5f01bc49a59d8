"""What the grid pays for load that stands ready to go off: one megawatt is sold once, to the best product."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..model import RTC_START, Bools, Clock, Floats, Site
from ..prices import PriceHistory

_UNLIMITED_MW = 1e9


@dataclass(frozen=True, eq=False)
class ReservePrices:
    """Net prices and limits of reserve products, best first in each hour. P products, T hours.

    Args:
        price_usd_per_mw: Price of an interval less what being called costs, falling along the first axis,
            shape (P, T).
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

    @cached_property
    def most_mw(self) -> Floats:
        """Most that is sold of all products together, shape (T,)."""
        return self.cap_mw.sum(axis=0)

    def mean_usd_per_mw(self, sold_mw: Floats) -> Floats:
        """Return the mean net price of so many MW, the best products sold first, shape (T,)."""
        income = income_usd(self.price_usd_per_mw, self.cap_mw, sold_mw)
        return np.divide(income, sold_mw, out=np.zeros_like(income), where=sold_mw > 0)


def reserve_prices(site: Site, prices: PriceHistory, clock: Clock) -> ReservePrices:
    """Return what a site's products pay hour by hour; one without a price column is not offered."""
    products = [reserve for reserve in site.reserves if prices.known(reserve.column)]
    net, caps = np.zeros((len(products), prices.hours)), np.zeros((len(products), prices.hours))
    penalty = np.zeros(prices.hours)
    before_rtc: Bools = clock.day < np.datetime64(RTC_START)
    for row, reserve in enumerate(products):
        open_hours = clock.between(reserve.start, reserve.end)
        paid = reserve.net_usd_per_mw(np.nan_to_num(prices[reserve.column])) * clock.interval_hours
        net[row] = np.where(open_hours, np.maximum(paid, 0.0), 0.0)
        caps[row] = np.where(net[row] > 0, _UNLIMITED_MW if reserve.cap_mw is None else reserve.cap_mw, 0.0)
        penalty = np.maximum(penalty, np.where(open_hours & before_rtc, reserve.shortfall_multiple, 0.0))
    order = np.argsort(-net, axis=0, kind="stable")
    return ReservePrices(np.take_along_axis(net, order, 0), np.take_along_axis(caps, order, 0), penalty)


def income_usd(prices: Floats, caps: Floats, sold_mw: Floats) -> Floats:
    """Return what selling so many MW brings, best products first.

    Args:
        prices: Net price of each product, shape (P, T).
        caps: Most sold of each in MW, shape (P, T).
        sold_mw: Shape (T, ...), which is that of the result.
    """
    left, total = np.array(sold_mw, dtype=np.float64), np.zeros(np.shape(sold_mw))
    shape = (-1,) + (1,) * (left.ndim - 1)
    for price, cap in zip(prices, caps, strict=True):
        taken = np.minimum(left, cap.reshape(shape))
        total += taken * price.reshape(shape)
        left -= taken
    return total
