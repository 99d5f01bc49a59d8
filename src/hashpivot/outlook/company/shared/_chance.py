"""Chance: all that is drawn at random for a company, and the same company with nothing left to chance."""

from __future__ import annotations

from math import log1p, sqrt
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from hashpivot.core import Line
from hashpivot.formula import Number

from ...inputs import AiContract, Chips, Colocation, PowerQuarter
from ._levels import StartLevels
from ._power import DrawnPower, PowerAhead, SeasonalPower
from ._schedule import AgeTable, ContractSchedule, Schedule
from ._streams import Streams

LINES = tuple(Line)
QUARTERS_PER_YEAR = 4
MOST_SPREADS = 2.0
"""Judged: margins of peers beyond two spreads belong to other businesses."""

MOVED_KEPT = 0.75
"""A quarter's share of what a line has moved away from its start. Judged: by a year two thirds is back."""
MOST_TRIALS = 10_000
"""Quarters beyond any horizon."""
LEAST_SCALE, MOST_SCALE = 0.1, 4.0
"""Bounds of what unplanned changes make of a fleet. Judged: beyond them it would be another company."""


class Chance(Protocol):
    """Everything a company's model asks of chance, in the order in which it asks."""

    def start_level(self, line: Line) -> Number:
        """Factor on a line's level in the first quarter."""
        ...

    def start_slip(self, number: int, colocation: Colocation, overdue: float = 0) -> Number:
        """Quarters by which the contract of that number is late, one that is overdue counted from now."""
        ...

    def margin_shift(self, line: Line, spread: float) -> Number:
        """What a line's margin, if it is not known, is above the one assumed."""
        ...

    def tenant(self, number: int, contract: AiContract) -> tuple[Number, Number]:
        """Factor on the rate of the contract with that number; 1 if its tenant comes, else 0."""
        ...

    def loss(self, place: int, yearly: float, empty_quarters: float) -> tuple[Number, Number] | None:
        """Quarters after the first in which a tenant is lost and the next one pays; None if none is lost."""
        ...

    def running_rent(self, spread: float) -> Number:
        """Factor on the rent that runs, once it has settled."""
        ...

    def tape_out_slip(self, chips: Chips) -> Number:
        """Quarters by which the first chip is late."""
        ...

    def schedule(self, schedule: ContractSchedule) -> Schedule:
        """A contract's schedule in the form that suits the ages to come."""
        ...

    def power(self, past: tuple[PowerQuarter, ...], usd_per_mwh: float) -> PowerAhead:
        """The power of the quarters ahead."""
        ...

    def fleet_change(self, noise: float, quarters: int = 1) -> Number:
        """Factor on the fleet of so many quarters, beyond plan and renewal."""
        ...

    def line_change(self, noise: float) -> Number:
        """Factor on the levels of lines that are neither mining nor AI, from one quarter to the next."""
        ...

    def spot_shock(self, volatility: float) -> Number:
        """A quarter's shock to the log spot price of GPU time."""
        ...

    def rent_shock(self, volatility: float) -> Number:
        """A quarter's shock to the log rent of data halls."""
        ...


class NoChance:
    """Contracts and chips on time, tenants that come, no shocks; power as its past quarters on average."""

    def start_level(self, line: Line) -> Number:
        """The median."""
        return 1.0

    def start_slip(self, number: int, colocation: Colocation, overdue: float = 0) -> Number:
        """None."""
        return 0

    def margin_shift(self, line: Line, spread: float) -> Number:
        """None."""
        return 0.0

    def tenant(self, number: int, contract: AiContract) -> tuple[Number, Number]:
        """The tenant comes, at the median rate."""
        return 1.0, 1.0

    def loss(self, place: int, yearly: float, empty_quarters: float) -> tuple[Number, Number] | None:
        """None is lost."""
        return None

    def running_rent(self, spread: float) -> Number:
        """The median."""
        return 1.0

    def tape_out_slip(self, chips: Chips) -> Number:
        """None."""
        return 0

    def schedule(self, schedule: ContractSchedule) -> Schedule:
        """The schedule's own formulas."""
        return schedule

    def power(self, past: tuple[PowerQuarter, ...], usd_per_mwh: float) -> PowerAhead:
        """The mean of the past quarters of each season."""
        return SeasonalPower(past, usd_per_mwh)

    def fleet_change(self, noise: float, quarters: int = 1) -> Number:
        """None."""
        return 1.0

    def line_change(self, noise: float) -> Number:
        """None."""
        return 1.0

    def spot_shock(self, volatility: float) -> Number:
        """None."""
        return 0.0

    def rent_shock(self, volatility: float) -> Number:
        """None."""
        return 0.0


class DrawnChance:
    """Draws for every path; arrays have the shape `(paths,)`.

    Inputs never change how many random numbers are drawn: runs of one seed that differ in an input differ by
    that input alone.

    Args:
        streams: Random numbers by purpose.
        paths: Number of paths.
        levels: Levels of the lines in the first quarter, if they were drawn.
        pay: What the network pays in the first quarter, by path.
    """

    def __init__(
        self, streams: Streams, paths: int, levels: StartLevels | None = None,
        pay: NDArray[np.floating] | None = None,
    ) -> None:  # fmt: skip
        self._streams, self._paths, self._levels = streams, paths, levels
        self._places = None if levels is None or pay is None else levels.places(pay)
        self._random, self._rents, self._lines = streams.company(), streams.colocation(), streams.lines()
        self._strain: NDArray[np.float64] | None = None
        self._moved = np.zeros(paths)
        self._scale = np.ones(paths)

    def start_level(self, line: Line) -> Number:
        """The draw of the path's rank; the median for a line that was not drawn."""
        if self._levels is None or self._places is None or line not in self._levels.factors:
            return 1.0
        return self._levels.factors[line][self._places].astype(np.float64)

    def start_slip(self, number: int, colocation: Colocation, overdue: float = 0) -> NDArray[np.int64]:
        """0 with the chance `on_time`, else geometric with mean `late_quarters`.

        One that is overdue waits longer on average the longer it has waited: its mean is at least its age.
        One number a path says both, so that a smaller chance or a longer mean makes no path earlier.
        """
        likely = 1.0 if overdue else 1.0 - colocation.on_time
        drawn = _above_zero(self._streams.delay(number), self._paths)
        if not likely:
            return np.zeros(self._paths, dtype=np.int64)
        by = geometric(np.minimum(drawn / likely, 1.0), 1 / max(colocation.late_quarters, overdue))
        return np.where(drawn <= likely, by, 0)

    def margin_shift(self, line: Line, spread: float) -> Number:
        """Normal, at most two spreads away."""
        if not spread:
            return 0.0
        normal = self._streams.margins(LINES.index(line)).standard_normal(self._paths)
        return spread * np.clip(normal, -MOST_SPREADS, MOST_SPREADS)

    def tenant(self, number: int, contract: AiContract) -> tuple[Number, Number]:
        """A log-normal rate of spread `rate_spread`, and a tenant with the chance `tenant_chance`."""
        if not contract.rate_spread and contract.tenant_chance == 1:
            return 1.0, 1.0
        random = self._streams.contract(number)
        rate = np.exp(contract.rate_spread * random.standard_normal(self._paths))
        return rate, (random.random(self._paths) < contract.tenant_chance).astype(np.float64)

    def loss(self, place: int, yearly: float, empty_quarters: float) -> tuple[Number, Number] | None:
        """Exponential, its rate times an exponential factor that a path's tenants share: they fail together.

        At most one tenant of a place is lost. The next one comes after a geometric number of quarters.

        Args:
            place: Number of what is let, from 1 on.
            yearly: Probability of a loss in a year.
            empty_quarters: Mean quarters without a tenant.
        """
        if not yearly:
            return None
        if self._strain is None:
            self._strain = self._streams.losses(0).standard_exponential(self._paths)
        random, quarterly = self._streams.losses(place), yearly / (1 - yearly) / QUARTERS_PER_YEAR
        lost = np.ceil(random.standard_exponential(self._paths) / (quarterly * self._strain))
        return lost, lost + geometric(_above_zero(random, self._paths), 1 / empty_quarters)

    def running_rent(self, spread: float) -> Number:
        """Log-normal."""
        if not spread:
            return 1.0
        return np.exp(spread * self._streams.running().standard_normal(self._paths))

    def tape_out_slip(self, chips: Chips) -> NDArray[np.int64]:
        """A number of failed tape-outs, each `respin_quarters` long."""
        drawn = _above_zero(self._streams.tape_outs(), self._paths)
        failed = geometric(drawn, chips.tape_out_success) - 1
        late: NDArray[np.int64] = failed * chips.respin_quarters
        return late

    def schedule(self, schedule: ContractSchedule) -> Schedule:
        """A table of all ages: paths are at ages of their own."""
        return AgeTable.of(schedule)

    def power(self, past: tuple[PowerQuarter, ...], usd_per_mwh: float) -> PowerAhead:
        """Past quarters of the season, drawn for each path."""
        return DrawnPower(past, usd_per_mwh, self._streams.power(), self._paths)

    def fleet_change(self, noise: float, quarters: int = 1) -> NDArray[np.float64]:
        """Log-normal of spread `noise x sqrt(quarters)`; all factors so far together stay within bounds."""
        spread = noise * sqrt(quarters)
        moved = self._scale * np.exp(spread * self._random.standard_normal(self._paths))
        before, self._scale = self._scale, np.clip(moved, LEAST_SCALE, MOST_SCALE)
        return self._scale / before

    def line_change(self, noise: float) -> Number:
        """Log-normal around the start, which what has moved away returns to; the median is no change."""
        if not noise:
            return 1.0
        before = self._moved
        self._moved = MOVED_KEPT * before + noise * self._lines.standard_normal(self._paths)
        return np.exp(self._moved - before)

    def spot_shock(self, volatility: float) -> NDArray[np.float64]:
        """Normal."""
        normal = self._random.standard_normal(self._paths)
        shock: NDArray[np.float64] = volatility / sqrt(QUARTERS_PER_YEAR) * normal
        return shock

    def rent_shock(self, volatility: float) -> Number:
        """Normal; the same for every company."""
        if not volatility:
            return 0.0
        return volatility / sqrt(QUARTERS_PER_YEAR) * self._rents.standard_normal(self._paths)


def geometric(uniform: NDArray[np.float64], chance: float) -> NDArray[np.int64]:
    """Trials up to and with the first success, one a number in (0, 1]: the smaller it is, the more.

    Args:
        uniform: Numbers drawn evenly from (0, 1].
        chance: Of success in each trial.
    """
    if chance >= 1:
        return np.ones(uniform.shape, dtype=np.int64)
    trials = np.ceil(np.log(uniform) / log1p(-chance))
    return np.clip(trials, 1, MOST_TRIALS).astype(np.int64)


def _above_zero(random: np.random.Generator, paths: int) -> NDArray[np.float64]:
    """Drawn evenly from (0, 1]."""
    return 1.0 - random.random(paths)
