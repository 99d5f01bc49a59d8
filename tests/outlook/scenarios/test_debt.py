"""Debt by instrument in scenario files."""

from __future__ import annotations

from pathlib import Path

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import InvalidInput, Quarter
from hashpivot.ledger import View
from hashpivot.outlook import Calibration, Debt, OutlookCase, build_case, listed_inputs
from hashpivot.outlook.scenarios import scenario_text

STACK = """
ticker = "CORZ"
[finance]
cash_usd = 4e8
debt_usd = 5e8
bitcoin = 2000
[[debt]]
name = "Convertible notes due 2029"
principal_usd = { value = 3e8, from = "10-Q" }
rate = 0.004
matures = "2029Q3"
conversion_price_usd = 11.0
[[debt]]
name = "Facility"
principal_usd = 1e8
"""


def case_of(view: View, network: NetworkHistory, path: Path, text: str) -> tuple[OutlookCase, Calibration]:
    path.write_text(text, encoding="utf-8")
    return build_case(view, network, "CORZ", [str(path)])


def test_instruments_are_read_and_written(view: View, network: NetworkHistory, tmp_path: Path) -> None:
    case, calibration = case_of(view, network, tmp_path / "stack.toml", STACK)
    notes = Debt("Convertible notes due 2029", 3e8, 0.004, Quarter(2029, 3), 11.0)
    assert case.inputs.debt == (notes, Debt("Facility", 1e8))
    assert case.solvency.basis == "assumed"
    assert "debt" in case.solvency.assumed
    listed = {each.key: each for each in listed_inputs(case, calibration.origins)}
    principal = listed["debt.Convertible notes due 2029.principal_usd"]
    assert (principal.value, principal.origin, principal.unit) == (3e8, "10-Q", "USD")
    text = scenario_text(calibration, case)
    again, _ = case_of(view, network, tmp_path / "again.toml", text)
    assert again.inputs == case.inputs


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("principal_usd = 1e8", "principal_usd = 9e8", "instruments of 1,200,000,000 USD"),
        ("principal_usd = 1e8", "rate = 0.1", "principal_usd is missing"),
        ('"2029Q3"', '"soon"', "matures"),
        ("rate = 0.004", "rate = 7", "rate = 7 is out of range"),
        ("conversion_price_usd = 11.0", "conversion_price = 11.0", "unknown key 'conversion_price'"),
        ('name = "Facility"', 'name = "Convertible notes due 2029"', "stands twice"),
    ],
)
def test_what_is_wrong_is_named(
    view: View, network: NetworkHistory, tmp_path: Path, old: str, new: str, said: str
) -> None:
    with pytest.raises(InvalidInput, match=said):
        case_of(view, network, tmp_path / "wrong.toml", STACK.replace(old, new))
