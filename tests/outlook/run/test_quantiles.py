"""Quantiles by sampling are those of ordering all."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashpivot.outlook.run._quantiles import FEW, quantiles

LEVELS = [0.1, 0.5, 0.9]
SHAPES = {
    "normal": lambda random, size: random.normal(size=size),
    "wide": lambda random, size: np.exp(3 * random.normal(size=size)),
    "half is zero": lambda random, size: np.maximum(random.normal(size=size), 0.0),
    "one value": lambda random, size: np.full(size, 3.1),
    "few values": lambda random, size: random.integers(0, 4, size).astype(float),
    "two clusters": lambda random, size: random.normal(size=size) + 1e6 * (random.random(size) < 0.5),
    "in order": lambda random, size: np.sort(random.normal(size=size)),
}


@pytest.mark.parametrize("kind", ["f4", "f8"])
@pytest.mark.parametrize("shape", SHAPES)
@given(size=st.integers(FEW - 2, 3 * FEW), seed=st.integers(0, 10**6))
@settings(max_examples=10)
def test_they_are_those_of_numpy_to_the_bit(kind: str, shape: str, size: int, seed: int) -> None:
    values = SHAPES[shape](np.random.default_rng(seed), size).astype(kind)
    before = values.copy()
    assert quantiles(values, LEVELS).tolist() == np.quantile(values, LEVELS).tolist()
    assert (values == before).all()


@given(level=st.floats(0.0, 1.0), seed=st.integers(0, 10**6))
@settings(max_examples=50)
def test_at_any_level(level: float, seed: int) -> None:
    values = np.random.default_rng(seed).normal(size=FEW + 1)
    assert quantiles(values, [level])[0] == np.quantile(values, [level])[0]


def test_a_sample_that_misleads_does_no_harm() -> None:
    values = np.arange(FEW + 1.0)
    values[::16] = -1.0
    assert quantiles(values, LEVELS).tolist() == np.quantile(values, LEVELS).tolist()
