"""Perfect foresight under charges on the site's own peaks, with a proven gap.

How high a month's peak may be is decided by which modes are allowed while demand counts: none, the worthiest,
the two worthiest, and so on. Each such choice is dispatched over all hours, and every month takes the one
that is worth most after its bill. From above, a price on the power drawn in each hour bounds every operation:
the highest of many demands costs at least their mean by any weights. The prices are what a megawatt more
would earn in each hour at the peak chosen, so that they add up to the month's rate.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ..economics import HourlyEconomics, OwnPeakCharge, marginal
from ..model import Bools, Floats, Unsolvable, Whole, span_means
from ._dynamic_programme import DispatchProblem, total_usd
from ._lagrangian import TOLERANCE, DispatchSolution, dispatch
from ._shared_limits import SharedLimits

_HALVINGS = 40  # of the interval a month's peak lies in: to the last digits of a megawatt
_PRICE_ROUNDS = 12  # judged: prices stop moving the bound by then
_SWEEPS = 4  # judged: months under a ratchet settle in two or three


@dataclass(frozen=True, eq=False)
class BesideMachines:
    """What draws power beside the machines: AI load, served or interrupted. T hours, L loads.

    Args:
        interrupted: AI load interrupted, shape (T, L).
        drawn_mw: Power drawn, shape (T,).
        usd: What it brings after power and coincident peaks are paid.
    """

    interrupted: Bools
    drawn_mw: Floats
    usd: float


@dataclass(frozen=True, eq=False)
class _Trial:
    """One operation: what it earns in each month before charges on own peaks, and each charge's peaks."""

    modes: Whole
    earned: Floats
    own: list[Floats]

    def usd(self, charges: Sequence[OwnPeakCharge]) -> float:
        """Return what it brings, charges paid."""
        bills = [charge.usd(own).sum() for charge, own in zip(charges, self.own, strict=True)]
        return float(self.earned.sum() - sum(bills))


class OwnPeakSearch:
    """The best operation of a site's groups under charges on own peaks. T hours, G groups, M modes.

    Args:
        hours: The hours.
        problem: Groups and their rewards, charges on own peaks left out.
        limits: Limits they share.
        beside: The best operation of what draws power beside the machines, at a price on it.
        relaxed: Rewards no lower than true ones, and what to add to their sum: what bounds from above.
    """

    def __init__(
        self,
        hours: HourlyEconomics,
        problem: DispatchProblem,
        limits: SharedLimits,
        beside: Callable[[Floats], BesideMachines],
        relaxed: tuple[Floats, float],
    ) -> None:
        self._relaxed, self._relaxed_usd = relaxed
        self._charges, self._power = hours.own_peak_charges, hours.power_mw
        self._problem, self._limits = problem, limits
        self._priced, self._beside = beside, beside(np.zeros(hours.prices.hours))
        self._worth, self._step_mw, self._steps = _steps(problem.rewards, hours.power_mw)

    def solve(self) -> tuple[DispatchSolution, BesideMachines]:
        """Return the best operation found, what it brings and a bound on all, and what runs beside it.

        Raises:
            Unsolvable: If no operation keeps all limits.
        """
        best = self._with_beside(self._best(), self._priced(self._whole_rates()))
        bound, at_prices = self._bound(best)
        best = self._with_beside(best, at_prices)
        value = best.usd(self._charges)
        bound = max(bound - self._beside.usd, value)
        return DispatchSolution(best.modes, value, bound, "own_peaks"), self._beside

    def _with_beside(self, trial: _Trial, beside: BesideMachines) -> _Trial:
        """Return the trial with something else beside the machines, if that is worth more."""
        drawn = self._limits.drawn(trial.modes).sum(axis=1) + beside.drawn_mw
        other = _Trial(trial.modes, trial.earned, [charge.own_mw(drawn) for charge in self._charges])
        if other.usd(self._charges) + beside.usd <= trial.usd(self._charges) + self._beside.usd:
            return trial
        self._beside = beside
        return other

    def _whole_rates(self) -> Floats:
        """Return prices by which nothing runs beside machines that could be off while demand counts, (T,)."""
        rates = (charge.counts * charge.by_month.usd_per_mw[charge.month] for charge in self._charges)
        return np.sum(list(rates), axis=0)

    def _best(self) -> _Trial:
        allowed = np.ones(self._problem.rewards.shape, dtype=bool)
        best = self._trial(allowed)
        for number, charge in enumerate(self._charges):
            trials = [
                trial
                for count in range(len(self._steps) + 1)
                if (trial := self._capped(allowed, charge, count))
            ]
            chosen = self._by_month([trial for _, trial in trials], number)
            for n, pick in enumerate(chosen):
                inside = charge.counts & (charge.month == n)
                allowed[inside] &= trials[pick][0]
            together = self._try(allowed)
            candidates = [best, *(trial for _, trial in trials), *([together] if together else [])]
            best = max(candidates, key=lambda trial: trial.usd(self._charges))
        return best

    def _capped(self, allowed: Bools, charge: OwnPeakCharge, count: int) -> tuple[Bools, _Trial] | None:
        """Return the modes of the worthiest steps, and the trial of no others while demand counts."""
        modes = np.zeros(self._power.shape, dtype=bool)
        modes[:, 0] = True
        for g, mode in self._steps[:count]:
            modes[g, mode] = True
        trial = self._try(np.where(charge.counts[:, None, None], allowed & modes, allowed))
        return None if trial is None else (modes, trial)

    def _try(self, allowed: Bools) -> _Trial | None:
        try:
            return self._trial(allowed)
        except Unsolvable:
            return None

    def _trial(self, allowed: Bools) -> _Trial:
        problem, limits = self._problem, self._limits
        capped = problem.with_rewards(np.where(allowed, problem.rewards, -np.inf))
        modes = dispatch(capped, limits).modes
        earned = total_usd(problem, modes).sum(axis=1) + limits.income(limits.held(modes).sum(axis=1))
        drawn = limits.drawn(modes).sum(axis=1) + self._beside.drawn_mw
        by_month = np.bincount(self._charges[0].month, weights=earned).astype(np.float64)
        return _Trial(modes, by_month, [charge.own_mw(drawn) for charge in self._charges])

    def _by_month(self, trials: list[_Trial], number: int) -> Whole:
        """Return the trial each month takes, worth most together under a charge and its ratchet, (N,)."""
        charge = self._charges[number]
        earned = np.array([trial.earned for trial in trials])
        for other, paid in enumerate(self._charges):
            if other != number:
                earned = earned - np.array([paid.usd(trial.own[other]) for trial in trials])
        own = np.array([trial.own[number] for trial in trials])
        months = np.arange(own.shape[1])

        def worth(chosen: Whole) -> float:
            return float(earned[chosen, months].sum() - charge.usd(own[chosen, months]).sum())

        best_alone = (earned - charge.by_month.usd_per_mw * np.maximum(own, charge.by_month.least_mw)).argmax(
            axis=0
        )
        if not charge.by_month.ratchet_share:
            return best_alone
        starts = [best_alone, *(np.full(len(months), k) for k in range(len(trials)))]
        return max((_improved(start, len(trials), worth) for start in starts), key=worth)

    def _bound(self, best: _Trial) -> tuple[float, BesideMachines]:
        """Return what no operation exceeds, and what runs beside the machines at the prices that prove it.

        Prices on power drawn move towards hours that draw most.
        """
        prices, fixed = self._prices(best)
        bound, value, found = np.inf, best.usd(self._charges) + self._beside.usd, self._beside
        for _ in range(_PRICE_ROUNDS):
            price = np.sum(prices, axis=0)
            paid = price[:, None, None] * self._power
            solution = dispatch(self._problem.with_rewards(self._relaxed - paid), self._limits)
            beside = self._priced(price)
            most = solution.bound_usd + self._relaxed_usd - fixed
            most += beside.usd - float((price * beside.drawn_mw).sum())
            if most < bound:
                bound, found = most, beside
            if bound - value <= TOLERANCE / 2 * max(abs(value), 1.0):
                break
            drawn = self._limits.drawn(solution.modes).sum(axis=1) + beside.drawn_mw
            prices = [
                _moved(charge, price, drawn, own)
                for charge, price, own in zip(self._charges, prices, best.own, strict=True)
            ]
        return bound, found

    def _prices(self, best: _Trial) -> tuple[list[Floats], float]:
        """Return a price on power drawn in each hour for each charge, (T,), and what is due anyway."""
        prices, fixed, paid = list[Floats](), 0.0, np.zeros(len(self._worth))
        drawn = self._limits.drawn(best.modes).sum(axis=1) + self._beside.drawn_mw
        for charge, own in zip(self._charges, best.own, strict=True):
            rate, due = _month_rates(charge, own)
            at_peak = charge.counts & (charge.demand_mw(drawn) >= own[charge.month] * (1 - 1e-9))
            fixed += due
            prices.append(self._spread(charge, rate, paid, at_peak))
            paid = paid + prices[-1]
        return prices, fixed

    def _spread(self, charge: OwnPeakCharge, rate: Floats, paid: Floats, at_peak: Bools) -> Floats:
        """Return a month's rate spread over its hours by what a MW more earns in each, others paid, (T,).

        Only hours at the month's peak have a price: in others less is drawn, which would be paid too much.
        """

        def marginal_usd(level_mw: Floats) -> Floats:
            room = level_mw[charge.month] - self._beside.drawn_mw
            worth = np.where(at_peak, marginal(room, self._worth - paid[:, None], self._step_mw), 0.0)
            return np.where(at_peak, span_means(worth, charge.spans)[charge.spans], 0.0)

        most = self._step_mw.sum() + self._beside.drawn_mw.max()
        low, high = np.zeros(len(rate)), np.full(len(rate), most)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            above = _totals(charge, marginal_usd(middle)) > rate
            low, high = np.where(above, middle, low), np.where(above, high, middle)
        more, less = marginal_usd(low), marginal_usd(high)
        of_more, of_less = _totals(charge, more), _totals(charge, less)
        share = np.clip((rate - of_less) / np.maximum(of_more - of_less, 1e-12), 0.0, 1.0)[charge.month]
        return _scaled(charge, share * more + (1 - share) * less, rate)


def _improved(start: Whole, trials: int, worth: Callable[[Whole], float]) -> Whole:
    """Return choices of trials by month that no change of one month makes worth more."""
    chosen, value = start.copy(), worth(start)
    for _ in range(_SWEEPS):
        before = value
        for n in range(len(chosen)):
            for k in range(trials):
                other = chosen.copy()
                other[n] = k
                if (better := worth(other)) > value:
                    chosen, value = other, better
        if value <= before:
            break
    return chosen


def _steps(rewards: Floats, power_mw: Floats) -> tuple[Floats, Floats, list[tuple[int, int]]]:
    """Return the steps from mode to mode, worthiest first: worth of a MW (T, K), MW (K,), group and mode.

    A step is never before the one below it in its group.
    """
    worth, size, names = [], [], []
    for g, row in enumerate(power_mw):
        below = 0
        for mode in range(1, len(row)):
            if np.isfinite(rewards[:, g, mode]).any():
                gain = np.nan_to_num(rewards[:, g, mode] - rewards[:, g, below], neginf=0.0, posinf=0.0)
                size.append(row[mode] - row[below])
                worth.append(gain / size[-1])
                names.append((g, mode))
                below = mode
    mean = np.maximum(np.array(worth), 0.0).mean(axis=1)
    for k in range(1, len(names)):
        if names[k][0] == names[k - 1][0]:
            mean[k] = min(mean[k], mean[k - 1])
    order = np.argsort(-mean, kind="stable")
    return np.array(worth)[order].T, np.array(size)[order], [names[k] for k in order]


def _month_rates(charge: OwnPeakCharge, own_mw: Floats) -> tuple[Floats, float]:
    """Return what a MW more of each month's own peak costs, (N,), and what is due whatever is drawn."""
    months, rate, due = charge.by_month, np.zeros(len(own_mw)), 0.0
    earlier = dict(months.ratchets())
    for n, usd in enumerate(months.usd_per_mw):
        highest = max(earlier.get(n, []), key=lambda m: own_mw[m], default=None)
        ratchet = 0.0 if highest is None else months.ratchet_share * own_mw[highest]
        if own_mw[n] >= max(ratchet, months.least_mw[n]):
            rate[n] += usd
        elif ratchet >= months.least_mw[n]:
            rate[highest] += usd * months.ratchet_share
        else:
            due += float(usd * months.least_mw[n])
    return rate, due


def _totals(charge: OwnPeakCharge, price: Floats) -> Floats:
    months = len(charge.by_month.months)
    return np.bincount(charge.month, weights=price, minlength=months).astype(np.float64)


def _scaled(charge: OwnPeakCharge, price: Floats, rate: Floats) -> Floats:
    """Return prices that add up to each month's rate; even ones where there were none, shape (T,)."""
    even = charge.counts / np.maximum(_totals(charge, charge.counts.astype(float)), 1.0)[charge.month]
    total = _totals(charge, price)[charge.month]
    share = np.where(total > 0, price / np.where(total > 0, total, 1.0), even)
    return share * rate[charge.month]


def _moved(charge: OwnPeakCharge, price: Floats, drawn_mw: Floats, own_mw: Floats) -> Floats:
    """Return prices moved towards hours whose demand lies above the peak sought, away from those below it."""
    level = np.maximum(own_mw, 1e-6)[charge.month]
    pull = np.clip(charge.demand_mw(drawn_mw) / level - 1, -1.0, 1.0)
    return _scaled(charge, price * np.exp(0.15 * pull), _totals(charge, price))
