"""The best operation of all groups under the limits they share, with a proven gap.

Prices for the shared limits make the groups independent (Lagrangian relaxation): each is then solved
exactly, and their sum bounds from above what any operation can bring. The limit has a price of each mode: a
group earns its reward less the price, and in each interval by itself the modes that fit together best earn
the prices (Lagrangian decomposition). That is tighter than a price of a megawatt, at which a part of a group
would fill the room that is left. From below, groups are placed one after the other into the room the others
leave, each exactly. Where the two stay apart, HiGHS takes over.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ..model import Floats, Unsolvable, Whole, available
from ._dynamic_programme import DispatchProblem, best_modes, total_usd
from ._mixed_integer import solve_milp
from ._shared_limits import SharedLimits

TOLERANCE = 5e-4  # relative; what the result then reports as its gap is a twentieth of a per cent
_ROUNDS = 60  # of prices for the shared limits, where HiGHS is not there to finish
_ROUNDS_BEFORE_HIGHS = 4  # judged: a few tries at prices for the caps before HiGHS takes over
_FIRST_STEP = 0.1  # of what a mode brings: of 0.02 and 0.1, what came nearer in 20 rounds
_PASSES = 3  # judged enough: improving stops earlier where a pass gains nothing
_HALVINGS = 30  # of the static price's interval: to a billionth of it
_MEND_HOURS = 24  # judged: a day around a seam between windows
_PLACE_EVERY = 6  # judged: placing the groups solves each again, as a round does
_WINDOW_HOURS = 600  # the least a window holds before a month ends it
_LEAST_MINUTES = 15  # of an interval for HiGHS to close the gap of a limit: a month of 5 takes it minutes
_LONGEST_WINDOW = 1344  # intervals: above two months of hours, so that these are never cut


@dataclass(frozen=True, eq=False)
class DispatchSolution:
    """An operation, and how far from the best it can be at most.

    Args:
        modes: Way to run each group, shape (T, G).
        value_usd: What it brings.
        bound_usd: What no operation can exceed.
        method: `separate`, `lagrangian` or `highs`.
    """

    modes: Whole
    value_usd: float
    bound_usd: float
    method: str

    @property
    def gap(self) -> float:
        """Relative distance of the bound from the value; 0 is proven best."""
        return max(0.0, self.bound_usd - self.value_usd) / max(abs(self.value_usd), 1.0)


def dispatch(
    groups: DispatchProblem, limits: SharedLimits, *, tolerance: float = TOLERANCE
) -> DispatchSolution:
    """The best operation of groups under shared limits.

    Args:
        groups: Machines and their rewards without reserves.
        limits: Limits they share, and what reserves pay.
        tolerance: Relative gap to stop at.

    Returns:
        An operation that keeps every limit. Its gap is 0 for one group, or if nothing couples them. It may
        stay above the tolerance where highspy is not installed or runs out of time, and where intervals are
        shorter than an hour: HiGHS is asked there only for a limit at 15 minutes or more, or if nothing else
        was found.

    Raises:
        Unsolvable: If no operation keeps all limits.
    """
    if not limits.limit_binds and not limits.caps_bind:
        best = limits.prices[0][:, None, None] * limits.reserve_mw if limits.prices.size else 0.0
        paid = groups.with_rewards(groups.rewards + best)
        modes = best_modes(paid)
        value = float(total_usd(paid, modes).sum())
        return DispatchSolution(modes, value, value, "separate")
    if len(groups.machines) == 1:
        return _alone_within(groups, limits)
    search = _Search(groups, limits)
    least = _LEAST_MINUTES if limits.limit_binds else 60
    helped = available("highspy") and groups.machines[0].minutes >= least
    rounds = _ROUNDS if limits.limit_binds or not helped else _ROUNDS_BEFORE_HIGHS
    solution = search.run(tolerance, rounds)
    if solution is not None and (solution.gap <= tolerance or not helped):
        return solution
    return _by_windows(search, tolerance)


def _alone_within(groups: DispatchProblem, limits: SharedLimits) -> DispatchSolution:
    """The best operation of a single group: what it may draw and what its reserve brings is its own."""
    fits = limits.power_mw <= limits.limit_mw[:, None, None] * (1 + 1e-9)
    held = np.broadcast_to(limits.reserve_mw, groups.rewards.shape)
    paid = groups.with_rewards(np.where(fits, groups.rewards + limits.income(held), -np.inf))
    modes = best_modes(paid)
    value = float(total_usd(paid, modes).sum())
    return DispatchSolution(modes, value, value, "separate")


def _by_windows(search: _Search, tolerance: float) -> DispatchSolution:
    """HiGHS on stretches of time, each free to begin in any state: their sum is a bound.

    Put together they keep the shared limits; each group in turn is then made to keep its own across the
    seams.
    """
    groups, limits = search.groups, search.limits
    hard = groups.machines[0].minutes < 60 or any(machine.part_of for machine in groups.machines)
    each = tolerance / (2 if hard else 50)
    modes, bound = np.zeros(groups.rewards.shape[:2], dtype=np.int64), 0.0
    for hours in windows(groups):
        part = (groups.part(hours), limits.part(hours))
        whole = hours.stop - hours.start == len(modes)
        modes[hours], _, most = solve_milp(
            *part, relative_gap=each, seconds=120.0, free_start=hours.start > 0
        )
        bound += most
        if hours.start:
            _mend(groups, limits, modes, hours.start)
    bound = min(bound, search.bound)
    try:
        for g in range(0 if whole else len(groups.machines)):
            modes[:, g] = search.alone(g, modes, groups.rewards[:, g], reserves=True)
        modes, value = search.improved(modes)
    except Unsolvable:  # a budget of hours off spent beside a seam: what prices found still stands
        if search.best is None:
            raise
        value = -np.inf
    if search.best is not None and search.best.value_usd > value:
        modes, value = search.best.modes, search.best.value_usd
    return DispatchSolution(modes, value, bound, "highs")


def _mend(groups: DispatchProblem, limits: SharedLimits, modes: Whole, seam: int) -> None:
    """Solve the day before and after a seam again, the hours around these held as they are."""
    held = 1 + max(max(m.min_on_hours, m.min_off_hours) for m in groups.machines)
    hours = slice(max(0, seam - held - _MEND_HOURS), min(len(modes), seam + held + _MEND_HOURS))
    part = groups.part(hours)
    fixed = np.zeros(len(part.rewards), dtype=bool)
    fixed[:held], fixed[-held:] = hours.start > 0, hours.stop < len(modes)
    other = np.arange(part.rewards.shape[2]) != modes[hours][:, :, None]
    rewards = np.where(fixed[:, None, None] & other, -np.inf, part.rewards)
    try:
        mended, _, _ = solve_milp(
            part.with_rewards(rewards), limits.part(hours), relative_gap=1e-6, free_start=hours.start > 0
        )
    except Unsolvable:
        return
    modes[hours] = mended


def windows(groups: DispatchProblem) -> list[slice]:
    """Stretches of about a month, cut where months begin so that no monthly budget is cut in two.

    Shorter intervals are more numerous: without a budget, their months are cut further.
    """
    hours = len(groups.new_month)
    cuts = [0]
    for begin in (*np.flatnonzero(groups.new_month), hours):
        if begin - cuts[-1] > _WINDOW_HOURS or begin == hours:
            cuts.append(int(begin))
    if len(cuts) > 2 and hours - cuts[-2] < _WINDOW_HOURS // 2:
        del cuts[-2]
    if any(machine.max_off_hours_per_month is not None for machine in groups.machines):
        return [slice(first, end) for first, end in pairwise(cuts)]
    longest = max(_LONGEST_WINDOW, 8 * max(max(m.min_on_hours, m.min_off_hours) for m in groups.machines))
    parts = (np.linspace(a, b, -(-(b - a) // longest) + 1).astype(int) for a, b in pairwise(cuts))
    return [slice(int(first), int(end)) for part in parts for first, end in pairwise(part)]


class _PricePerMw:
    """A price of the power drawn in each interval: the limit earns it on all its megawatts."""

    def __init__(self, groups: DispatchProblem, limits: SharedLimits) -> None:
        self._limits, self._usd = limits, np.zeros(len(groups.rewards))
        power = np.maximum(limits.power_mw[:, 1:], 1e-9)
        self._step = 0.2 * ((_gains(groups) / power).mean(axis=(1, 2)) + 1e-6)
        self._last = np.zeros(len(self._usd))

    @property
    def charged(self) -> Floats:
        """What each mode pays, shape (T, G, M)."""
        return self._usd[:, None, None] * self._limits.power_mw

    def earned_usd(self) -> float:
        """What the limit earns at most."""
        return float((self._usd * self._limits.limit_mw).sum())

    def move(self, modes: Whole) -> None:
        """Raise the price where modes of shape (T, G) draw more than the limit, lower it where less."""
        slope = self._limits.drawn(modes).sum(axis=1) - self._limits.limit_mw
        self._step *= np.where(slope * self._last < 0, 0.5, 1.2)
        self._usd = np.maximum(0.0, self._usd + np.sign(slope) * self._step)
        self._last = slope


class _PricePerMode:
    """A price of each mode in each interval: the limit earns those of the modes that fit together best.

    At first it is all that a mode brings: the bound is then the best of each interval by itself.
    """

    def __init__(self, groups: DispatchProblem, limits: SharedLimits) -> None:
        self._limits, self._possible = limits, np.isfinite(groups.rewards)
        self._usd = np.where(self._possible, groups.rewards, 0.0)
        scale = _gains(groups).max(axis=2, keepdims=True) + 1e-6
        self._step = np.broadcast_to(_FIRST_STEP * scale, self._usd.shape).copy()
        self._last = np.zeros(self._usd.shape)
        self._fitting = np.zeros(groups.rewards.shape[:2], dtype=np.int64)

    @property
    def charged(self) -> Floats:
        """What each mode pays, shape (T, G, M)."""
        return self._usd

    def earned_usd(self) -> float:
        """What the limit earns at most."""
        brought, self._fitting = self._limits.best_within(np.where(self._possible, self._usd, -np.inf))
        return float(brought.sum())

    def move(self, modes: Whole) -> None:
        """Raise the price of modes of shape (T, G) that do not fit best, lower that of those that do."""
        mode = np.arange(self._usd.shape[2])
        slope = (modes[:, :, None] == mode) * 1.0 - (self._fitting[:, :, None] == mode)
        turned = slope * self._last
        self._step *= np.where(turned < 0, 0.5, np.where(turned > 0, 1.2, 1.0))
        self._usd = self._usd + slope * self._step
        self._last = np.where(slope != 0, slope, self._last)


def _gains(groups: DispatchProblem) -> Floats:
    """Return how far each mode's reward lies from that of off, 0 where impossible, shape (T, G, M - 1)."""
    gains = groups.rewards[:, :, 1:] - groups.rewards[:, :, :1]
    return np.where(np.isfinite(gains), np.abs(gains), 0.0)


class _Search:
    """Prices of the shared limits, hour by hour, moved until bound and operation meet."""

    def __init__(self, groups: DispatchProblem, limits: SharedLimits) -> None:
        self.groups, self.limits = groups, limits
        by_mode = limits.limit_binds and limits.countable
        self.reserves_priced = bool(limits.prices.size) and not (by_mode and limits.reserves_counted)
        best = limits.prices[0] if self.reserves_priced else np.zeros(len(groups.rewards))
        self.reserve_price = self._static_price(best)
        self.most_reserve_price = best
        paid = groups.with_rewards(groups.rewards + self._reserve_usd())
        self.limit_price = _PricePerMode(paid, limits) if by_mode else _PricePerMw(groups, limits)
        self.best: DispatchSolution | None = None
        self.bound = np.inf

    def run(self, tolerance: float, rounds: int = _ROUNDS) -> DispatchSolution | None:
        """The best operation found in so many rounds, None if none could be placed."""
        step = 0.2 * self.most_reserve_price
        last = np.zeros(len(step))
        for round_number in range(rounds):
            modes, slope = self._relax()
            if round_number % _PLACE_EVERY == 0 or round_number == rounds - 1:
                self._place()
            if self.best and self.bound - self.best.value_usd <= tolerance * max(
                abs(self.best.value_usd), 1.0
            ):
                break
            self.limit_price.move(modes)
            step = np.where(slope * last < 0, 0.5, 1.2) * step
            last = slope
            moved = self.reserve_price + np.sign(slope) * step
            self.reserve_price = np.clip(moved, 0.0, self.most_reserve_price)
        if self.best is None:
            return None
        return DispatchSolution(self.best.modes, self.best.value_usd, self.bound, "lagrangian")

    def _static_price(self, most: Floats) -> Floats:
        """Price of reserve at which each hour by itself would hold as much as is sold, by halving."""
        low, high = np.zeros(len(most)), most.copy()
        reserve, rewards = self.limits.reserve_mw, self.groups.rewards
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            modes = (rewards + middle[:, None, None] * reserve).argmax(axis=2)
            held = self.limits.held(modes).sum(axis=1)
            sold = np.where(self.limits.prices > middle, self.limits.usable_caps, 0.0).sum(axis=0)
            enough = held >= sold
            low, high = np.where(enough, low, middle), np.where(enough, middle, high)
        return high

    def _reserve_usd(self) -> Floats:
        """What each mode is paid for the reserve it holds at the present price, shape (T, G, M)."""
        return self.reserve_price[:, None, None] * self.limits.reserve_mw

    def _priced(self) -> DispatchProblem:
        charged = self.limit_price.charged
        return self.groups.with_rewards(self.groups.rewards - charged + self._reserve_usd())

    def _relax(self) -> tuple[Whole, Floats]:
        """Improve the bound at the present prices; the modes best at them, and the reserve missing."""
        priced = self._priced()
        modes = best_modes(priced)
        held = self.limits.held(modes).sum(axis=1)
        above = self.reserves_priced * np.maximum(self.limits.prices - self.reserve_price, 0.0)
        bound = total_usd(priced, modes).sum() + self.limit_price.earned_usd()
        bound += (above * self.limits.usable_caps).sum()
        self.bound = min(self.bound, float(bound))
        sold = np.where(above > 0, self.limits.usable_caps, 0.0).sum(axis=0)
        return modes, sold - held

    def _place(self) -> None:
        """Place the groups one by one at the present prices, then improve each in turn at true rewards."""
        order = self._order()
        try:
            modes, value = self.improved(self._sequence(self._priced(), order))
        except Unsolvable:
            return
        if self.best is None or value > self.best.value_usd:
            self.best = DispatchSolution(modes.copy(), value, np.inf, "lagrangian")

    def improved(self, modes: Whole) -> tuple[Whole, float]:
        """Each group in turn made the best of what the others leave; and what that brings."""
        value = self.true_value(modes)
        for _ in range(_PASSES):
            for g in range(modes.shape[1]):
                modes[:, g] = self.alone(g, modes, self.groups.rewards[:, g], reserves=True)
            before, value = value, self.true_value(modes)
            if value <= before + 1e-9 * abs(before):
                break
        return modes, value

    def _order(self) -> Whole:
        """Groups by what a MW of theirs is worth; under a limit, first those that may seldom be off."""
        worth = np.argsort(-self._value_per_mw(), kind="stable")
        if not self.limits.limit_binds:
            return worth
        free = np.array([self.groups.machines[g].max_off_hours_per_month is None for g in worth])
        return worth[np.argsort(free, kind="stable")]

    def _value_per_mw(self) -> Floats:
        power = np.maximum(self.limits.power_mw, 1e-9)
        value = np.where(np.isfinite(self.groups.rewards), self.groups.rewards, 0.0).mean(axis=0) / power
        return value[:, 1:].max(axis=1)

    def _sequence(self, priced: DispatchProblem, order: Whole) -> Whole:
        modes = np.zeros(self.groups.rewards.shape[:2], dtype=np.int64)
        for g in order:
            modes[:, g] = self.alone(int(g), modes, priced.rewards[:, g], reserves=False)
        return modes

    def alone(self, g: int, modes: Whole, rewards: Floats, *, reserves: bool) -> Whole:
        """The best operation of one group in the room the others leave."""
        others = np.arange(modes.shape[1]) != g
        room = self.limits.limit_mw - self.limits.drawn(modes)[:, others].sum(axis=1)
        fits = self.limits.power_mw[g] <= (room + 1e-9 * self.limits.limit_mw)[:, None]
        rewards = np.where(fits, rewards, -np.inf)
        if reserves and self.limits.prices.size:
            held = self.limits.held(modes)[:, others].sum(axis=1)
            more = self.limits.income(held[:, None] + self.limits.reserve_mw[g])
            rewards = rewards + more - self.limits.income(held)[:, None]
        return best_modes(self.groups.only(g, rewards))[:, 0]

    def true_value(self, modes: Whole) -> float:
        """What an operation brings, reserves included."""
        income = self.limits.income(self.limits.held(modes).sum(axis=1))
        return float(total_usd(self.groups, modes).sum() + income.sum())
