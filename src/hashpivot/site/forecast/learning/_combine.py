"""Several forecasts into one: weights learned from past errors only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...model import Floats

_STEPS = 60


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
        """One forecast a day, whose weights know the days before it.

        Args:
            forecasts: (members, days, hours).
            actual: What came, (days, hours); the last day may be unknown (not a number).
            start: Weights of the first days, (members,).

        Returns:
            (days, hours).
        """
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
