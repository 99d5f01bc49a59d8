"""What the grid pays for load that stands ready to go off: one megawatt is sold once, to the best product.

Before a market clears reserves in real time, what is sold the day before is paid where it is held, and
forgone and fined where it is not. Where it clears them again in real time (ERCOT from 5 December 2025), a
day-ahead award is kept, bought back at the real-time price, and what is held in the hour is sold at that
price.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from ..model import Bools, Clock, Floats, Reserve, Site, Whole
from ..prices import PriceHistory

_UNLIMITED_MW = 1e9


@dataclass(frozen=True, eq=False)
class ReserveStack:
    """Net prices and limits of reserve products, best first in each hour. P products, T hours.

    Args:
        price_usd_per_mw: Price of an interval less what being called costs, falling along the first axis,
            shape (P, T).
        cap_mw: Most that is sold of each, shape (P, T).
    """

    price_usd_per_mw: Floats
    cap_mw: Floats

    @classmethod
    def of(cls, net: Floats, most_mw: Floats) -> tuple[ReserveStack, Whole]:
        """Sort products by net price in each hour; also return their order, (P, T).

        What would be sold at no gain is left out.
        """
        paid = np.maximum(net, 0.0)
        caps = np.where(paid > 0, most_mw, 0.0)
        order = np.argsort(-paid, axis=0, kind="stable")
        return cls(np.take_along_axis(paid, order, 0), np.take_along_axis(caps, order, 0)), order

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


@dataclass(frozen=True, eq=False)
class ReserveCalls:
    """Calls of reserve as they happened, products in the order they are held in. P products, T intervals.

    Args:
        share: Share of what is sold that must be off, shape (P, T).
        cost_usd_per_mw: What a MW that is off on call costs beside hashing lost, shape (P, T).
        expected_usd_per_mw: What being called was expected to cost a MW sold, shape (P, T).
        restored_in_time: Where what is on its way back counts as held, shape (T,).
    """

    share: Floats
    cost_usd_per_mw: Floats
    expected_usd_per_mw: Floats
    restored_in_time: Bools


@dataclass(frozen=True, eq=False)
class ReservePrices:
    """What reserve brings. P products, T hours.

    Args:
        ahead: What is sold the day before.
        held: What the hour's holding is paid by: the same, or real-time prices where `cleared`.
        buy_back_usd_per_mw: Real-time price of an interval of each product less what being called costs, in
            the order of `ahead`; 0 where not `cleared`, shape (P, T).
        cleared: Hours whose reserve is cleared again in real time, its prices given, shape (T,).
        shortfall_multiple: Penalty for what is sold and not held, as a multiple of its price, shape (T,).
        calls: Calls as they happened; None where the prices do not tell.
    """

    ahead: ReserveStack
    held: ReserveStack
    buy_back_usd_per_mw: Floats
    cleared: Bools
    shortfall_multiple: Floats
    calls: ReserveCalls | None = None

    @property
    def price_usd_per_mw(self) -> Floats:
        """Net price of what is held, falling along the first axis, shape (P, T)."""
        return self.held.price_usd_per_mw

    @property
    def cap_mw(self) -> Floats:
        """Most that is held of each product, shape (P, T)."""
        return self.held.cap_mw

    @cached_property
    def settled(self) -> ReserveStack:
        """What is held, at the prices it is paid where the cost of calls is settled as they happen."""
        if self.calls is None:
            return self.held
        paid = self.price_usd_per_mw + np.where(self.cap_mw > 0, self.calls.expected_usd_per_mw, 0.0)
        return ReserveStack(paid, self.cap_mw)

    def call_usd(self, held_mw: Floats) -> Floats:
        """Return what calls of so many MW cost beside hashing lost, shape (T,)."""
        if self.calls is None:
            return np.zeros_like(held_mw)
        return income_usd(self.calls.share * self.calls.cost_usd_per_mw, self.cap_mw, held_mw)

    @cached_property
    def any(self) -> bool:
        """Whether anything is paid in any hour."""
        return bool((self.ahead.price_usd_per_mw > 0).any() or (self.held.price_usd_per_mw > 0).any())

    @property
    def best(self) -> Floats:
        """Price of the first megawatt sold the day before, shape (T,)."""
        return self.ahead.best

    @property
    def most_mw(self) -> Floats:
        """Most that is sold the day before of all products together, shape (T,)."""
        return self.ahead.most_mw

    def mean_usd_per_mw(self, sold_mw: Floats) -> Floats:
        """Return the mean net price of so many MW sold the day before, shape (T,)."""
        return self.ahead.mean_usd_per_mw(sold_mw)

    def award_usd(self, sold_mw: Floats) -> Floats:
        """Return what a day-ahead award brings above its purchase back in real time, shape (T,).

        0 where reserve is not cleared in real time.
        """
        margin = np.where(self.cleared, self.ahead.price_usd_per_mw - self.buy_back_usd_per_mw, 0.0)
        return income_usd(margin, self.ahead.cap_mw, sold_mw)

    def buying_back_at(self, usd_per_mw: Floats) -> ReservePrices:
        """Return the same with awards bought back at other prices, shape (P, T)."""
        return replace(self, buy_back_usd_per_mw=usd_per_mw)

    def best_award_mw(self, most_mw: Floats) -> Floats:
        """Return the award up to `most_mw` that brings most, every price known, shape (T,)."""
        awards = [np.zeros_like(most_mw)]
        awards += [np.minimum(most_mw, caps) for caps in np.cumsum(self.ahead.cap_mw, axis=0)]
        brought = np.array([self.award_usd(award) for award in awards])
        chosen: Floats = np.take_along_axis(np.array(awards), brought.argmax(axis=0)[None], 0)[0]
        return chosen


def reserve_prices(site: Site, prices: PriceHistory, clock: Clock) -> ReservePrices:
    """Return what a site's products pay hour by hour; one without a price column is not offered."""
    products = [reserve for reserve in site.reserves if prices.known(reserve.column)]
    shape = (len(products), prices.hours)
    since = site.market.co_optimised_from
    co_optimised = np.zeros(prices.hours, dtype=bool)
    if since is not None:
        co_optimised = clock.day >= np.datetime64(since)
    cleared = co_optimised & _all_cleared(products, prices, clock)
    ahead, now, caps = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    penalty = np.zeros(prices.hours)
    for row, reserve in enumerate(products):
        in_force = clock.between(reserve.start, reserve.end)
        caps[row] = np.where(in_force, _UNLIMITED_MW if reserve.cap_mw is None else reserve.cap_mw, 0.0)
        ahead[row] = _net(reserve, prices, reserve.column, in_force)
        now[row] = _net(reserve, prices, reserve.real_time_column, in_force & cleared)
        fined = in_force & ~co_optimised
        penalty = np.maximum(penalty, np.where(fined, reserve.shortfall_multiple, 0.0))
    stack, order = ReserveStack.of(ahead, caps)
    held, held_order = ReserveStack.of(np.where(cleared, now, ahead), caps)
    calls = _calls(products, prices, clock, held_order)
    return ReservePrices(stack, held, np.take_along_axis(now, order, 0), cleared, penalty, calls)


def _calls(products: list[Reserve], prices: PriceHistory, clock: Clock, order: Whole) -> ReserveCalls | None:
    """Return calls of products whose column is given; others are called on average, at their net price."""
    if not any(prices.known(reserve.called_column) for reserve in products):
        return None
    share, cost, expected = (np.zeros(order.shape) for _ in range(3))
    restored = np.zeros(prices.hours, dtype=bool)
    for row, reserve in enumerate(products):
        if not prices.known(reserve.called_column):
            continue
        in_force = clock.between(reserve.start, reserve.end)
        share[row] = np.where(in_force, reserve.called_share(prices[reserve.called_column]), 0.0)
        cost[row] = reserve.deployment_cost_usd_per_mwh * prices.interval_hours
        expected[row] = np.where(in_force, reserve.deployed_share * cost[row], 0.0)
        restored |= in_force & (reserve.resource != "clr")
    share, cost, expected = (np.take_along_axis(rows, order, 0) for rows in (share, cost, expected))
    return ReserveCalls(share, cost, expected, restored)


def _all_cleared(products: list[Reserve], prices: PriceHistory, clock: Clock) -> Bools:
    """Return where the real-time price of every product in force is given, and there is one, shape (T,)."""
    given, any_in_force = np.ones(prices.hours, dtype=bool), np.zeros(prices.hours, dtype=bool)
    for reserve in products:
        in_force = clock.between(reserve.start, reserve.end)
        column = prices.columns.get(reserve.real_time_column)
        given &= ~in_force | (np.isfinite(column) if column is not None else False)
        any_in_force |= in_force
    return given & any_in_force


def _net(reserve: Reserve, prices: PriceHistory, column: str, where: Bools) -> Floats:
    """Return a product's price of an interval less what being called costs; 0 elsewhere, shape (T,)."""
    if not where.any():
        return np.zeros(prices.hours)
    net = reserve.net_usd_per_mw(np.nan_to_num(prices[column])) * prices.interval_hours
    return np.where(where, net, 0.0)


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
