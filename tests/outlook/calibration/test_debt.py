"""Debt by instrument, from the ledger as it was known on a day."""

from __future__ import annotations

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Quarter, parse_day
from hashpivot.ledger import View, bundled
from hashpivot.outlook import Calibration, calibrate


@pytest.fixture(scope="module")
def then(network: NetworkHistory) -> dict[str, Calibration]:
    days = {"RIOT": "2025-09-01", "CLSK": "2025-02-28", "CORZ": "2025-11-15"}
    return {
        ticker: calibrate(View(bundled(), as_of=parse_day(day)), network.until(parse_day(day)), ticker)
        for ticker, day in days.items()
    }


def test_riot_has_three_instruments_and_a_rest_without_maturity(then: dict[str, Calibration]) -> None:
    """Notes and two facilities are tagged; 203 million more are in the balance sheet alone."""
    found = then["RIOT"]
    owed = {each.name: each.principal_usd for each in found.inputs.debt}
    assert owed == {
        "Convertible notes payable": 580_800_000, "Fifty million credit facility": 34_272_000,
        "Twenty million credit facility": 20_000_000,
    }  # fmt: skip
    assert found.inputs.finance.debt_usd == 838_377_000
    assert [each.rate for each in found.inputs.debt] == [0.0075, 0.056, 0.059]
    assert all(each.matures is None for each in found.inputs.debt)
    key = "debt.Convertible notes payable.principal_usd"
    assert found.origins[key] == "instrument on 2025-06-30: carrying value"


def test_cleanspark_has_a_convertible_and_one_maturity(then: dict[str, Calibration]) -> None:
    found = then["CLSK"]
    note, bank = found.inputs.debt[:2]
    assert (note.conversion_price_usd, note.rate, note.matures) == (14.8, 0.0, None)
    assert bank.matures == Quarter(2029, 3)
    assert sum(each.principal_usd for each in found.inputs.debt) == pytest.approx(648_648_000)
    assert found.origins["debt.Auto and equipment loans and financing.rate"].endswith("middle of its range")


def test_without_tagged_instruments_there_is_the_total_alone(then: dict[str, Calibration]) -> None:
    found = then["CORZ"]
    assert found.inputs.debt == ()
    assert found.inputs.finance.debt_usd == 1_059_007_000


def test_old_instruments_are_not_used(view: View, network: NetworkHistory) -> None:
    assert calibrate(view, network, "RIOT").inputs.debt == ()


def test_every_term_says_where_it_came_from(then: dict[str, Calibration]) -> None:
    for found in then.values():
        for each in found.inputs.debt:
            for key in ("principal_usd", "rate", "matures", "conversion_price_usd"):
                told = f"debt.{each.name}.{key}" in found.origins
                assert told == (getattr(each, key) is not None), (each.name, key)


def test_new_debt_meets_gaps_up_to_half_of_equity_and_is_said(then: dict[str, Calibration]) -> None:
    found = then["RIOT"]
    finance = found.inputs.finance
    assert finance.debt_limit_usd == finance.equity_usd / 2 > finance.debt_usd
    origin = found.origins["finance.debt_limit_usd"]
    assert "quarters of 2 companies tell what share of financing was debt" in origin
    assert any("New corporate debt meets gaps alone" in remark for remark in found.remarks)


def test_no_new_debt_is_assumed_where_equity_is_below_zero(then: dict[str, Calibration]) -> None:
    found = then["CORZ"]
    assert found.inputs.finance.debt_limit_usd == found.inputs.finance.debt_usd
    assert any("No new corporate debt is assumed" in remark for remark in found.remarks)


def test_nothing_is_said_of_new_debt_where_debt_is_not_known(view: View, network: NetworkHistory) -> None:
    assert not any("corporate debt" in remark for remark in calibrate(view, network, "RIOT").remarks)
