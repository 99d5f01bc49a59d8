"""The day-ahead committee: linear, boosted and neural members and the one configuration they run in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from hashpivot.core import InvalidInput

from ...model import Floats
from ..learning import BernsteinWeights, RollingWeights, WeightLearner
from ._boosting import BoostedDays
from ._lear import Lear
from ._networks import NeuralDays
from ._panel import DailyPanel

FEWEST_DAYS = 100
"""Of history before the first forecast."""


class CommitteeMember(Protocol):
    """A forecaster that walks forward a day at a time."""

    @property
    def name(self) -> str:
        """Short name for tables."""

    def walk(self, panel: DailyPanel, first: int, last: int) -> Floats:
        """Forecasts of days `first` to `last` (excluded), each from what was known the day before."""


@dataclass(frozen=True, slots=True)
class DayAheadWalk:
    """What the members said and what the committee made of it.

    Args:
        names: Of the members.
        members: (members, days, 24).
        combined: (days, 24).
    """

    names: tuple[str, ...]
    members: Floats
    combined: Floats


MEMBERS: tuple[tuple[CommitteeMember, float], ...] = (
    (Lear(56), 0.04),
    (Lear(84), 0.04),
    (Lear(364), 0.04),
    (Lear(728), 0.04),
    (Lear(1092), 0.04),
    (NeuralDays(), 0.2),
    (NeuralDays(blocks=3, hidden=(128, 128)), 0.2),
    (BoostedDays(), 0.4),
)
"""The members and the weights they start with, chosen on the year before the test years of three markets."""


@dataclass(frozen=True, slots=True)
class DayAheadCommittee:
    """Forecasts tomorrow's 24 prices.

    Args:
        members: Forecasters and the weights they start with.
        weights: How weights are learned; the answers of several ways are averaged.
    """

    members: tuple[tuple[CommitteeMember, float], ...] = MEMBERS
    weights: tuple[WeightLearner, ...] = (RollingWeights(), BernsteinWeights())

    def walk(
        self, panel: DailyPanel, first: int, last: int, done: Callable[[str], None] | None = None
    ) -> DayAheadWalk:
        """Forecasts of days number `first` to `last` (excluded), each from earlier days' prices.

        Args:
            panel: The market; drivers of a day are used for that day.
            first: First day forecast.
            last: Day after the last one forecast; its own price need not be known.
            done: Told a member's name when its walk is finished.

        Raises:
            InvalidInput: If there is less history than `FEWEST_DAYS`, `last` is outside the panel, or a price
                or driver that is needed is not a number.
            MissingLibrary: If LightGBM is not installed.
        """
        if not FEWEST_DAYS <= first < last <= len(panel):
            raise InvalidInput(
                f"cannot forecast days {first} to {last} of {len(panel)}",
                hint=f"at least {FEWEST_DAYS} days of history are needed, and drivers of the days forecast",
            )
        _check_numbers(panel, last)
        forecasts = []
        for member, _ in self.members:
            forecasts.append(member.walk(panel, first, last))
            if done:
                done(member.name)
        spoken = np.stack(forecasts)
        start = np.array([weight for _, weight in self.members])
        actual = panel.prices_usd_per_mwh[first:last]
        combined = np.mean([way.combine(spoken, actual, start) for way in self.weights], axis=0)
        return DayAheadWalk(tuple(member.name for member, _ in self.members), spoken, combined)


def _check_numbers(panel: DailyPanel, last: int) -> None:
    known = np.isfinite(panel.prices_usd_per_mwh[: last - 1]).all(axis=1)
    driven = np.isfinite(panel.drivers[:, :last]).all(axis=(0, 2))
    for what, there in (("price", known), ("driver", driven)):
        if not there.all():
            day = panel.days[int((~there).argmax())]
            raise InvalidInput(f"a {what} of {day} is not a number", hint="fill the gap or start after it")
