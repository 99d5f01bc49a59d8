"""Intervals of a nowcast as text."""

import pytest

from hashpivot.nowcast import Estimate
from hashpivot.report.terminal._nowcast import _interval


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (58.8e6, 228.4e6, "$58.8m to $228.4m"),
        (0.9e6, 120e6, "hardly known, 133-fold"),
        (0.0, 5e6, "$0 to $5.0m"),
        (-5e6, 120e6, "−$5.0m to $120.0m"),
    ],
)
def test_an_interval_without_meaning_is_called_so(low: float, high: float, said: str) -> None:
    assert _interval(Estimate((low + high) / 2, low, high)) == said
