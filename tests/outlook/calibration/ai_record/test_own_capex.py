"""What the halls that came have cost a company at most."""

from datetime import date

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.ledger import View
from hashpivot.outlook import calibrate
from hashpivot.outlook.calibration.ai_record import own_capex

RENT = 10e9 / (590_000 * 144)
MW_PER_USD = 1 / (3_000 * RENT)


def test_core_scientific_paid_little_of_its_halls(view: View) -> None:
    """66 million in 2024 to September and 454 in 2025 to September; 104 million of rent in 2026Q2."""
    found = own_capex(view, "CORZ", date(2024, 6, 3), MW_PER_USD, 4)
    assert found is not None and str(found.quarter) == "2026Q2"
    known = 66.203e6 * 120 / 274 + 454.194e6
    megawatts = 136.7e6 * 0.7621 * MW_PER_USD
    assert found.usd_per_mw == pytest.approx(known * 484 / (120 + 273) / megawatts, rel=0.01)


def test_too_little_known_says_nothing(view: View) -> None:
    assert own_capex(view, "CORZ", date(2023, 1, 1), MW_PER_USD, 4) is None
    assert own_capex(view, "WULF", date(2024, 12, 23), MW_PER_USD, 4) is None
    assert own_capex(view, "CORZ", date(2026, 1, 1), MW_PER_USD, 4) is None


def test_the_rest_of_a_deal_costs_no_more_than_what_came(view: View, network: NetworkHistory) -> None:
    found = calibrate(view, network, "CORZ")
    first, second = found.inputs.contracts
    assert first.capex_usd < 0.3 * 10e6 * 590 * 0.375
    assert "capital_expenditure" in found.origins[f"contracts.{first.name}.capex_usd"]
    assert second.capex_usd >= 10e6 * second.critical_mw / 4
