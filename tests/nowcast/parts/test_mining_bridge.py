from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashpivot.nowcast import FACTORS, Days, market, mining_steps

BEFORE, AFTER = (date(2024, 1, 1), date(2024, 3, 31)), (date(2024, 4, 1), date(2024, 6, 30))
MONEY = st.floats(1e5, 1e9)


@settings(max_examples=50, deadline=None)
@given(low=MONEY, high=MONEY, rates=st.none() | st.tuples(st.floats(0.1, 500), st.floats(0.1, 500)))
def test_steps_add_up_exactly(days: Days, low: float, high: float, rates: tuple[float, float] | None) -> None:
    found = mining_steps(market(days, AFTER[1], 1, 4), (*BEFORE, low), (*AFTER, high), rates)
    assert sum(step.usd for step in found) == pytest.approx(high - low, abs=1e-3)


def test_across_the_halving_the_subsidy_halves_and_the_price_is_told_apart(days: Days) -> None:
    found = {
        step.name: step.usd
        for step in mining_steps(market(days, AFTER[1], 1, 4), (*BEFORE, 70e6), (*AFTER, 50e6), (12.0, 14.0))
    }
    assert [*found] == [*FACTORS, "hash_rate", "realised_share"]
    assert found["subsidy"] < -25e6
    assert found["price"] > 5e6
    assert found["hash_rate"] > 0
    assert found["days"] == 0


def test_equal_quarters_have_no_steps(days: Days) -> None:
    found = mining_steps(market(days, BEFORE[1], 1, 4), (*BEFORE, 7e7), (*BEFORE, 7e7), None)
    assert all(abs(step.usd) < 1e-3 for step in found)
