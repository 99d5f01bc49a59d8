"""A distribution for each hour, given by its quantiles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...model import Floats

LEVELS = np.array([0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99, 0.995])
"""Levels of the forecasters of this package."""


@dataclass(frozen=True, eq=False)
class Quantiles:
    """Quantiles of a price.

    Args:
        levels: Rising, between 0 and 1, (levels,).
        values_usd_per_mwh: Not falling along the last axis, (hours, levels), or (origins, hours, levels).
    """

    levels: Floats
    values_usd_per_mwh: Floats

    @property
    def median(self) -> Floats:
        """The middle of the distribution."""
        return self.at(0.5)

    @property
    def mean(self) -> Floats:
        """The area under the quantile function, flat beyond the outermost levels.

        What lies beyond the highest level is counted as if it lay on it, so spikes are a little underrated.
        """
        edges = np.concatenate([[0.0], (self.levels[1:] + self.levels[:-1]) / 2, [1.0]])
        mean: Floats = self.values_usd_per_mwh @ np.diff(edges)
        return mean

    def at(self, level: float) -> Floats:
        """Return the quantile of one level, interpolated linearly between the levels at hand."""
        value: Floats = self.at_levels(np.array([level]))[..., 0]
        return value

    def at_levels(self, wanted: Floats) -> Floats:
        """Return quantiles of other levels, interpolated linearly, flat beyond; shape (..., wanted)."""
        right = np.clip(np.searchsorted(self.levels, wanted), 1, len(self.levels) - 1)
        low, high = self.levels[right - 1], self.levels[right]
        weight = np.clip((wanted - low) / (high - low), 0.0, 1.0)
        values = self.values_usd_per_mwh
        between: Floats = values[..., right - 1] * (1 - weight) + values[..., right] * weight
        return between


def pinball(quantiles: Quantiles, actual: Floats) -> Floats:
    """Mean pinball loss of each level over all hours, (levels,)."""
    error = actual[..., None] - quantiles.values_usd_per_mwh
    loss = np.maximum(quantiles.levels * error, (quantiles.levels - 1) * error)
    mean: Floats = loss.reshape(-1, len(quantiles.levels)).mean(axis=0)
    return mean


def coverage(quantiles: Quantiles, actual: Floats) -> Floats:
    """Share of hours at or below each quantile, (levels,): a calibrated forecast's equals the level."""
    below = actual[..., None] <= quantiles.values_usd_per_mwh
    return np.asarray(below.reshape(-1, len(quantiles.levels)).mean(axis=0), dtype=np.float64)
