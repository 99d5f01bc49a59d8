from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashpivot.outlook import NetworkModel
from hashpivot.outlook.market._supply import (
    LOWEST,
    STEPS_PER_UNIT,
    full_margin_of,
    log_share_table,
    share_running,
)

NETWORK = NetworkModel()


def looked_up(full_margin: float) -> float:
    return float(log_share_table(NETWORK)[round((full_margin - LOWEST) * STEPS_PER_UNIT)])


@given(st.integers(-2_000, 1_500).map(lambda step: step / STEPS_PER_UNIT))
def test_the_margin_the_share_leaves_is_the_one_at_which_it_runs(full_margin: float) -> None:
    share = looked_up(full_margin)
    assert share == pytest.approx(log(share_running(full_margin - share, NETWORK)), abs=2e-3)


@given(st.floats(-0.5, 2))
def test_full_margin_is_the_inverse(margin: float) -> None:
    full = full_margin_of(margin, NETWORK)
    assert full - looked_up(full) == pytest.approx(margin, abs=4e-3)


def test_more_runs_where_more_is_earned_and_nearly_all_where_much_is() -> None:
    table = log_share_table(NETWORK)
    assert (table[1:] >= table[:-1]).all()
    assert exp(float(table[-1])) > 0.999
    assert share_running(0.0, NETWORK) == pytest.approx(0.5)


def test_without_spreads_everything_stops_at_breakeven() -> None:
    sharp = NetworkModel(cost_spread=0.02, class_spread=0.0)
    assert share_running(0.1, sharp) > 0.999
    assert share_running(-0.1, sharp) < 0.001
