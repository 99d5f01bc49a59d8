"""An estimate with its interval, and the draws it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..network import Floats

STEP_USD = 1000
"""What a nowcast is rounded to when shown."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A median and an 80% interval in US dollars.

    Args:
        median_usd: As likely too high as too low.
        p10_usd: Falls short of it once in ten.
        p90_usd: Exceeds it once in ten.
    """

    median_usd: float
    p10_usd: float
    p90_usd: float

    @classmethod
    def of(cls, draws: Floats) -> Estimate:
        """The median and quantiles of draws, shape (draws,)."""
        low, middle, high = np.quantile(draws, (0.1, 0.5, 0.9))
        return cls(float(middle), float(low), float(high))

    def holds(self, value_usd: float) -> bool:
        """True if a value lies in the 80% interval."""
        return self.p10_usd <= value_usd <= self.p90_usd

    def to_dict(self) -> dict[str, Any]:
        """`{"median_usd", "p10_usd", "p90_usd"}`, in whole thousands of dollars."""
        amounts = (self.median_usd, self.p10_usd, self.p90_usd)
        names = ("median_usd", "p10_usd", "p90_usd")
        return {name: rounded(amount) for name, amount in zip(names, amounts, strict=True)}


def rounded(amount_usd: float) -> int:
    """An amount in whole thousands of dollars: a nowcast is not known more closely."""
    return round(amount_usd / STEP_USD) * STEP_USD


def widened(draws: Floats, factor: float) -> Floats:
    """Positive draws with their distances from the median, in logarithms, times a factor."""
    middle = np.median(draws)
    return np.asarray(middle * (draws / middle) ** factor)
