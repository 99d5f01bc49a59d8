"""Several forecasts into one: weights learned from past errors only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from ...model import Floats

_STEPS = 60
_ALMOST = 1e-9
"""Instead of zero, where a single member or one that never errs would divide by it."""


class WeightLearner(Protocol):
    """A way to learn weights of several forecasts from their past errors."""

    def combine(self, forecasts: Floats, actual: Floats, start: Floats) -> Floats:
        """One forecast a day, whose weights know the days before it.

        Args:
            forecasts: (members, days, hours).
            actual: What came, (days, hours); the last day may be unknown (not a number).
            start: Weights of the first days, above zero, (members,).

        Returns:
            (days, hours).
        """


@dataclass(frozen=True, slots=True)
class RollingWeights:
    """Non-negative weights that add up to one and would have made the smallest absolute error lately.

    Found by exponentiated gradient (Kivinen, Warmuth 1997) on the errors of the last `memory` days, started
    from the weights before; so with little evidence they stay near where they began.

    Args:
        memory: Days looked back on.
        renew: Days between updates.
        patience: Days before the first update.
    """

    memory: int = 182
    renew: int = 7
    patience: int = 28

    def combine(self, forecasts: Floats, actual: Floats, start: Floats) -> Floats:
        """One forecast a day; see `WeightLearner`."""
        weights = start / start.sum()
        combined = np.empty(actual.shape)
        for day in range(len(actual)):
            if day >= self.patience and day % self.renew == 0:
                past = slice(max(0, day - self.memory), day)
                weights = _improved(weights, forecasts[:, past], actual[past])
            combined[day] = np.tensordot(weights, forecasts[:, day], axes=1)
        return combined


def _improved(weights: Floats, forecasts: Floats, actual: Floats) -> Floats:
    scale = max(float(np.abs(forecasts - actual).mean()), 1e-9)
    for step in range(_STEPS):
        error = np.tensordot(weights, forecasts, axes=1) - actual
        slope = (np.sign(error) * forecasts).mean(axis=(1, 2)) / scale
        weights = weights * np.exp(-(slope - slope @ weights) / np.sqrt(1 + step))
        weights /= weights.sum()
    return weights


@dataclass(frozen=True, slots=True)
class BernsteinWeights:
    """Bernstein online aggregation (Wintenberger 2017): weights of every hour of the day, moved each day.

    A member's weight grows with what the combined forecast would have gained by leaning on it (the slope of
    the absolute error), less a second-order term. Every member learns at its own rate, the smaller the more
    its gains have varied. An hour's gain is partly its own and partly the mean of the day's hours.

    Args:
        own: Share of an hour's own gain.
        rate: Multiple of the learning rate of the theory.
    """

    own: float = 0.3
    rate: float = 0.5

    def combine(self, forecasts: Floats, actual: Floats, start: Floats) -> Floats:
        """One forecast a day; see `WeightLearner`."""
        prior = np.log(start / start.sum())[:, None]
        gained, varied, largest = (np.zeros((len(start), actual.shape[1])) for _ in range(3))
        weights = np.exp(np.broadcast_to(prior, gained.shape))
        combined = np.empty(actual.shape)
        for day, came in enumerate(actual):
            combined[day] = (weights * forecasts[:, day]).sum(axis=0)
            gain = np.sign(combined[day] - came) * (combined[day] - forecasts[:, day])
            gain = self.own * gain + (1 - self.own) * gain.mean(axis=1, keepdims=True)
            largest = np.maximum(largest, np.abs(gain))
            varied = varied + gain**2
            theory = np.sqrt(np.maximum(-prior, _ALMOST) / np.maximum(varied, _ALMOST**2))
            pace = np.minimum(0.5 / np.maximum(largest, _ALMOST), self.rate * theory)
            gained = gained + gain - pace * gain**2
            weights = _softmax(prior + np.log(pace) + pace * gained)
        return combined


def _softmax(logits: Floats) -> Floats:
    """Non-negative, adding up to one over the first axis."""
    grown = np.exp(logits - logits.max(axis=0))
    shares: Floats = grown / grown.sum(axis=0)
    return shares
