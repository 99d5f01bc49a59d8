"""Adjusted EBITDA: revenue less cash costs, with or without the change in fair value of bitcoin."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from hashpivot.core import Missing, Quarter, not_in_ledger
from hashpivot.nowcast.network import Floats
from hashpivot.nowcast.parts._ebitda import (
    CostChanges,
    EbitdaQuarter,
    cost_changes,
    counts_fair_value,
    ebitda_draws,
)

Q4 = Quarter(2024, 4)
UNKNOWN = not_in_ledger("no bitcoin held are known")
FIXED = CostChanges(share=0.0, scatter=0.0)


def history(ebitda: Sequence[float], fair_value: Sequence[float | None]) -> list[EbitdaQuarter]:
    """Quarters of 100 million revenue up to 2024Q3."""
    quarters = (Q4 - back for back in range(len(ebitda), 0, -1))
    given = zip(quarters, ebitda, fair_value, strict=True)
    return [EbitdaQuarter(q, 100e6, usd, change) for q, usd, change in given]


PLAIN = history([40e6, 38e6, 42e6], [90e6, -70e6, 20e6])
MARKED = history([130e6, -32e6, 62e6], [90e6, -70e6, 20e6])
"""The same costs, with the change in fair value counted in."""


def drawn(
    past: Sequence[EbitdaQuarter], changes: CostChanges, fair_value: Floats | Missing
) -> Floats | Missing:
    revenue, counted = np.linspace(80e6, 120e6, 4001), counts_fair_value(past)
    return ebitda_draws(past, Q4, revenue, fair_value, changes, 1, counted=counted)


def test_costs_stay_and_revenue_moves_it() -> None:
    found = drawn(PLAIN, FIXED, UNKNOWN)
    assert not isinstance(found, Missing)
    assert found == pytest.approx(np.linspace(80e6, 120e6, 4001) - 58e6)


def test_past_quarters_tell_what_is_counted_in() -> None:
    assert not counts_fair_value(PLAIN)
    assert counts_fair_value(MARKED)
    gain = np.full(4001, 30e6)
    plain, marked = (drawn(past, FIXED, gain) for past in (PLAIN, MARKED))
    assert not isinstance(plain, Missing) and not isinstance(marked, Missing)
    assert np.median(plain) == pytest.approx(42e6)
    assert np.median(marked) == pytest.approx(72e6)


def test_absent_with_the_reason() -> None:
    for past, words in (
        (MARKED, "fair value of bitcoin, and no bitcoin held"),
        ([], "no adjusted EBITDA is known"),
        (history([150e6], [None]), "fair value of bitcoin"),
    ):
        found = drawn(past, FIXED, UNKNOWN)
        assert isinstance(found, Missing) and words in found.reason
    found = drawn(history([150e6], [None]), FIXED, np.zeros(4001))
    assert isinstance(found, Missing) and "counts something else" in found.reason


def test_how_costs_follow_revenue_is_learned_and_drawn_toward_a_half() -> None:
    assert cost_changes([]) == CostChanges(0.5, 0.25)
    past = [EbitdaQuarter(Quarter(2020, 1) + i, usd, 0.4 * usd, None) for i, usd in enumerate((4e6, 9e6) * 8)]
    found = cost_changes([past] * 3)
    assert 0.9 < found.share < 1.0
    assert found.scatter < 0.15


def test_older_figures_scatter_more() -> None:
    near, far = (drawn(PLAIN[:count], CostChanges(0.0, 0.2), UNKNOWN) for count in (3, 1))
    assert not isinstance(near, Missing) and not isinstance(far, Missing)
    widths = [np.quantile(each, 0.9) - np.quantile(each, 0.1) for each in (near, far)]
    assert widths[1] > 1.2 * widths[0]
