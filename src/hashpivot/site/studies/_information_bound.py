"""How much of perfect foresight a policy could earn that knows no more than the rolling horizon.

An information relaxation with penalties (Brown, Smith and Sun 2010). Foresight may know every price, but what
it gains by knowing three things ahead of time is charged back: which hour sets the month's peak, what the
hour can hold of reserve sold the day before, and what buying that back costs where it is cleared again in
real time. Each penalty is the outcome less its expectation when the decision was due, so on average it costs
a policy without foresight nothing; so the best operation with all penalties paid is worth at least as much as
any such policy is on average. That holds as far as the expectations are right: they are those the rolling
horizon itself decides by.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np

from hashpivot.core import InvalidInput, Tabular

from ..economics import HourlyEconomics, Operation, committed_reserve_usd, in_modes, settle_pnl
from ..model import Floats, InvalidSite, Times
from ..policies import (
    DispatchWindow,
    RollingDispatch,
    RollingHorizon,
    capped_offer,
    usual_buy_back_usd_per_mw,
)
from ..solvers import SharedLimits, dispatch, dispatch_problem, interruptions, shared_limits
from ._backtest import Backtest

MOST_GROUPS = 8
"""Groups that may sell reserve: each set of them is tried in each hour."""


@dataclass(frozen=True, eq=False)
class InformationBound(Tabular):
    """Dollars hour by hour, shape (T,).

    Args:
        ts_utc: Beginnings of the hours.
        foresight_after_offer_usd: The most anyone could earn who had sold reserve as the policy did, every
            price and peak foreseen.
        bound_usd: Profit of foresight with all penalties paid: what no policy without foresight exceeds on
            average.
        realised_penalty_usd: What the policy's own penalties came to: how much kinder peaks and reserve were
            to it than expected.
        gap_usd: How far the bound may have to lie higher in all, as the dispatch is proven to within.
    """

    ts_utc: Times
    foresight_after_offer_usd: Floats
    bound_usd: Floats
    realised_penalty_usd: Floats
    gap_usd: float
    row_key = "ts_utc"

    def __repr__(self) -> str:
        total = float(self.bound_usd.sum())
        return f"InformationBound({len(self.ts_utc):,} intervals from {self.ts_utc[0]} UTC, {total:,.0f} USD)"

    @property
    def adjusted_bound_usd(self) -> Floats:
        """The bound plus the policy's realised penalty: as good an estimate, with less variance."""
        return self.bound_usd + self.realised_penalty_usd

    def records(self) -> list[dict[str, Any]]:
        """Return one row an hour."""
        names = ("foresight_after_offer_usd", "bound_usd", "realised_penalty_usd", "adjusted_bound_usd")
        hours = [f"{hour}Z" for hour in self.ts_utc]
        cells = zip(hours, *(getattr(self, name).tolist() for name in names), strict=True)
        return [dict(zip(("ts_utc", *names), row, strict=True)) for row in cells]


class InformationPenalties:
    """What knowing peaks and the worth of reserve too early is charged with. T hours, G groups, M modes.

    Args:
        window: The hours, as they were and as they were known.
        rolling: The policy whose expectations count, over the same hours.
    """

    def __init__(self, window: DispatchWindow, rolling: RollingDispatch) -> None:
        self.hours, self.chance = window.actual, window.peak_chance
        every = np.arange(self.hours.prices.hours)
        self.rewards = self.hours.rewards(every, self.hours.prices.rt, self.chance)
        inside = np.arange(window.first, window.end)
        self._usual = self.hours.reserve_prices.buying_back_at(
            usual_buy_back_usd_per_mw(window.knowledge.known, inside)
        )
        offset = window.first
        self._scenarios = [
            (slice(a - offset, b - offset), rolling.at_gate(a, b, rolling.offer_models[a]))
            for a, b in rolling.spans()
        ]

    def of(self, operation: Operation) -> Floats:
        """Return an operation's penalties, shape (T,); without foresight their mean is 0."""
        drawn, sold = settle_pnl(self.hours, operation).drawn_mw, operation.committed_mw
        held = _held_usd(self.hours, sold)
        held_late = _gain(self.rewards, held).sum(axis=1) - self.expected(held)
        return self.peak(drawn) + held_late + self.award(sold.sum(axis=1))

    def award(self, sold_mw: Floats) -> Floats:
        """Return the penalty for knowing what buying back so much reserve sold will cost, shape (T,)."""
        return self.hours.reserve_prices.award_usd(sold_mw) - self._usual.award_usd(sold_mw)

    def peak(self, drawn_mw: Floats) -> Floats:
        """Return the penalty for knowing peaks, on power drawn, shape (T,)."""
        surprise = self.chance - self.hours.peak
        return self.hours.peak_usd_per_mwh * surprise * drawn_mw * self.hours.interval_hours

    def expected(self, held: Floats) -> Floats:
        """Return what reserve sold was expected to add at the gate, of all groups, shape (T,)."""
        total = np.zeros(len(held))
        for inside, scenarios in self._scenarios:
            for share, rewards in scenarios:
                total[inside] += share * _gain(rewards, held[inside]).sum(axis=1)
        return total

    def best(self) -> tuple[Floats, Floats]:
        """Return, penalties paid, what reserve adds to each mode (T, G, M), and by itself (T,)."""
        more, reserve = np.zeros(self.rewards.shape), np.zeros(len(self.rewards))
        for held in self._offers():
            reserve = np.maximum(reserve, self.expected(held))
            more = np.maximum(more, held - _gain(self.rewards, held)[:, :, None])
        most = np.minimum(self.hours.normal_reserve_mw.sum(), self.hours.site.machines_limit_mw)
        award = self._usual.best_award_mw(np.full(len(reserve), most))
        return more, reserve + self._usual.award_usd(award)

    def _offers(self) -> Iterator[Floats]:
        """Yield what each mode brings under each offer: reserve of a group is offered whole or not at all."""
        hours, groups = self.hours, len(self.hours.site.machines)
        if not hours.reserve_prices.any:
            return
        if groups > MOST_GROUPS:
            raise InvalidSite(
                f"{groups} groups sell reserve; the information bound is computed for at most {MOST_GROUPS}"
            )
        for chosen in product((0.0, 1.0), repeat=groups):
            offered = np.tile(hours.normal_reserve_mw * np.array(chosen), (hours.prices.hours, 1))
            yield _held_usd(hours, capped_offer(hours, offered))


def information_bound(done: Backtest, policy: str = "rolling_horizon") -> InformationBound:
    """Bound what a policy without foresight can earn over the hours of a backtest.

    Args:
        done: A backtest of regime `live`.
        policy: Name of the rolling horizon whose expectations count.

    Raises:
        UnknownKey: If no such policy was run.
        InvalidInput: If it is no rolling horizon, or the regime is another: how wrong a price may be is then
            the forecaster's own guess, and a bound that rests on it says nothing.
        InvalidSite: If more than `MOST_GROUPS` groups sell reserve, the site has a battery or panels, a
            tariff charges for its own peaks or has a minimum, reserve was called, or heat lowers the limit
            where it is sold.
    """
    hours, rolling = done.hours, done.policies[policy]
    if not isinstance(rolling, RollingHorizon):
        raise InvalidInput(f"the information bound needs a rolling horizon; policy {policy!r} is none")
    if done.regime != "live":
        raise InvalidInput(f"the information bound is computed for the regime live, not {done.regime}")
    _check_covered(hours)
    operation = done.operations[policy]
    penalties = InformationPenalties(done.window, rolling.dispatch(done.window))
    bound, gap = _penalised_foresight(hours, penalties)
    after_offer = settle_pnl(hours, _given_reserve(hours, operation.committed_mw)).profit_usd
    return InformationBound(hours.prices.ts_utc, after_offer, bound, penalties.of(operation), gap)


def _check_covered(hours: HourlyEconomics) -> None:
    """Raise if a site or its hours have what the bound does not count."""
    uncounted = (
        (hours.own_peak_charges, "for charges on the site's own peaks"),
        (hours.site.has_plant, "beside [battery] or [solar]"),
        (
            hours.site.heat_limit is not None and hours.reserve_prices.any,
            "where reserve is sold and heat lowers the limit",
        ),
        (hours.largest_minimum_mw.any(), "for tariffs with a minimum_share"),
        (hours.called.any(), "where reserve was called"),
    )
    if where := next((words for is_there, words in uncounted if is_there), None):
        raise InvalidSite(f"the information bound is not computed {where}", where=hours.site.name)


def _penalised_foresight(hours: HourlyEconomics, penalties: InformationPenalties) -> tuple[Floats, float]:
    """Return the profit of foresight with all penalties paid, (T,), and how much higher the best may lie."""
    more, reserve = penalties.best()
    solution = dispatch(dispatch_problem(hours, penalties.rewards + more), _limits(hours))
    gained = in_modes(more, solution.modes).sum(axis=1)
    operation = Operation(
        solution.modes, interruptions(hours, penalties.chance), np.zeros(solution.modes.shape)
    )
    pnl = settle_pnl(hours, operation)
    total = pnl.profit_usd - penalties.peak(pnl.drawn_mw) + gained + reserve
    return total, max(0.0, solution.bound_usd - solution.value_usd)


def _given_reserve(hours: HourlyEconomics, committed_mw: Floats) -> Operation:
    """Return the best operation after a sale of reserve, every price and peak foreseen."""
    rewards = hours.rewards(np.arange(hours.prices.hours), hours.prices.rt, hours.peak)
    if hours.reserve_prices.any:
        rewards = rewards + _held_usd(hours, committed_mw)
    solution = dispatch(dispatch_problem(hours, rewards), _limits(hours))
    return Operation(solution.modes, interruptions(hours, hours.peak), committed_mw)


def _held_usd(hours: HourlyEconomics, committed_mw: Floats) -> Floats:
    """Return what reserve sold the day before brings in each mode, (T, G, M); 0 where it is cleared again."""
    cleared = hours.reserve_prices.cleared[:, None, None]
    return np.where(cleared, 0.0, committed_reserve_usd(hours, committed_mw))


def _limits(hours: HourlyEconomics) -> SharedLimits:
    """Return the site's limit, and what is paid for reserve where it is cleared again in real time."""
    limits, cleared = shared_limits(hours), hours.reserve_prices.cleared
    kept = slice(None) if cleared.any() else slice(0, 0)
    return replace(limits, prices=(limits.prices * cleared)[kept], caps=(limits.caps * cleared)[kept])


def _gain(rewards: Floats, held: Floats) -> Floats:
    """Return what reserve adds to an hour that stands by itself, shape (T, G)."""
    more: Floats = (rewards + held).max(axis=2) - rewards.max(axis=2)
    return more
