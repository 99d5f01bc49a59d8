"""Where the rolling horizon falls short of perfect foresight, by what it did in the hour."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from ..economics import HourlyEconomics, ProfitAndLoss
from ..model import Floats
from ..policies import ByPolicy

SHORTFALLS = {
    "peak_charges": "peak hours that were not avoided",
    "peak_watch": "off for peaks that did not come",
    "stood_still": "off while power was cheap enough",
    "ran_through": "running through expensive hours",
    "starts": "more starts and stops",
    "other": "other choices of modes, AI load and reserves",
}
_WATCH_USD_PER_MWH = 1.0  # a smaller expected charge moves no decision: breakeven is tens of dollars
_ALIKE = 1e-9


class Settled(Protocol):
    """What is looked at of a backtest."""

    @property
    def hours(self) -> HourlyEconomics:
        """The hours as they were."""
        ...

    @property
    def peak_chance(self) -> Floats:
        """Probability that each hour sets the month's peak, shape (T,)."""
        ...

    @property
    def pnl(self) -> ByPolicy[ProfitAndLoss]:
        """What each policy earned."""
        ...


def shortfall(done: Settled, policy: str = "rolling_horizon") -> dict[str, float]:
    """Return dollars by kind that add up to the profit of perfect foresight less a policy's.

    A kind is negative where the policy did better. An hour counts as `peak_watch` if more machines were off
    than with perfect foresight and the chance of a peak was worth at least a dollar per MWh.

    Raises:
        UnknownKey: If the backtest holds no such policy or no perfect foresight.
    """
    return {kind: float(usd.sum()) for kind, usd in _by_kind(done, policy).items()}


def shortfall_by_hour(done: Settled, policy: str = "rolling_horizon") -> dict[str, list[float]]:
    """Return dollars by kind as `shortfall`, each by hour of the day, market local time: 24 numbers.

    Raises:
        UnknownKey: As `shortfall`.
    """
    hour = done.hours.clock.hour
    return {
        kind: np.bincount(hour, weights=usd, minlength=24).tolist()
        for kind, usd in _by_kind(done, policy).items()
    }


def _by_kind(done: Settled, policy: str) -> dict[str, Floats]:
    """Dollars by kind and hour, shape (T,) each."""
    best, own = done.pnl["perfect_foresight"], done.pnl[policy]
    lost = best.profit_usd - own.profit_usd
    tariffs, wear = (best.usd[name] - own.usd[name] for name in ("tariffs", "wear"))
    rest = lost - tariffs - wear
    more_off = own.off_share > best.off_share + _ALIKE
    less_off = own.off_share < best.off_share - _ALIKE
    watch = done.hours.peak_usd_per_mwh * done.peak_chance >= _WATCH_USD_PER_MWH
    return {
        "peak_charges": tariffs,
        "peak_watch": rest * (more_off & watch),
        "stood_still": rest * (more_off & ~watch),
        "ran_through": rest * less_off,
        "starts": wear,
        "other": rest * (~more_off & ~less_off),
    }


def worst_days(
    done: Settled, most: int = 10, policy: str = "rolling_horizon"
) -> list[tuple[str, float, float, float]]:
    """Return the days a policy fell furthest behind perfect foresight, worst first.

    Returns:
        Date, dollars lost, highest real-time and highest day-ahead price of each.
    """
    days, of_hour = np.unique(done.hours.clock.day, return_inverse=True)
    behind = done.pnl["perfect_foresight"].profit_usd - done.pnl[policy].profit_usd
    lost = np.bincount(of_hour, weights=behind)
    prices, rows = done.hours.prices, []
    for day in np.argsort(-lost, kind="stable")[:most]:
        if lost[day] > 0:
            inside = of_hour == day
            highest = float(prices.rt[inside].max()), float(prices.da[inside].max())
            rows.append((str(days[day]), float(lost[day]), *highest))
    return rows
