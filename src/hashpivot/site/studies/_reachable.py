"""How much of perfect foresight is in reach of those who know no more than our policy.

An information relaxation with penalties (Brown, Smith and Sun 2010). Foresight may know every price, but what
it gains by knowing two things ahead of time is charged back: which hour sets the month's peak, and what
reserve sold the afternoon before turns out to be worth. Each charge is the outcome less its expectation when
the decision was due, so on average it costs a policy without foresight nothing; therefore the best operation
with all charges paid is worth at least as much as any such policy is on average. That holds as far as the
expectations are right: they are those our own policy decides by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from hashpivot.core import InvalidInput

from ..economics import Hours, Operation, held_usd, settle
from ..information import BasisForecaster, Forecaster, Knowledge, Outlook, hours_ahead, knowledge
from ..model import Floats, InvalidSite
from ..policies import Rolling, day_before, limited_sale
from ..prices import Table
from ..solvers import Coupling, coupling_of, dispatch, groups_of, interruptions
from ._backtest import Backtest, span

MOST_GROUPS = 8
"""Groups that may sell reserve: each set of them is tried in each hour."""


@dataclass(frozen=True, eq=False)
class Reachable:
    """Dollars hour by hour, shape (T,).

    Args:
        our_reserve_usd: The most anyone could earn who had sold reserve as our policy did, every price and
            peak foreseen.
        bound_usd: Profit of foresight with all charges paid: what is reachable on average.
        luck_usd: What our policy's own charges came to: how much kinder peaks and reserve were to it than
            expected.
        gap_usd: How far the bound may have to lie higher in all, as the dispatch found is proven to within.
    """

    our_reserve_usd: Floats
    bound_usd: Floats
    luck_usd: Floats
    gap_usd: float

    @property
    def reachable_usd(self) -> Floats:
        """The bound moved by our policy's luck: as good an estimate, and less at the mercy of chance."""
        return self.bound_usd + self.luck_usd


class Charges:
    """What knowing peaks and the worth of reserve too early is charged with. T hours, G groups, M ways.

    Args:
        view: The hours, as they were and as they were known.
        rolling: The policy whose expectations count, over the same hours.
        offset: Position of the first of these hours in the policy's table.
    """

    def __init__(self, view: Knowledge, rolling: Rolling, offset: int) -> None:
        self.hours, self.chance = view.real, view.peak_chance
        every = np.arange(self.hours.table.hours)
        self.rewards = self.hours.rewards(every, self.hours.table.rt, view.peak_chance)
        known, days = rolling.hours, rolling.days
        self._scenarios = [
            (slice(a - offset, b - offset), list(day_before(known, days, a, b, rolling.sold_by[a])))
            for a, b in rolling.months()
        ]

    def of(self, operation: Operation) -> Floats:
        """Charges of an operation, shape (T,); their mean is 0 if it was decided without foresight."""
        drawn = settle(self.hours, operation).drawn_mw
        held = held_usd(self.hours, operation.committed_mw)
        return self.peak(drawn) + _gain(self.rewards, held).sum(axis=1) - self.expected(held)

    def peak(self, drawn_mw: Floats) -> Floats:
        """Charge of peaks on power drawn, shape (T,)."""
        return self.hours.peak_usd_per_mwh * (self.chance - self.hours.peak) * drawn_mw

    def expected(self, held: Floats) -> Floats:
        """What reserve sold was expected to add the afternoon before, all groups together, shape (T,)."""
        total = np.zeros(len(held))
        for inside, scenarios in self._scenarios:
            for share, rewards in scenarios:
                total[inside] += share * _gain(rewards, held[inside]).sum(axis=1)
        return total

    def best(self) -> tuple[Floats, Floats]:
        """With charges paid: what reserve adds to each way to run (T, G, M), and by itself (T,)."""
        more, reserve = np.zeros(self.rewards.shape), np.zeros(len(self.rewards))
        for held in self._sales():
            reserve = np.maximum(reserve, self.expected(held))
            more = np.maximum(more, held - _gain(self.rewards, held)[:, :, None])
        return more, reserve

    def _sales(self) -> Iterator[Floats]:
        """What each way to run brings under each sale: reserve of a group is offered whole or not at all."""
        hours, groups = self.hours, len(self.hours.site.machines)
        if not hours.offers.any:
            return
        if groups > MOST_GROUPS:
            raise InvalidSite(f"{groups} groups sell reserve; what is reachable is told of {MOST_GROUPS}")
        normal = np.take_along_axis(hours.reserve_mw, hours.normal[:, None], 1)[:, 0]
        for chosen in product((0.0, 1.0), repeat=groups):
            offered = np.tile(normal * np.array(chosen), (hours.table.hours, 1))
            yield held_usd(hours, limited_sale(hours, offered))


def reachable(
    done: Backtest, table: Table, *, make_forecaster: Callable[[], Forecaster] = BasisForecaster
) -> Reachable:
    """What is in reach over the hours of a backtest whose prices were known when acting.

    Args:
        done: The backtest, of regime `live`.
        table: The prices it was given.
        make_forecaster: What it was given.

    Raises:
        InvalidInput: If the backtest's regime is another: how wrong a price may be is then the forecaster's
            own guess, and a bound that rests on it says nothing.
        InvalidSite: If more than `MOST_GROUPS` groups sell reserve, or a tariff has a minimum.
    """
    if done.regime != "live":
        raise InvalidInput(f"what is reachable is told of the regime live, not {done.regime}")
    if any(tariff.minimum_share for tariff in done.hours.site.tariffs):
        raise InvalidSite(
            "what is reachable is not told of tariffs with a minimum_share", where=done.hours.site.name
        )
    hours, ours = done.hours, done.operations["ours"]
    first, stop = span(hours.site, table, done.start, done.end)
    view = knowledge(hours.site, table)
    outlook = Outlook(table, view.real.clock, first, stop, make_forecaster, hours_ahead(hours.site))
    charges = Charges(view.part(first, stop), Rolling(view, outlook, first, stop, done.regime), first)
    bound, gap = _with_charges(hours, charges)
    given = settle(hours, _given_reserve(hours, ours.committed_mw)).profit_usd
    return Reachable(given, bound, charges.of(ours), gap)


def _with_charges(hours: Hours, charges: Charges) -> tuple[Floats, float]:
    """Profit of foresight with all charges paid, shape (T,), and how much higher the best may lie."""
    more, reserve = charges.best()
    found = dispatch(groups_of(hours, charges.rewards + more), _only_limit(hours))
    gained = np.take_along_axis(more, found.ways[:, :, None], 2)[:, :, 0].sum(axis=1)
    operation = Operation(found.ways, interruptions(hours, charges.chance), np.zeros(found.ways.shape))
    books = settle(hours, operation)
    total = books.profit_usd - charges.peak(books.drawn_mw) + gained + reserve
    return total, max(0.0, found.bound_usd - found.value_usd)


def _given_reserve(hours: Hours, committed_mw: Floats) -> Operation:
    """The best operation after a sale of reserve, every price and peak foreseen."""
    rewards = hours.rewards(np.arange(hours.table.hours), hours.table.rt, hours.peak)
    if hours.offers.any:
        rewards = rewards + held_usd(hours, committed_mw)
    found = dispatch(groups_of(hours, rewards), _only_limit(hours))
    return Operation(found.ways, interruptions(hours, hours.peak), committed_mw)


def _only_limit(hours: Hours) -> Coupling:
    """The site's limit, without what is paid for reserve."""
    none = np.zeros((0, hours.table.hours))
    return replace(coupling_of(hours), prices=none, caps=none)


def _gain(rewards: Floats, held: Floats) -> Floats:
    """What reserve adds to an hour that stands by itself, shape (T, G)."""
    more: Floats = (rewards + held).max(axis=2) - rewards.max(axis=2)
    return more
