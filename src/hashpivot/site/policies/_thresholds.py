"""The breakeven thresholds most sites run by: policies without a forecast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hashpivot.core import InvalidInput

from ..economics import Operation
from ..model import Bools, Floats
from ..solvers import interruption_cost
from ._battery_rule import battery_rule
from ._policy import DispatchWindow
from ._reserve_offer import capped_offer
from ._target_modes import nearest_modes


@dataclass(frozen=True, slots=True)
class ThresholdRealTime:
    """Each group runs while the real-time price it sees is below its breakeven."""

    name: str = "threshold"
    title: str = "threshold"
    simple: ClassVar[bool] = True

    def operate(self, window: DispatchWindow) -> Operation:
        """Decide every hour of a window.

        Raises:
            Unsolvable: If the site's limit cannot be kept.
        """
        return _operation(window, ~_too_expensive(window), window.price_signal)


@dataclass(frozen=True, slots=True)
class ThresholdDayAhead:
    """The threshold, with the day-ahead price as second opinion.

    Lagged, a group is also off where the day-ahead price of the hour is above its breakeven; live, where
    that is so and the hour before was too expensive: it sits out the pause between two spikes.
    """

    name: str = "threshold_day_ahead"
    title: str = "threshold + day-ahead"
    simple: ClassVar[bool] = True

    def operate(self, window: DispatchWindow) -> Operation:
        """Decide every hour of a window.

        Raises:
            Unsolvable: If the site's limit cannot be kept.
        """
        hours = window.known
        expensive_ahead = hours.prices.da[:, None] >= hours.breakeven_usd_per_mwh
        expensive_now = _too_expensive(window)
        before = np.vstack([expensive_now[:1], expensive_now[:-1]])
        off = expensive_now | (expensive_ahead & (before if window.live else True))
        return _operation(window, ~off, window.price_signal)


@dataclass(frozen=True, slots=True)
class ThresholdPrevious:
    """Each group runs while the price of the interval before was below its breakeven, in either regime."""

    name: str = "threshold_previous"
    title: str = "threshold on the previous price"
    simple: ClassVar[bool] = True

    def operate(self, window: DispatchWindow) -> Operation:
        """Decide every hour of a window.

        Raises:
            InvalidPrices: If no price comes before the window.
            Unsolvable: If the site's limit cannot be kept.
        """
        expensive = window.previous_price[:, None] >= window.known.breakeven_usd_per_mwh
        return _operation(window, ~expensive, window.previous_price)


@dataclass(frozen=True, slots=True)
class ThresholdPeakRule:
    """The threshold, and off where a plain rule says that the hour may set the month's peak.

    That is in hours a tariff charges for the peak, from `first_hour` to `last_hour`, while the load of the
    interval before is at least `load_share` of the month's highest so far. The defaults are those of least
    cost, over all summers of 2017 to 2020, that missed none of their peaks.

    Args:
        first_hour: First local hour of the day watched.
        last_hour: Last one.
        load_share: Share of the month's highest load from which an hour is watched.
        name: Key of its results.
        title: How it is called in tables.

    Raises:
        InvalidInput: If the hours are not those of a day in order, or the share is not above 0.
    """

    first_hour: int = 14
    last_hour: int = 17
    load_share: float = 0.98
    name: str = "threshold_peak_rule"
    title: str = "threshold + peak rule"
    simple: ClassVar[bool] = True

    def __post_init__(self) -> None:
        if not 0 <= self.first_hour <= self.last_hour <= 23:
            raise InvalidInput(
                f"the hours {self.first_hour} to {self.last_hour} are not those of one day",
                where=f"policy {self.name!r}",
                hint="give a first and a last hour from 0 to 23, in order",
            )
        if not self.load_share > 0:
            raise InvalidInput(
                f"load_share is {self.load_share}, it must be above 0", where=f"policy {self.name!r}"
            )

    def operate(self, window: DispatchWindow) -> Operation:
        """Decide every hour of a window.

        Raises:
            Unsolvable: If the site's limit cannot be kept.
        """
        hours = window.known
        clock, load = hours.clock, window.load_against_month
        watched = (hours.peak_usd_per_mwh > 0) & (clock.hour >= self.first_hour)
        watched &= (clock.hour <= self.last_hour) & (load >= self.load_share)
        return _operation(window, ~(_too_expensive(window) | watched[:, None]), window.price_signal)


def _too_expensive(window: DispatchWindow) -> Bools:
    """Return where the price a group sees is not below its breakeven, shape (T, G)."""
    expensive: Bools = window.price_signal[:, None] >= window.known.breakeven_usd_per_mwh
    return expensive


def _operation(window: DispatchWindow, wanted_on: Bools, price: Floats) -> Operation:
    """Return the operation nearest to wanted; reserve is sold where the day before's price was cheap.

    Args:
        window: The hours.
        wanted_on: Which groups should run, shape (T, G).
        price: Real-time price that AI load and a battery are run by, shape (T,).
    """
    hours = window.known
    cheap_ahead = window.at_gate.prices.da[:, None] < window.at_gate.breakeven_usd_per_mwh
    committed = capped_offer(hours, cheap_ahead * hours.normal_reserve_mw)
    modes, off = nearest_modes(hours, wanted_on), _interruptions(window, price)
    return Operation(modes, off, committed, plant=battery_rule(window, modes, off, price))


def _interruptions(window: DispatchWindow, price: Floats) -> Bools:
    """Return AI load interrupted wherever a price makes it worth while, shape (T, L)."""
    hours = window.known
    nothing = np.zeros(hours.prices.hours)
    off = window.no_interruptions()
    for number, load in enumerate(hours.site.ai):
        cost = interruption_cost(hours, load, price, nothing)
        off[:, number] = load.interruptions_in_time(cost, hours.clock, nothing)
    return off
