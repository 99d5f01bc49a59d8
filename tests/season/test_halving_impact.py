"""What the halving of 2024 did."""

from __future__ import annotations

import pytest

from hashpivot import Desk
from hashpivot.core import InvalidInput, Missing


def test_the_squeeze_of_2024_halves_revenue_per_hash_rate(desk: Desk) -> None:
    found = {squeeze.ticker: squeeze for squeeze in desk.squeeze()}
    assert {"RIOT", "CLSK", "CORZ", "BTBT"} <= set(found)
    for squeeze in found.values():
        before, after = (side.revenue_per_ehs.value for side in (squeeze.before, squeeze.after))
        if not isinstance(before, Missing) and not isinstance(after, Missing):
            # hashprice went from 92 to 45 USD/PH/day; a joint venture's bitcoin, not its revenue, are in
            # Cipher's
            least = 0.44 if squeeze.ticker == "CIFR" else 0.45
            assert least < float(after) / float(before) < 0.55
        assert str(squeeze.before.quarter) == "2024Q1" and str(squeeze.after.quarter) == "2024Q3"


def test_revenue_and_cost_per_hash_rate_are_consistent_with_the_margin(desk: Desk) -> None:
    clsk = next(s for s in desk.squeeze() if s.ticker == "CLSK")
    network = desk.network.quarter(clsk.before.quarter)
    margin, breakeven = float(clsk.before.margin.value), float(clsk.before.breakeven.value)  # type: ignore[arg-type]
    earned = float(clsk.before.revenue_per_ehs.value) / 1000 / network.days  # type: ignore[arg-type]
    assert breakeven == pytest.approx(earned * (1 - margin))
    assert earned == pytest.approx(network.mean_hashprice_usd_per_ph_day, rel=0.05)


def test_a_halving_still_to_come_is_refused(desk: Desk) -> None:
    with pytest.raises(InvalidInput):
        desk.squeeze(5)
