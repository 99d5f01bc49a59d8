from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashpivot.bitcoin import hash_rate_ehs
from hashpivot.core import InvalidInput
from hashpivot.nowcast import blocks_expected, solo_dispersion

DIFFICULTY = 100e12


@pytest.mark.parametrize("days", [30, 91])
@pytest.mark.parametrize("variation", [0.0, 0.25])
def test_closed_form_agrees_with_simulation(days: int, variation: float) -> None:
    """Months and quarters of a 30 EH/s pool, block by block."""
    chance = np.random.default_rng(11)
    expected = blocks_expected(30.0, DIFFICULTY, days)
    counts = chance.poisson(expected, 60_000)
    rewards = 3.125 * (1 + variation * chance.standard_normal(int(counts.sum())))
    ends = np.cumsum(counts)
    sums = np.concatenate([[0.0], np.cumsum(rewards)])
    earned = sums[ends] - sums[ends - counts]
    assert earned.std() / earned.mean() == pytest.approx(solo_dispersion(expected, variation), rel=0.01)


def test_the_whole_network_finds_144_blocks_a_day() -> None:
    assert blocks_expected(hash_rate_ehs(DIFFICULTY), DIFFICULTY, 1) == pytest.approx(144)


@given(st.floats(1, 1e5), st.floats(0, 3))
def test_more_blocks_less_luck(blocks: float, variation: float) -> None:
    assert solo_dispersion(4 * blocks, variation) == pytest.approx(solo_dispersion(blocks, variation) / 2)


@pytest.mark.parametrize("blocks", [0.0, -1.0, float("nan")])
def test_no_blocks_no_dispersion(blocks: float) -> None:
    with pytest.raises(InvalidInput):
        solo_dispersion(blocks)


def test_negative_hash_rate_is_refused() -> None:
    with pytest.raises(InvalidInput, match="cannot be negative"):
        blocks_expected(-1, DIFFICULTY, 30)
