"""Efficiency, power and other cash cost of mining, by figures of at most two years of age."""

from __future__ import annotations

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import parse_day
from hashpivot.ledger import View
from hashpivot.outlook import calibrate
from hashpivot.outlook.calibration._mining_costs import Efficiency


def origin(view: View, network: NetworkHistory, ticker: str, key: str) -> str:
    return calibrate(view, network, ticker).origins[f"mining.{key}"]


def test_depreciation_comes_off_a_cost_that_holds_it(view: View, network: NetworkHistory) -> None:
    """CORZ 2026Q1: 47.2 million with depreciation, which was 16.3 of 77.2 million in 2025Q3."""
    found = origin(view, network, "CORZ", "non_power_opex_usd_per_mwh")
    assert "CORZ/2026Q1/cost_of_revenue/self_mining" in found
    assert "less 21%, the share of depreciation" in found
    assert "6 months old" in found


def test_a_company_that_only_mines_gives_its_cost_of_revenue(view: View, network: NetworkHistory) -> None:
    mining = calibrate(view, network, "CIFR").inputs.mining
    assert "total_cost_of_revenue" in origin(view, network, "CIFR", "power_usd_per_mwh")
    assert mining.non_power_opex_usd_per_mwh == pytest.approx(mining.power_usd_per_mwh / 4)


def test_a_cost_as_large_as_revenue_is_not_taken_for_cash(view: View, network: NetworkHistory) -> None:
    """BITF 2025Q1: 47.4 million on 47.8 of revenue. MARA 2023Q2 on its day: 91 million on 82."""
    assert origin(view, network, "BITF", "power_usd_per_mwh").startswith("assumed")
    day = parse_day("2024-01-31")
    then = calibrate(view.on(day), network.until(day), "MARA")
    assert "cost_of_revenue" not in then.origins["mining.power_usd_per_mwh"]


def test_power_by_the_cost_of_a_bitcoin(view: View, network: NetworkHistory) -> None:
    found = origin(view, network, "MARA", "power_usd_per_mwh")
    assert "MARA/2025Q3/cost_per_bitcoin" in found
    assert 30 < calibrate(view, network, "MARA").inputs.mining.power_usd_per_mwh < 50


def test_a_power_price_older_than_two_years_does_not_count(view: View, network: NetworkHistory) -> None:
    """WULF told one last in May 2024."""
    assert "power_cost" not in origin(view, network, "WULF", "power_usd_per_mwh")
    assert "power_cost" in origin(view.on(parse_day("2025-09-15")), network.until(parse_day("2025-09-15")),
                                  "WULF", "power_usd_per_mwh")  # fmt: skip


def test_a_fleet_was_less_efficient_before() -> None:
    day = parse_day("2025-09-30")
    fleet = Efficiency(20.0, day)
    assert fleet.on(day) == pytest.approx(20.0)
    assert fleet.on(parse_day("2024-09-30")) > 22.0
