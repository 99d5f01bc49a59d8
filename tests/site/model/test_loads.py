"""Interruptions of AI load: the greedy choice against every possible one."""

from __future__ import annotations

from itertools import product
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashpivot.site import AiLoad
from hashpivot.site.model import Clock

CHICAGO = ZoneInfo("America/Chicago")


def value(load: AiLoad, off: np.ndarray, cost: np.ndarray, clock: Clock) -> float:
    beyond = load.beyond_allowance(off, clock)
    if beyond.any() and load.sla_penalty_usd_per_mwh is None:
        return -np.inf
    fine = load.penalty_usd if load.sla_penalty_usd_per_mwh is not None else 0.0
    return float(load.interruption_gain_usd(cost)[off].sum() - fine * beyond.sum())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.floats(-50, 500), min_size=10, max_size=10),
    st.integers(0, 3),
    st.integers(0, 5),
    st.one_of(st.none(), st.floats(0, 300)),
)
def test_no_choice_of_hours_saves_more(
    costs: list[float], a_day: int, a_month: int, penalty: float | None
) -> None:
    load = AiLoad("a", 0, 0, 2.0, 100.0, 20.0, a_day, a_month, penalty)
    # Ten hours around midnight at the end of a month: two days, two months.
    clock = Clock(np.datetime64("2024-02-01T01", "h") + np.arange(10), CHICAGO)
    cost = np.array(costs)
    chosen = value(load, load.best_interruptions(cost, clock), cost, clock)
    best = max(value(load, np.array(off), cost, clock) for off in product((False, True), repeat=10))
    assert chosen == pytest.approx(best, abs=1e-6)


def test_an_hour_beyond_the_allowance_is_counted_as_it_comes() -> None:
    load = AiLoad("a", 0, 0, 1.0, 100.0, 0.0, 2, 744, 50.0)
    clock = Clock(np.datetime64("2024-05-01T06", "h") + np.arange(5), CHICAGO)
    assert load.beyond_allowance(np.array([1, 1, 0, 1, 1], dtype=bool), clock).tolist() == [0, 0, 0, 1, 1]
