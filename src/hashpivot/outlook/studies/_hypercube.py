"""Samples that fill a box evenly: every input takes each of n equal slices of its range once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

TRIES = 64


def latin_hypercube(samples: int, inputs: int, seed: int) -> NDArray[np.float64]:
    """Points of the unit cube, shape `(samples, inputs)`; the same for a seed.

    Of several such samples the one whose inputs are least correlated.
    Source: McKay, Beckman and Conover (1979), Technometrics 21(2).
    """
    random = np.random.default_rng([seed, samples, inputs])
    return min((_sample(random, samples, inputs) for _ in range(TRIES)), key=_correlation)


def _sample(random: np.random.Generator, samples: int, inputs: int) -> NDArray[np.float64]:
    slices = np.array([random.permutation(samples) for _ in range(inputs)]).reshape(inputs, samples).T
    points: NDArray[np.float64] = (slices + random.random((samples, inputs))) / samples
    return points


def _correlation(points: NDArray[np.float64]) -> float:
    """The largest correlation between two inputs, sign apart; 0 where there is none to be had."""
    samples, inputs = points.shape
    if samples < 3 or inputs < 2:
        return 0.0
    return float(np.abs(np.corrcoef(points.T) - np.eye(inputs)).max())
