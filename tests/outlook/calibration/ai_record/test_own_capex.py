"""What the halls that came have cost a company at most."""

from datetime import date

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.ledger import View
from hashpivot.outlook import calibrate
from hashpivot.outlook.calibration.ai_record import own_capex

RENT = 10e9 / (590_000 * 144)
MW_PER_USD = 1 / (3_000 * RENT)


def test_core_scientific_paid_more_than_is_assumed(view: View) -> None:
    """454 million in 2025 to September, when 15 million of revenue ran, 76% of it rent."""
    found = own_capex(view, "CORZ", date(2024, 12, 31), MW_PER_USD)
    assert found is not None and str(found.quarter) == "2025Q3"
    megawatts = 15.0e6 * 0.7621 * MW_PER_USD
    assert found.usd_per_mw == pytest.approx(454.194e6 / megawatts, rel=0.01)


def test_a_gap_in_the_capex_says_nothing(view: View) -> None:
    """Its last quarter of 2024 is not known, so no sum since the announcement is the most it can be."""
    assert own_capex(view, "CORZ", date(2024, 6, 3), MW_PER_USD) is None
    assert own_capex(view, "WULF", date(2024, 12, 23), MW_PER_USD) is None
    assert own_capex(view, "CORZ", date(2026, 1, 1), MW_PER_USD) is None


def test_without_it_the_rest_of_a_deal_costs_what_is_assumed(view: View, network: NetworkHistory) -> None:
    found = calibrate(view, network, "CORZ")
    first, second = found.inputs.contracts
    assert first.capex_usd == pytest.approx(10e6 * 590 * 0.375)
    assert "capital_expenditure" not in found.origins[f"contracts.{first.name}.capex_usd"]
    assert second.capex_usd >= 10e6 * second.critical_mw / 4
