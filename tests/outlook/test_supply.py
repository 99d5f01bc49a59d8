from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashpivot.outlook import NetworkModel
from hashpivot.outlook._supply import full_margin_of, log_equilibrium_share, log_share_table, share_running

NETWORK = NetworkModel()


@given(st.floats(-3, 3))
def test_the_margin_the_share_leaves_is_the_one_at_which_it_runs(full_margin: float) -> None:
    share = log_equilibrium_share(full_margin, NETWORK)
    assert exp(share) == pytest.approx(share_running(full_margin - share, NETWORK), rel=1e-6)


@given(st.floats(-0.5, 3))
def test_full_margin_is_the_inverse(margin: float) -> None:
    full = full_margin_of(margin, NETWORK)
    assert full - log_equilibrium_share(full, NETWORK) == pytest.approx(margin, abs=1e-6)


def test_more_runs_where_more_is_earned_and_nearly_all_where_much_is() -> None:
    table = log_share_table(NETWORK)
    assert (table[1:] >= table[:-1]).all()
    assert exp(float(table[-1])) > 0.999
    assert share_running(0.0, NETWORK) == pytest.approx(0.5)


def test_without_spreads_everything_stops_at_breakeven() -> None:
    sharp = NetworkModel(cost_spread=0.02, class_spread=0.0)
    assert share_running(0.1, sharp) > 0.999
    assert share_running(-0.1, sharp) < 0.001
