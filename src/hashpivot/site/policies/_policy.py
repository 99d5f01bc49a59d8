"""What a policy is: an object with a name that turns a dispatch window into an operation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import numpy as np

from hashpivot.core import InvalidInput

from ..economics import HourlyEconomics, Operation
from ..information import REGIMES, Forecaster, ForecastSchedule, Knowledge, hours_ahead, hours_at_gate
from ..model import Floats, InvalidPrices


class Policy(Protocol):
    """A rule a site can be run by.

    A class with these two members is a policy; it need not inherit from anything. A member `title` (text) is
    shown in tables instead of the name; one that `simple` marks as true needs no forecast, and uplift is
    stated over the best of these.
    """

    @property
    def name(self) -> str:
        """Key of its results; unique in a backtest."""
        ...

    def operate(self, window: DispatchWindow) -> Operation:
        """Decide every hour of a window.

        An honest policy decides each hour by `window.known`, `window.price_signal`, `window.peak_chance` and
        a forecast schedule, all read up to that hour only; it sells reserve by `window.at_gate` and the
        forecasts `offers` of a schedule.

        Args:
            window: The hours, and what is known of them.

        Returns:
            An operation that keeps the limits of the site: `backtest` checks every one of them.
        """
        ...


@dataclass(frozen=True, eq=False)
class DispatchWindow:
    """Hours to be decided and what is known of them. T hours, G groups of machines, L AI loads.

    Args:
        knowledge: All hours of the price history, those before the window included.
        first: Position of the first hour decided.
        end: Position after the last.
        regime: `live` (an hour's real-time price is known when acting) or `lagged` (only the hour before's).
        schedules: Forecasts made so far, by what makes the forecaster: they depend on prices alone.

    Raises:
        InvalidInput: If the regime is unknown.
    """

    knowledge: Knowledge
    first: int
    end: int
    regime: str = "live"
    schedules: dict[Callable[[], Forecaster], ForecastSchedule] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        if self.regime not in REGIMES:
            raise InvalidInput(f"unknown regime {self.regime!r}", hint=f"regimes are {' and '.join(REGIMES)}")

    def __repr__(self) -> str:
        hours = self.known
        return f"DispatchWindow({hours.site.name}, {hours.prices.hours:,} hours, {self.regime})"

    @cached_property
    def part(self) -> Knowledge:
        """Knowledge of the hours decided alone."""
        return self.knowledge.part(self.first, self.end)

    @property
    def known(self) -> HourlyEconomics:
        """The hours with the hashprice of the day before and prices as seen; peaks are the actual ones."""
        return self.part.known

    @property
    def actual(self) -> HourlyEconomics:
        """The hours as they were: what the operation is settled by, and perfect foresight decides by."""
        return self.part.actual

    @property
    def peak_chance(self) -> Floats:
        """Probability that each hour sets the month's peak, as seen an hour before, shape (T,)."""
        return self.part.peak_chance

    @property
    def live(self) -> bool:
        """Whether an hour's real-time price is known when it is decided."""
        return self.regime == "live"

    @property
    def price_signal(self) -> Floats:
        """Real-time price known when each hour is decided: its own or the hour before's, shape (T,).

        Raises:
            InvalidPrices: If the hour before the first is needed and not there.
        """
        return self.known.prices.rt if self.live else self.previous_price

    @cached_property
    def previous_price(self) -> Floats:
        """Real-time price of the interval before each, shape (T,).

        Raises:
            InvalidPrices: If none comes before the first.
        """
        prices = self.knowledge.known.prices
        if self.first < 1:
            raise InvalidPrices(
                "no hour comes before the start, whose price `lagged` and `threshold_previous` need",
                where=prices.zone,
                hint="start an hour later",
            )
        previous: Floats = prices.rt[self.first - 1 : self.end - 1]
        return previous

    @cached_property
    def load_against_month(self) -> Floats:
        """Load of the interval before each over its month's highest so far, shape (T,); 0 where unknown."""
        hours = self.knowledge.known
        share = np.zeros(hours.prices.hours)
        if hours.prices.known("load_mw"):
            month, load = hours.clock.month, hours.prices["load_mw"]
            cuts = np.flatnonzero(month[1:] != month[:-1]) + 1
            for begin, end in zip([0, *cuts], [*cuts, len(month)], strict=True):
                before = load[begin : end - 1]
                share[begin + 1 : end] = np.nan_to_num(before / np.fmax.accumulate(before))
        return share[self.first : self.end]

    @cached_property
    def at_gate(self) -> HourlyEconomics:
        """The hours with what is known of them when offers for their days close: what reserve is sold by."""
        return hours_at_gate(self.knowledge.known, self.known, self.first)

    def schedule(self, make_forecaster: Callable[[], Forecaster]) -> ForecastSchedule:
        """Return forecasts for these hours and the year before, made once for each kind of forecaster.

        Args:
            make_forecaster: Makes a new forecaster; it is fitted each month on what came before.

        Raises:
            InvalidPrices: If fewer than 61 days come before the window.
        """
        if make_forecaster not in self.schedules:
            hours = self.knowledge.known
            ahead = hours_ahead(hours.site)
            self.schedules[make_forecaster] = ForecastSchedule(
                hours.prices, hours.clock, hours.site.market, self.first, self.end, make_forecaster, ahead
            )
        return self.schedules[make_forecaster]

    def no_interruptions(self) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
        """Return interruptions of no AI load in any hour, shape (T, L)."""
        return np.zeros((self.known.prices.hours, len(self.known.site.ai)), dtype=bool)


def title_of(policy: Policy) -> str:
    """Return how a policy is called in tables: its `title`, or its name in words."""
    return str(getattr(policy, "title", policy.name.replace("_", " ")))


def is_simple(policy: Policy) -> bool:
    """Return whether a policy counts among the simple ones, which uplift is stated over."""
    return bool(getattr(policy, "simple", False))
