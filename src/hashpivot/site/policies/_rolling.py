"""Our policy: each hour the best step over a lattice of prices, with what is known at that hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..economics import Operation, held_usd, interruption_gain
from ..information import Knowledge, Lattice, Learned, Outlook
from ..model import Bools, Floats, Whole
from ..solvers import Graph, averse, graph, power_cost, solve, walk
from ._rules import interrupted_as_seen
from ._sale import issued_before, sale

_SHADOW_HOURS = 730


@dataclass(frozen=True, eq=False)
class Decisions:
    """What hours are decided on. T hours, G groups, M ways to run, S states.

    Args:
        rewards: Reward of each way to run as expected when deciding, shape (T, G, M).
        onward: Value of each state after the hour, shape (T, G * S).
        price: Real-time price as known or expected when deciding, shape (T,).
    """

    rewards: Floats
    onward: Floats
    price: Floats


@dataclass(frozen=True, eq=False)
class Ahead:
    """A lattice solved. I issues, H hours, K ranks; ranks are of the hour (`live`) or the one before
    (`lagged`).

    Args:
        follow: Probability that a rank is followed by each, as the site weighs it, shape (K, K).
        begin: What stands for it in a forecast's first hour, shape (K, K).
        rewards: Reward of each way to run, shape (I, H, K, G, M).
        onward: Value of each state after the hour, shape (I, H, K, G * S).
    """

    follow: Floats
    begin: Floats
    rewards: Floats
    onward: Floats


class Rolling:
    """Decides the hours `first` to `end` of what is known, in one information regime.

    Args:
        view: What was known, over the whole table.
        outlook: Forecasts over the same table.
        first: Position of the first hour decided.
        end: Position after the last.
        regime: `live` or `lagged`.
    """

    def __init__(self, view: Knowledge, outlook: Outlook, first: int, end: int, regime: str) -> None:
        self._view, self.hours = view, view.known
        self.days, self._now = outlook.days, outlook.now
        self._first, self._end, self._live = first, end, regime == "live"
        site = self.hours.site
        ramped = any(group.ramp_mw_per_hour is not None for group in site.machines)
        full = self.hours.power_mw.max(axis=1, initial=0.0).sum() > site.machines_limit_mw
        self.collapsed = not ramped and not full
        self.net = graph(site.machines, collapsed=self.collapsed) if site.machines else None

    def operation(self) -> Operation:
        """What the site does in these hours.

        Raises:
            Unsolvable: If the site's limit cannot be kept.
        """
        committed = self.commit(self.sold_by)
        parts = [self.decide(*month, self.learned[month[0]]) for month in self.months()]
        decided = Decisions(
            *(np.concatenate([getattr(p, f) for p in parts]) for f in Decisions.__annotations__)
        )
        return Operation(self.walk(decided), self.interrupted(decided.price), committed)

    def commit(self, learned: Mapping[int, Learned]) -> Floats:
        """Sell reserve for all hours, by what was learned at each month's first; shape (T, G)."""
        sold = [sale(self.hours, self.days, *month, learned[month[0]]) for month in self.months()]
        self._committed = np.zeros((self.hours.table.hours, len(self.hours.site.machines)))
        self._committed[self._first : self._end] = np.concatenate(sold)
        return self._committed[self._first : self._end]

    @cached_property
    def learned(self) -> dict[int, Learned]:
        """What each month is decided by, by position of its first hour."""
        return {first: self._now.learned(first) for first, _ in self.months()}

    @cached_property
    def sold_by(self) -> dict[int, Learned]:
        """What reserve is sold by in each month, by its first hour: known the afternoon before that."""
        every = np.array([first for first, _ in self.months()], dtype=np.int64)
        sold_at = self.days.starts[issued_before(self.hours, self.days, every)]
        return {int(t): self.days.learned(int(at)) for t, at in zip(every, sold_at, strict=True)}

    def months(self) -> list[tuple[int, int]]:
        """First and end position of each month of market local time."""
        month = self.hours.clock.month[self._first : self._end]
        cuts = self._first + np.flatnonzero(month[1:] != month[:-1]) + 1
        return list(zip([self._first, *cuts], [*cuts, self._end], strict=True))

    def decide(self, first: int, end: int, learned: Learned) -> Decisions:
        """What the hours of one month are decided on."""
        every = np.arange(first, end)
        lattice = self._now.lattice(first, end, learned)
        ahead = self.ahead(lattice, learned)
        if self._live:
            known, price = self._now.rank[every], self.hours.table.rt[every]
            now = self._rewards(every, price, self._view.peak_chance[every])
        else:
            known = self._now.rank_before(every)
            chance = np.where((lattice.hour > 0)[:, None], ahead.follow[known], ahead.begin[known])
            prices = self._now.moved(every, lattice.prices[lattice.row, lattice.hour], learned)
            price = np.einsum("tk,tk->t", chance, prices)
            now = self.expected(every, prices, chance) - self.peak_cost(every)
        return Decisions(now, ahead.onward[lattice.row, lattice.hour, known], price)

    def ahead(self, lattice: Lattice, learned: Learned) -> Ahead:
        """The lattice of some forecasts, solved."""
        aversion = self.hours.site.risk_aversion
        follow, begin = averse(learned.follow, aversion), averse(learned.begin, aversion)
        rewards = self._lattice_rewards(lattice.positions, lattice.prices)
        if self._live:
            return Ahead(follow, follow, rewards, self._onward(lattice, rewards, follow, follow))
        first = np.einsum("kl,ihlgm->ihkgm", begin, rewards[:, :1])
        later = np.einsum("kl,ihlgm->ihkgm", follow, rewards[:, 1:])
        rewards = np.concatenate([first, later], axis=1)
        return Ahead(follow, begin, rewards, self._onward(lattice, rewards, follow, begin))

    def expected(self, every: Whole, prices: Floats, chance: Floats) -> Floats:
        """Mean reward of each way to run over ranks, peaks left out, from (T, K) to (T, G, M)."""
        rewards = self._lattice_rewards(every[:, None], prices[:, None])[:, 0]
        return np.einsum("tk,tkgm->tgm", chance, rewards)

    def _lattice_rewards(self, positions: Whole, prices: Floats) -> Floats:
        """Rewards at every rank of every hour ahead, peaks left out, shape (I, H, K, G, M)."""
        flat = np.repeat(positions.ravel(), prices.shape[-1])
        rewards = self._rewards(flat, prices.ravel(), np.zeros(len(flat)))
        return np.where(np.isfinite(rewards), rewards, -1e15).reshape(*prices.shape, *rewards.shape[1:])

    def _rewards(self, every: Whole, price: Floats, peak: Floats) -> Floats:
        """Rewards with reserves already sold and hours off that are scarce."""
        rewards = self.hours.rewards(every, price, peak)
        if self.hours.offers.any:
            rewards = rewards + self._reserve_rewards[every]
        rewards[:, :, 0] -= self._off_worth[every]
        return rewards

    def peak_cost(self, every: Whole) -> Floats:
        """Expected cost of setting the peak, of each way to run, shape (T, G, M)."""
        cost = self.hours.peak_usd_per_mwh[every] * self._view.peak_chance[every]
        return cost[:, None, None] * self.hours.billed_mw(every)

    @cached_property
    def _reserve_rewards(self) -> Floats:
        """What holding the reserve sold brings in each way to run, shape (T, G, M)."""
        return held_usd(self.hours, self._committed)

    def _onward(self, lattice: Lattice, rewards: Floats, follow: Floats, begin: Floats) -> Floats:
        net = self.net
        if net is None:
            return np.zeros((*rewards.shape[:3], 0))
        ways = collapse(rewards)[0] if self.collapsed else rewards
        start = self.hours.start_usd[lattice.positions][:, :, None]
        by_kind = net.step_rewards(ways, start, self.hours.stop_usd)
        by_kind = np.where(np.isfinite(by_kind), by_kind, -1e15).reshape(*rewards.shape[:3], -1)
        return solve(net, by_kind, follow, begin, lattice.lengths, self._last_values(net))

    def _last_values(self, net: Graph) -> Floats:
        """A group that ends off has yet to start."""
        cost = self.hours.start_usd[self._first]
        return np.where(net.off, -cost[:, None], 0.0).ravel()

    def walk(self, decided: Decisions) -> Whole:
        """Way each group runs in each of the hours, shape (T, G)."""
        part, net = self._view.part(self._first, self._end).known, self.net
        if net is None:
            return np.zeros((part.table.hours, 0), dtype=np.int64)
        ways, mode = collapse(decided.rewards) if self.collapsed else (decided.rewards, None)
        by_kind = net.step_rewards(ways, part.start_usd, part.stop_usd).reshape(len(ways), -1)
        power = np.broadcast_to(part.power_mw, (len(ways), *part.power_mw.shape))
        taken = walk(part, net, by_kind, decided.onward, power)
        return taken if mode is None else np.where(taken > 0, mode, 0)

    def interrupted(self, price: Floats) -> Bools:
        """AI load interrupted at prices as known or expected, shape (T, L)."""
        part = self._view.part(self._first, self._end)
        cost = power_cost(part.known, price, part.peak_chance)
        past = power_cost(self.hours, self.hours.table.rt, np.zeros(self.hours.table.hours))
        off = np.zeros((len(price), len(self.hours.site.ai)), dtype=bool)
        for number, load in enumerate(self.hours.site.ai):
            gains = interruption_gain(load, past)
            worth = np.concatenate(
                [np.full(b - a, self._worth(gains, a, load.max_hours_per_month)) for a, b in self.months()]
            )
            off[:, number] = interrupted_as_seen(load, cost, part.known.clock, worth)
        return off

    @cached_property
    def _off_worth(self) -> Floats:
        """What a scarce hour off is worth to each group, by month, shape (T, G)."""
        hours = self.hours
        worth = np.zeros((hours.table.hours, len(hours.site.machines)))
        for g, group in enumerate(hours.site.machines):
            if group.max_off_hours_per_month is not None:
                gains = (hours.table.rt - hours.breakeven_usd_per_mwh[:, g]) * hours.normal_mw[g]
                for first, end in self.months():
                    worth[first:end, g] = self._worth(gains, first, group.max_off_hours_per_month)
        return worth

    def _worth(self, gains: Floats, first: int, allowed: int) -> float:
        """What the last allowed hour would have gained over the month before `first`."""
        past = gains[max(0, first - _SHADOW_HOURS) : first]
        positive = np.sort(past[past > 0])[::-1]
        return float(positive[allowed - 1]) if 0 < allowed <= len(positive) else 0.0


def collapse(rewards: Floats) -> tuple[Floats, Whole]:
    """Off and the best way to run, and which way that is: from (..., M) to (..., 2) and (...)."""
    mode = rewards[..., 1:].argmax(axis=-1) + 1
    best = np.take_along_axis(rewards, mode[..., None], -1)
    return np.concatenate([rewards[..., :1], best], axis=-1), mode
