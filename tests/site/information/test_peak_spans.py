"""The chance of a peak shorter than an hour: one of the hour's intervals sets it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.site import CoincidentPeak, PriceHistory, Site, make_price_history
from hashpivot.site.information import knowledge_of

NETWORK = NetworkHistory.load()
HOURLY = CoincidentPeak("cp", date(2024, 1, 1), date(2024, 12, 31), tuple(range(1, 13)), 60.0)


def test_an_hours_chance_is_shared_by_its_intervals(west: Site, made: PriceHistory) -> None:
    """What an hour is expected to cost is the same whether its quarters or the whole of it set the peak."""
    quarters = np.timedelta64(15, "m") * np.arange(made.hours * 4)
    columns = {name: np.repeat(values, 4) for name, values in made.columns.items()}
    finer = make_price_history(made.ts_utc[0] + quarters, columns, "made", "made")
    first = 61 * 96
    expected = []
    for minutes in (15, 30, 60):
        tariff = replace(HOURLY, interval_minutes=minutes)
        known = knowledge_of(replace(west, tariffs=(tariff,)), finer, NETWORK, first)
        cost = known.known.peak_usd_per_mwh * known.peak_chance * known.known.interval_hours
        expected.append(cost[first:].sum())
        assert known.peak_chance[first:].max() <= minutes / 60
    assert expected[0] > 0 and expected == pytest.approx([expected[2]] * 3)
