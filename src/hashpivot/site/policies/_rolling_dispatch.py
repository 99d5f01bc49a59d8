"""How the rolling horizon decides: each hour the best step over a lattice of prices, as known then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np

from ..economics import HourlyEconomics, Operation, PlantSchedule, committed_reserve_usd
from ..information import ForecastSchedule, GateForecasts, Knowledge, PriceLattice, RankModel, hours_at_gate
from ..model import Beginning, Bools, Floats, Whole
from ..solvers import (
    SiteBus,
    StateGraph,
    StoragePath,
    averse,
    collapse,
    interruption_cost,
    power_cost,
    site_bus,
    solve_lattice,
    state_graph,
    walk,
)
from ._own_peak_caps import OwnPeakCaps
from ._reserve_offer import at_gate, reserve_offer
from ._solved_lattice import IMPOSSIBLE_USD, SolvedLattice, kinds_of
from ._values_as_seen import LastPrices, values_as_seen
from .battery import GridCaps, PastMonth, machines_that_pay_mwh, stored_values, within_caps

_SHADOW_HOURS = 730  # a month: what allowed hours gained then is what they are kept for now
_FORESIGHT_SHARE = 0.7  # of what foresight earns with a battery: 0.67 to 0.85 a year, 2018 to 2020
_FORCING_USD_PER_MWH = 1e9  # beyond every price and every penalty of a load


@dataclass(frozen=True, eq=False)
class Decisions:
    """What hours are decided on. T hours, G groups, M modes, S states.

    Args:
        rewards: Reward of each mode as expected when deciding, shape (T, G, M).
        onward: Values after the hour, shape (T, G * V).
        price: Real-time price as known or expected when deciding, shape (T,).
        stored: Returns what each state of charge is worth after the hour under caps on own peaks, (T, J).
    """

    rewards: Floats
    onward: Floats
    price: Floats
    stored: Callable[[GridCaps | None], Floats]


class RollingDispatch:
    """Decides the hours `first` to `end` of what is known, in one information regime.

    Args:
        knowledge: What was known, over the whole price history.
        schedule: Forecasts over the same hours.
        first: Position of the first hour decided.
        end: Position after the last.
        regime: `live` or `lagged`.
        begins: Where the site stands at `first`; by default in normal mode, free to stop, nothing used.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        schedule: ForecastSchedule,
        first: int,
        end: int,
        regime: str,
        begins: Beginning | None = None,
    ) -> None:
        self._knowledge, self.hours = knowledge, knowledge.known
        self._schedule, self._newest = schedule, schedule.newest
        self._first, self._end, self._live = first, end, regime == "live"
        site = self.hours.site
        ramped = any(group.ramp_mw_per_hour is not None for group in site.machines)
        self._collapsed = not ramped and not self.hours.limit_may_bind
        machines = self.hours.machines
        self._begins = begins or Beginning.usual(machines, len(site.ai))
        self._net = (
            state_graph(machines, collapsed=self._collapsed, begins=self._begins) if machines else None
        )

    def operation(self) -> Operation:
        """Return what the site does in these hours.

        Raises:
            Unsolvable: If the site's limit cannot be kept.
        """
        decided = self.decided
        modes, off = self.run(decided), self.interrupted(decided.price)
        return Operation(modes, off, self.committed, plant=self.plant(decided, modes, off))

    @cached_property
    def decided(self) -> Decisions:
        """What all hours are decided on."""
        parts = [self.decide(*span, self.rank_models[span[0]]) for span in self.spans()]
        return Decisions(
            np.concatenate([part.rewards for part in parts]),
            np.concatenate([part.onward for part in parts]),
            np.concatenate([part.price for part in parts]),
            lambda caps: np.concatenate([part.stored(caps) for part in parts]),
        )

    def plant(self, decided: Decisions, modes: Whole, off: Bools) -> PlantSchedule | None:
        """Return what battery and panels do beside machines and AI load; None where there are none."""
        part = self._knowledge.part(self._first, self._end)
        if not self.hours.site.has_plant:
            return None
        bus_with = partial(site_bus, part.known, decided.price, part.peak_chance, off)
        bus = bus_with()
        if bus.battery is not None:
            bus = replace(bus, battery=bus.battery.holding(self._begins.stored_mwh))
        used = part.known.drawn_mw(modes).sum(axis=1)
        machines = used * part.known.interval_hours
        if bus.battery is None or not self.hours.own_peak_charges:
            return bus.schedule(machines, bus.stepwise(machines, decided.stored(None)), part.known.solar_mw)

        def run(caps: GridCaps) -> tuple[SiteBus, StoragePath]:
            capped = replace(bus, curve=bus_with(caps.steps()).curve)
            return capped, capped.stepwise(machines, decided.stored(caps))

        caps = GridCaps(self.hours, self._first, bus.grid_mw(machines), self._begins, self._past)
        capped, path = within_caps(caps, machines, run)
        return capped.schedule(machines, path, part.known.solar_mw)

    def _past(self, since: int, known: int, counted: Bools, at: int) -> PastMonth:
        """Return hours before a month as own peaks are planned by: groups run where they pay, within caps."""
        part = self._knowledge.part(since, known).known
        price, nothing = part.prices.rt, np.zeros(part.prices.hours)
        off = np.zeros((part.prices.hours, len(self.hours.site.ai)), dtype=bool)
        running = np.tile(self.hours.normal_mw, (part.prices.hours, 1))
        if self._own_peak_usd is not None:
            running = self._own_peaks.within_those_of(at, running, counted)
        machines = machines_that_pay_mwh(part, running)
        bus_with = partial(site_bus, part, price, nothing, off)
        return PastMonth(
            bus_with(), machines, counted, lambda steps: bus_with(steps).storage(machines), _FORESIGHT_SHARE
        )

    @cached_property
    def _running_mw(self) -> Floats:
        """What groups draw that run, within what is planned of own peaks, shape (T, G)."""
        capped = np.broadcast_to(self.hours.normal_mw, (self.hours.prices.hours, len(self.hours.normal_mw)))
        return self._own_peaks.within(capped) if self._own_peak_usd is not None else capped

    def run(self, decided: Decisions) -> Whole:
        """Return the mode of each group in each hour, shape (T, G); an own peak once reached is free."""
        modes = self.walk(decided)
        if not self.hours.own_peak_charges or not len(self.hours.site.machines):
            return modes
        relief = self._own_peaks.relief_usd(modes)
        return self.walk(replace(decided, rewards=decided.rewards + relief)) if relief.any() else modes

    @property
    def committed(self) -> Floats:
        """Reserve sold of each group in the hours decided, shape (T, G)."""
        return self._committed[self._first : self._end]

    @cached_property
    def _committed(self) -> Floats:
        """Reserve sold of each group; 0 in hours before those decided, and after."""
        sold = np.zeros((self.hours.prices.hours, len(self.hours.site.machines)))
        if self.hours.reserve_prices.any:
            sold[self._first : self._end] = self._sold()
        return sold

    def _sold(self) -> Floats:
        """Sell reserve by what offers know at their gates, shape (T, G)."""
        decided = self._begins.sold_mw[: self._end - self._first]
        if len(decided) == self._end - self._first and not np.isnan(decided).any():
            return decided
        models = self.offer_models
        offers = [
            reserve_offer(self.hours, np.arange(first, end), self.at_gate(first, end, models[first]))
            for first, end in self.spans()
        ]
        offered = np.concatenate(offers)
        if self._own_peak_usd is not None:
            kept_off = self._own_peak_usd[self._first : self._end, :, 1:].min(axis=2) > 0
            offered = np.where(kept_off, 0.0, offered)
        sold = self._begins.sold_mw[: len(offered)]
        offered[: len(sold)] = np.where(np.isnan(sold), offered[: len(sold)], sold)
        return offered

    def at_gate(self, first: int, end: int, learned: RankModel) -> list[tuple[float, Floats]]:
        """Return each rank's share, and rewards (N, G, M) of hours as forecast when offers for them close."""
        if not self.hours.reserve_prices.any:
            return []
        return list(at_gate(self._at_gate, self.offers, self._first, np.arange(first, end), learned))

    @cached_property
    def _at_gate(self) -> HourlyEconomics:
        part = self._knowledge.part(self._first, self._end).known
        return hours_at_gate(self.hours, part, self._first)

    @property
    def offers(self) -> GateForecasts:
        """Forecasts that reserve is offered by."""
        return self._schedule.offers

    @cached_property
    def rank_models(self) -> dict[int, RankModel]:
        """What each span is decided by, by position of its first hour."""
        return {first: self._newest.learned(first) for first, _ in self.spans()}

    @cached_property
    def offer_models(self) -> dict[int, RankModel]:
        """What reserve is offered by in each span, by its first hour: known at the gate before that."""
        return {first: self.offers.learned(self.offers.issued_at(first)) for first, _ in self.spans()}

    def months(self) -> list[tuple[int, int]]:
        """Return first and end position of each month of market local time."""
        return self._cut(self.hours.clock.month.astype(np.int64))

    def spans(self) -> list[tuple[int, int]]:
        """Return first and end position of what is decided by one learning: months, or weeks."""
        return self._cut(self._schedule.spans)

    def _cut(self, number: Whole) -> list[tuple[int, int]]:
        """Return first and end position of each run of the same number among the hours decided."""
        inside = number[self._first : self._end]
        cuts = self._first + np.flatnonzero(inside[1:] != inside[:-1]) + 1
        return list(zip([self._first, *cuts], [*cuts, self._end], strict=True))

    def decide(self, first: int, end: int, learned: RankModel) -> Decisions:
        """Return what the hours of one span are decided on."""
        every = np.arange(first, end)
        lattice = self._newest.lattice(first, end, learned)
        solved = self.solve_lattice(lattice, learned)
        if self._live:
            rank, price = self._newest.rank[every], self.hours.prices.rt[every]
            now = self._rewards(every, price, self._knowledge.peak_chance[every], self.hours)
            if self.hours.reserve_prices.cleared.any():
                now = now + (self._reserve_now - self._reserve_rewards)[every]
        else:
            rank = self._newest.rank_before(every)
            chance = np.where(
                (lattice.hour > 0)[:, None], solved.transition[rank], solved.first_transition[rank]
            )
            prices = self._newest.shift_to_last_price(
                every, lattice.prices[lattice.row, lattice.hour], learned
            )
            price = np.einsum("tk,tk->t", chance, prices)
            now = self.expected(every, prices, chance) - self.peak_cost(every)

        def stored(caps: GridCaps | None) -> Floats:
            return self.stored_values(lattice, solved, caps)[lattice.row, lattice.hour, rank]

        if self._net is None:
            return Decisions(now, np.zeros((len(every), 0)), price, stored)
        last = self._last_prices(every, learned, solved)
        onward = values_as_seen(self._knowledge, self._net, lattice, solved, every, rank, last)
        return Decisions(now, onward, price, stored)

    def solve_lattice(self, lattice: PriceLattice, learned: RankModel) -> SolvedLattice:
        """Solve the lattice of some forecasts."""
        aversion = self.hours.site.risk_aversion
        later = averse(learned.transition, aversion)
        first = later if self._live else averse(learned.first_transition, aversion)
        prices, ahead = lattice.prices, self._knowledge.expected
        rewards = self._lattice_rewards(lattice.positions, prices, ahead)
        if not self._live:
            rewards, prices = (_by_rank_before(values, first, later) for values in (rewards, prices))
        onward = self._onward(lattice, rewards, later, first)
        return SolvedLattice(later, first, rewards, onward, prices)

    def stored_values(self, lattice: PriceLattice, solved: SolvedLattice, caps: GridCaps | None) -> Floats:
        """Return what each state of charge is worth after each hour of some forecasts, shape (I, H, K, J)."""
        steps = caps.ahead(lattice.positions) if caps else ()
        running = self._running_mw if caps else self.hours.normal_mw
        ranks = solved.transition, solved.first_transition
        return stored_values(self._knowledge.expected, lattice, solved.prices, *ranks, running, steps)

    def _last_prices(self, every: Whole, learned: RankModel, solved: SolvedLattice) -> LastPrices:
        """Return how far the last price known in each hour lies above its forecast."""
        later, known = solved.transition, every if self._live else every - 1

        def rewards(positions: Whole, prices: Floats) -> Floats:
            by_rank = self._lattice_rewards(positions, prices, self._knowledge.expected)
            return by_rank if self._live else _by_rank_before(by_rank, later, later)

        return LastPrices(np.maximum(self._newest.outside(known, learned), 1.0), rewards)

    def expected(self, every: Whole, prices: Floats, chance: Floats) -> Floats:
        """Return the mean reward of each mode over ranks, peaks left out, from (T, K) to (T, G, M)."""
        rewards = self._lattice_rewards(every[:, None], prices[:, None], self.hours)[:, 0]
        return np.einsum("tk,tkgm->tgm", chance, rewards)

    def _lattice_rewards(self, positions: Whole, prices: Floats, hours: HourlyEconomics) -> Floats:
        """Return rewards at every rank of hours as seen, peaks left out, shape (I, H, K, G, M)."""
        flat = np.repeat(positions.ravel(), prices.shape[-1])
        rewards = self._rewards(flat, prices.ravel(), np.zeros(len(flat)), hours)
        return np.where(np.isfinite(rewards), rewards, IMPOSSIBLE_USD).reshape(
            *prices.shape, *rewards.shape[1:]
        )

    def _rewards(self, every: Whole, price: Floats, peak: Floats, hours: HourlyEconomics) -> Floats:
        """Return rewards with reserve already sold and a price on scarce hours off, shape (N, G, M)."""
        rewards = hours.rewards(every, price, peak)
        if self.hours.site.solar is not None and self.hours.site.machines:
            rewards = rewards + hours.own_solar_usd(every, price, peak)
        if self.hours.reserve_prices.any:
            rewards = rewards + self._reserve_rewards[every]
        rewards[:, :, 0] -= self._off_hour_usd[every]
        if self._own_peak_usd is not None:
            rewards = rewards - self._own_peak_usd[every]
        return rewards

    @cached_property
    def _own_peaks(self) -> OwnPeakCaps:
        return OwnPeakCaps(self.hours, self._first, self._begins)

    @cached_property
    def _own_peak_usd(self) -> Floats | None:
        """What each mode costs above the own peak planned for its month, (T, G, M); None without one."""
        if not self.hours.own_peak_charges or not len(self.hours.site.machines):
            return None
        return self._own_peaks.usd()

    def peak_cost(self, every: Whole) -> Floats:
        """Return the expected cost of setting the peak in each mode, shape (T, G, M)."""
        cost = self.hours.peak_usd_per_mwh[every] * self._knowledge.peak_chance[every]
        return cost[:, None, None] * (self.hours.billed_mw(every) * self.hours.interval_hours)

    @cached_property
    def _reserve_rewards(self) -> Floats:
        """What holding reserve is expected to bring in each mode, shape (T, G, M)."""
        return committed_reserve_usd(self.hours, self._committed, expected=True)

    @cached_property
    def _reserve_now(self) -> Floats:
        """The same at the real-time prices of each hour, shape (T, G, M)."""
        return committed_reserve_usd(self.hours, self._committed)

    def _onward(self, lattice: PriceLattice, rewards: Floats, later: Floats, first: Floats) -> Floats:
        """Return the values after each hour, shape (I, H, K, G * V)."""
        net = self._net
        if net is None:
            return np.zeros((*rewards.shape[:3], 0))
        by_kind = kinds_of(self.hours, net, lattice.positions, rewards)
        return solve_lattice(net, by_kind, later, first, lattice.lengths, self._last_values(net))

    def _last_values(self, net: StateGraph) -> Floats:
        """Return the value of each state after the last hour: a group that ends off has yet to start."""
        cost = self.hours.start_usd[self._first]
        return np.where(net.off, -cost[:, None], 0.0).ravel()

    def walk(self, decided: Decisions) -> Whole:
        """Return the mode of each group in each of the hours, shape (T, G)."""
        part, net = self._knowledge.part(self._first, self._end).known, self._net
        if net is None:
            return np.zeros((part.prices.hours, 0), dtype=np.int64)
        rewards = self._decided_only(decided.rewards)
        modes, mode = collapse(rewards) if self._collapsed else (rewards, None)
        by_kind = net.step_rewards(modes, part.start_usd, part.stop_usd).reshape(len(modes), -1)
        taken = walk(part, net, by_kind, decided.onward, self._begins)
        return taken if mode is None else np.where(taken > 0, mode, 0)

    def _decided_only(self, rewards: Floats) -> Floats:
        """Return rewards with all but the mode that is decided already out of reach in the first hour."""
        if self._begins.decided is None:
            return rewards
        kept = np.arange(rewards.shape[2]) == self._begins.decided[:, None]
        first = np.where(kept, rewards[:1], 2 * IMPOSSIBLE_USD)
        return np.concatenate([first, rewards[1:]])

    def interrupted(self, price: Floats) -> Bools:
        """Return AI load interrupted at prices as known or expected, shape (T, L).

        Interruptions before the first hour, and one decided for it, are put before loads as hours whose power
        is beyond price: they use up the hours allowed.
        """
        before = self._begins.interrupted
        over = len(before)
        part = self._knowledge.part(self._first - over, self._end)
        chance = part.peak_chance[over:]
        known = self._knowledge.part(self._first, self._end).known
        past = power_cost(self.hours, self.hours.prices.rt, np.zeros(self.hours.prices.hours))
        off = np.zeros((len(price), len(self.hours.site.ai)), dtype=bool)
        for number, load in enumerate(self.hours.site.ai):
            gains = load.interruption_gain_usd(past)
            hour_usd = np.append(np.zeros(over), self._by_month(gains, load.max_hours_per_month))
            cost = interruption_cost(known, load, price, chance)
            seen = np.append(_forced(before[:, number]), cost)
            if self._begins.decided_interrupted is not None:
                seen[over] = _forced(self._begins.decided_interrupted[number : number + 1])[0]
            off[:, number] = load.interruptions_in_time(seen, part.known.clock, hour_usd)[over:]
        return off

    @cached_property
    def _off_hour_usd(self) -> Floats:
        """What a scarce hour off is worth to each group, by month, shape (T, G)."""
        hours = self.hours
        worth = np.zeros((hours.prices.hours, len(hours.site.machines)))
        for g, group in enumerate(hours.site.machines):
            if group.max_off_hours_per_month is not None:
                mwh = hours.normal_mw[g] * hours.interval_hours
                gains = -hours.normal_margin_usd_per_mwh[:, g] * mwh
                worth[self._first : self._end, g] = self._by_month(gains, group.max_off_hours_per_month)
        return worth

    def _by_month(self, gains: Floats, allowed: int) -> Floats:
        """Return `_last_allowed_hour_usd` of each hour's month, given hours allowed in one, shape (T,)."""
        most = self.hours.prices.intervals(allowed)
        by_month = [(b - a, self._last_allowed_hour_usd(gains, a, most)) for a, b in self.months()]
        return np.concatenate([np.full(hours, usd) for hours, usd in by_month])

    def _last_allowed_hour_usd(self, gains: Floats, first: int, allowed: int) -> float:
        """Return what the last allowed hour would have gained over the month before `first`."""
        past = gains[max(0, first - self.hours.prices.intervals(_SHADOW_HOURS)) : first]
        positive = np.sort(past[past > 0])[::-1]
        return float(positive[allowed - 1]) if 0 < allowed <= len(positive) else 0.0


def _forced(interrupted: Bools) -> Floats:
    """Return a cost of power at which a load is interrupted in just these hours, USD/MWh."""
    return np.where(interrupted, _FORCING_USD_PER_MWH, -_FORCING_USD_PER_MWH)


def _by_rank_before(values: Floats, first: Floats, later: Floats) -> Floats:
    """Return what is expected at each rank of the hour before, from (I, H, K, ...) to the same shape."""
    expected = (
        np.einsum("kl,ihl...->ihk...", first, values[:, :1]),
        np.einsum("kl,ihl...->ihk...", later, values[:, 1:]),
    )
    return np.concatenate(expected, axis=1)
