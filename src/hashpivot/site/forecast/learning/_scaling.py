"""Variance stabilisation of prices: centre, scale, area hyperbolic sine; and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from ...model import Floats

_MAD_TO_SIGMA = 1.4826


@dataclass(frozen=True, slots=True)
class Stabiliser:
    """`asinh((x - median) / MAD)`, a column at a time (Uniejewski, Weron, Ziel 2018, "asinh").

    Args:
        middle: Medians, (columns,).
        spread: Median absolute deviations scaled to a normal's sigma, (columns,); never zero.
    """

    middle: Floats
    spread: Floats

    @classmethod
    def of(cls, sample: Floats) -> Self:
        """Learned from `sample`, (rows, columns)."""
        middle = np.median(sample, axis=0)
        spread = np.median(np.abs(sample - middle), axis=0) * _MAD_TO_SIGMA
        fallback = np.maximum(sample.std(axis=0), 1.0)
        return cls(middle, np.where(spread > 1e-9, spread, fallback))

    def transform(self, values: Floats) -> Floats:
        """Values in units of spread, large ones by their logarithm."""
        return np.arcsinh((values - self.middle) / self.spread)

    def inverse(self, values: Floats) -> Floats:
        """Invert `transform`."""
        return np.sinh(values) * self.spread + self.middle


@dataclass(frozen=True, slots=True)
class Standardiser:
    """Mean 0 and deviation 1, a column at a time; constant columns become 0."""

    mean: Floats
    deviation: Floats

    @classmethod
    def of(cls, sample: Floats) -> Self:
        """Learned from `sample`, (rows, columns)."""
        deviation = sample.std(axis=0)
        return cls(sample.mean(axis=0), np.where(deviation > 1e-6, deviation, 1.0))

    def apply(self, values: Floats) -> Floats:
        """Values in deviations from the mean."""
        return (values - self.mean) / self.deviation
