"""Neural networks as a member of the day-ahead committee: trained now and then, kept fresh every day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...model import Floats
from ..learning import Networks
from ._lear import limits_of
from ._member_inputs import MemberInputs
from ._panel import LAGS, LONGEST_LAG, DailyPanel

_NEWEST = 3
"""Latest days that stand in every batch of a daily update."""
_WEEK = tuple(range(1, LONGEST_LAG + 1))
_FARTHEST = 6.0
"""Inputs are cut at so many deviations."""


@dataclass(frozen=True, slots=True)
class NeuralDays:
    """Member of the day-ahead committee: 24 prices at once from what is known the day before.

    Args:
        members: Networks side by side, averaged.
        hidden: Widths of the hidden layers.
        blocks: Blocks of layers. With more than one they stack as in N-BEATSx, over the prices of all seven
            days before; one block sees those of 1, 2, 3 and 7 days before.
        window: Days to learn from.
        renew: Days between trainings from nothing.
        epochs: Passes over the window in a training from nothing.
        daily_steps: Batches learned every day between.
        batch: Days in a batch.
        rate: Learning rate of a training from nothing; it falls to a tenth in the second half.
        daily_rate: Learning rate of the days between.
        dropout: Share of hidden units silenced in a step.
        seed: Of all chance in it.
    """

    members: int = 4
    hidden: tuple[int, ...] = (256, 128)
    blocks: int = 1
    window: int = 1456
    renew: int = 182
    epochs: int = 60
    daily_steps: int = 23
    batch: int = 64
    rate: float = 1e-3
    daily_rate: float = 3e-4
    dropout: float = 0.2
    seed: int = 1

    @property
    def name(self) -> str:
        """Short name for tables."""
        return "networks" if self.blocks == 1 else "n-beatsx"

    def walk(self, panel: DailyPanel, first: int, last: int) -> Floats:
        """Forecasts of days `first` to `last` (excluded), each from earlier days: (last - first, 24)."""
        forecasts = np.empty((last - first, 24))
        training = None
        for day in range(first, last):
            if training is None or (day - first) % self.renew == 0:
                training = _Training(self, panel, day)
            else:
                training.refresh(day)
            forecasts[day - first] = training.forecast(day)
        return forecasts


class _Training:
    """Networks and the scales they were trained in; scales rest until the next training from nothing."""

    def __init__(self, settings: NeuralDays, panel: DailyPanel, day: int) -> None:
        self._settings = settings
        start = max(LONGEST_LAG, day - settings.window)
        lags = LAGS if settings.blocks == 1 else _WEEK
        inputs = MemberInputs.of(panel, lags, range(start, day), slice(0, len(panel)), panel.season)
        self._inputs = np.clip(inputs.features, -_FARTHEST, _FARTHEST).astype(np.float32)
        self._scale = inputs.scale
        stabilised = self._scale.transform(panel.prices_usd_per_mwh)
        self._middle, self._limits = stabilised[start:day].mean(axis=0), limits_of(stabilised[start:day])
        self._targets = (stabilised - self._middle).astype(np.float32)
        self._chance = np.random.default_rng([settings.seed, day])
        sizes = (self._inputs.shape[1], *settings.hidden, 24)
        self._networks = Networks(
            sizes,
            settings.members,
            settings.dropout,
            0.01,
            0.98,
            settings.seed + day,
            blocks=settings.blocks,
            history=24 * len(lags),
        )
        self._train(start, day)

    def _train(self, start: int, day: int) -> None:
        settings, days = self._settings, day - start
        batches = max(1, days // settings.batch)
        total = settings.epochs * batches
        for epoch in range(settings.epochs):
            order = start + self._chance.permutation(days)
            for number, chosen in enumerate(np.array_split(order, batches)):
                left = 1 - (epoch * batches + number) / total
                self._learn(chosen, settings.rate * max(0.1, min(1.0, 2 * left)))

    def refresh(self, day: int) -> None:
        """Learn on days before `day`: any of the window, the newest in every batch."""
        settings = self._settings
        start = max(LONGEST_LAG, day - settings.window)
        for _ in range(settings.daily_steps):
            chosen = self._chance.integers(start, day, settings.batch)
            chosen[:_NEWEST] = day - 1 - np.arange(_NEWEST)
            self._learn(chosen, settings.daily_rate)

    def forecast(self, day: int) -> Floats:
        """The 24 prices of `day`: the mean over the networks."""
        stabilised = self._networks.predict(self._inputs[day : day + 1])[:, 0] + self._middle
        prices: Floats = self._scale.inverse(np.clip(stabilised, *self._limits)).mean(axis=0)
        return prices

    def _learn(self, chosen: NDArray[np.int64], rate: float) -> None:
        self._networks.learn(self._inputs[chosen], self._targets[chosen], rate)
