"""The best operation of machines beside a battery and solar power, with a proven gap.

A price of energy on the site's bus makes groups, battery and supply independent of one another: the sum of
what each earns at it bounds every operation from above. From below, the battery follows the machines exactly
and each group follows the rest. Where the two stay apart, HiGHS takes over.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..model import Floats, Unsolvable, Whole, available
from ._dynamic_programme import DispatchProblem, best_modes, total_usd
from ._lagrangian import TOLERANCE, DispatchSolution, dispatch, windows
from ._mixed_integer import bus_prices, solve_milp
from ._shared_limits import SharedLimits
from .bus import SiteBus, StoragePath

_ROUNDS = 4  # judged: prices that have not cleared by then go round in a circle
_ROUNDS_ALONE = 12  # the same where HiGHS is not there to finish
_PASSES = 3  # judged enough: improving stops earlier where a pass gains nothing


@dataclass(frozen=True, eq=False)
class PlantSolution(DispatchSolution):
    """An operation of machines and battery: `value_usd` is what both bring, energy paid.

    Args:
        storage: Schedule of the battery.
    """

    storage: StoragePath


def dispatch_plant(groups: DispatchProblem, limits: SharedLimits, bus: SiteBus) -> PlantSolution:
    """The best operation of groups and a battery on one bus, sought until proven to within `TOLERANCE`.

    Args:
        groups: Machines and their rewards, energy not paid.
        limits: What reserves pay and their caps; the limit is the bus's own.
        bus: What energy costs, and what else uses it.

    Raises:
        Unsolvable: If no operation keeps all limits.
    """
    search = _PlantSearch(groups, limits, bus)
    helped = available("highspy")
    solution = search.run(_ROUNDS if helped else _ROUNDS_ALONE)
    if solution is not None and (solution.gap <= TOLERANCE or not helped):
        return solution
    search.look_at(search.prices_by_windows())
    return search.found("prices") if search.proven else search.by_windows()


class _PlantSearch:
    """Prices of energy on the bus, moved until bound and operation meet."""

    def __init__(self, groups: DispatchProblem, limits: SharedLimits, bus: SiteBus) -> None:
        self.groups, self.limits, self.bus = groups, limits, bus
        self.power_mwh = limits.power_mw * bus.interval_hours
        self.best: PlantSolution | None = None
        self.bound = np.inf

    def run(self, rounds: int) -> PlantSolution | None:
        """The best operation found in so many rounds, None if none could be placed."""
        price = self._clearing(np.zeros(len(self.groups.rewards)))
        for _ in range(rounds):
            solution = self.look_at(price)
            if solution is None or self.proven:
                break
            used = self._used(solution.modes).sum(axis=1)
            cleared = self._clearing(solution.storage.taken_mwh)
            price = self.bus.supporting_price(cleared, used, solution.storage)
        return self.found("prices") if self.best else None

    def look_at(self, price: Floats) -> PlantSolution | None:
        """Improve bound and operation by a price of energy; the operation it leads to, if there is one."""
        modes = self._relax(price)
        try:
            return self._placed(modes)
        except Unsolvable:
            return None

    def found(self, method: str) -> PlantSolution:
        """The best operation so far, with the bound so far."""
        assert self.best is not None
        return replace(self.best, bound_usd=max(self.bound, self.best.value_usd), method=method)

    @property
    def proven(self) -> bool:
        """Whether the best operation so far is proven to lie within `TOLERANCE` of the best."""
        return self.best is not None and self.found("").gap <= TOLERANCE

    def prices_by_windows(self) -> Floats:
        """Prices of energy by the linear relaxation, for stretches of time one by one, shape (T,)."""
        prices, stored_usd = np.zeros(len(self.groups.rewards)), self._stored_usd()
        for hours in windows(self.groups):
            prices[hours] = bus_prices(
                self.groups.part(hours),
                self.limits.part(hours),
                self.bus.part(hours),
                free_start=hours.start > 0,
                stored_usd=(stored_usd[hours.start], stored_usd[hours.stop]),
            )
        return prices

    def _clearing(self, battery_mwh: Floats) -> Floats:
        return self.bus.clearing_price(self.groups.rewards, self.power_mwh, battery_mwh)

    def _relax(self, price: Floats) -> Whole:
        """Improve the bound at a price; the modes that are best at it."""
        paid = self.groups.with_rewards(self.groups.rewards - price[:, None, None] * self.power_mwh)
        most = self.limits.power_mw.max(axis=1).sum()
        unlimited = replace(self.limits, limit_mw=np.full(len(price), most))
        relaxed = dispatch(paid, unlimited)
        others = self.bus.storage_usd(price) + self.bus.surplus_usd(price)
        self.bound = min(self.bound, relaxed.bound_usd + others)
        return relaxed.modes

    def _placed(self, modes: Whole) -> PlantSolution:
        """The battery beside these modes, then each in turn beside the rest while that gains."""
        storage = self.bus.storage(self._used(modes).sum(axis=1))
        solution = PlantSolution(modes, self._value(modes, storage), self.bound, "prices", storage)
        for _ in range(_PASSES):
            self._keep(solution)
            if self.proven:
                break
            modes = self._improved(solution.modes, solution.storage)
            storage = self.bus.storage(self._used(modes).sum(axis=1))
            value = self._value(modes, storage)
            if value <= solution.value_usd + 1e-9 * abs(value):
                break
            solution = replace(solution, modes=modes, storage=storage, value_usd=value)
        return solution

    def _keep(self, solution: PlantSolution) -> None:
        if self.best is None or solution.value_usd > self.best.value_usd:
            self.best = solution

    def _used(self, modes: Whole) -> Floats:
        return self.limits.drawn(modes) * self.bus.interval_hours

    def _value(self, modes: Whole, storage: StoragePath) -> float:
        used = self.bus.load_mwh + self._used(modes).sum(axis=1) + storage.taken_mwh
        income = self.limits.income(self.limits.held(modes).sum(axis=1)).sum()
        cost = self.bus.curve.cost_usd(used).sum() + self.bus.wear_usd(storage)
        return float(total_usd(self.groups, modes).sum() + income - cost)

    def _improved(self, modes: Whole, storage: StoragePath) -> Whole:
        """Each group in turn made the best of what the battery and the others leave."""
        modes = modes.copy()
        for g in range(modes.shape[1]):
            modes[:, g] = self._alone(g, modes, storage)
        return modes

    def _alone(self, g: int, modes: Whole, storage: StoragePath) -> Whole:
        others = np.arange(modes.shape[1]) != g
        rest = self.bus.load_mwh + storage.taken_mwh + self._used(modes)[:, others].sum(axis=1)
        rewards = self.groups.rewards[:, g].copy()
        held = self.limits.held(modes)[:, others].sum(axis=1)
        for m, used in enumerate(self.power_mwh[g]):
            supplied = self.bus.curve.fits(rest + used)
            rewards[:, m] += np.where(supplied, -self.bus.curve.cost_usd(rest + used), -np.inf)
            rewards[:, m] += self.limits.income(held + self.limits.reserve_mw[g, m])
        return best_modes(self.groups.only(g, rewards))[:, 0]

    def by_windows(self) -> PlantSolution:
        """HiGHS on stretches of time, each free to begin in any state: their sum is a bound."""
        modes, bound = np.zeros(self.groups.rewards.shape[:2], dtype=np.int64), 0.0
        stored_usd = self._stored_usd()
        for hours in windows(self.groups):
            modes[hours], _, most = solve_milp(
                self.groups.part(hours),
                self.limits.part(hours),
                relative_gap=TOLERANCE / 2,
                seconds=120.0,
                free_start=hours.start > 0,
                bus=self.bus.part(hours),
                stored_usd=(stored_usd[hours.start], stored_usd[hours.stop]),
            )
            bound += most
        if self.bus.other_interruptions_usd is None:  # windows hold AI load as it is
            self.bound = min(self.bound, bound)
        self._placed(self._repaired(modes))
        return self.found("highs")

    def _stored_usd(self) -> Floats:
        """What a MWh in the store is taken to be worth before each interval and in the end, shape (T + 1,).

        Windows trade stored energy at it: whatever it is, the sum of their bounds holds.
        """
        worth = self.best.storage.water_value if self.best else np.zeros(len(self.groups.rewards))
        return np.concatenate([[0.0], worth[:-1], [0.0]])

    def _repaired(self, modes: Whole) -> Whole:
        """Modes put together of windows, each group made to keep its own limits across the seams."""
        if len(windows(self.groups)) == 1:
            return modes
        return self._improved(modes, self.bus.storage(self._used(modes).sum(axis=1)))
