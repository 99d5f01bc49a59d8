"""Where fleets are going, by what all companies' fleets did."""

from __future__ import annotations

from math import log

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Quarter
from hashpivot.ledger import View
from hashpivot.outlook.record import FleetChange, fallen, fleet_changes, fleet_trend

BEGINS = Quarter(2026, 4)


def changes(**by_ticker: list[tuple[Quarter, float]]) -> dict[str, list[FleetChange]]:
    return {
        ticker: [FleetChange(end, 1, change) for end, change in some] for ticker, some in by_ticker.items()
    }


def test_own_changes_are_drawn_towards_those_of_all() -> None:
    latest = [BEGINS + -quarters for quarters in (4, 3, 2, 1)]
    known = changes(UP=[(q, 0.3) for q in latest], DOWN=[(q, -0.1) for q in latest])
    up, down, other = (fleet_trend(known, ticker, BEGINS, half_life=1e9) for ticker in ("UP", "DOWN", "NEW"))
    assert other.per_quarter == pytest.approx(0.1)
    assert up.per_quarter == pytest.approx((4 * 0.3 + 16 * 0.1) / 20)
    assert up.per_quarter > other.per_quarter > down.per_quarter
    assert (up.own, other.own, other.common) == (4, 0, 8)


def test_old_changes_say_nothing_and_a_trend_fades() -> None:
    old = changes(ONE=[(BEGINS + -6, 0.5)])
    assert fleet_trend(old, "ONE", BEGINS).per_quarter == 0.0
    fresh = fleet_trend(changes(ONE=[(BEGINS, 0.4)]), "ONE", BEGINS).per_quarter
    year_old = fleet_trend(changes(ONE=[(BEGINS + -4, 0.4)]), "ONE", BEGINS).per_quarter
    assert fresh == pytest.approx(0.4)
    assert year_old == pytest.approx(0.2)


def test_no_company_stands_at_a_limit(view: View, network: NetworkHistory) -> None:
    known = fleet_changes(view, network)
    trends = [fleet_trend(known, ticker, BEGINS).per_quarter for ticker in view.tickers()]
    assert len({round(each, 4) for each in trends}) > 5
    assert max(map(abs, trends)) < 0.3


def test_hash_rates_of_revenue_and_of_bitcoin_are_not_compared(view: View, network: NetworkHistory) -> None:
    """CIFR's bitcoin of 2025 holds a joint venture's, its revenue does not: no change crosses them."""
    found = {each.end: each for each in fleet_changes(view, network)["CIFR"]}
    assert found[Quarter(2025, 2)].change == pytest.approx(log(9.4 / 10.1), abs=0.02)


def test_a_fall_is_from_the_highest_quarter_of_the_year() -> None:
    quarters = [BEGINS + -number for number in (6, 4, 3, 2, 1)]
    own = changes(ONE=list(zip(quarters, (-0.9, 0.3, 0.1, -0.2, -0.15), strict=True)))["ONE"]
    fall = fallen(own, BEGINS)
    assert fall is not None
    assert (fall.end, fall.quarters, fall.change) == (BEGINS + -1, 2, pytest.approx(-0.35))
    assert fallen(own[:-1], BEGINS) is None
    assert fallen([], BEGINS) is None
