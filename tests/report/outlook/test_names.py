"""What inputs and cases are called: by names that say what they do, never by a key."""

from dataclasses import fields

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import NoData
from hashpivot.ledger import View, bundled
from hashpivot.outlook import (
    AiContract,
    CompanyInputs,
    Debt,
    MarketParameters,
    PowerQuarter,
    build_case,
    listed_inputs,
)
from hashpivot.report.outlook import case_label, case_labels, input_name, is_named

SECTIONS = ("mining", "steady", "cloud", "colocation", "chips", "finance")


def keys() -> list[str]:
    """Every input there can be."""
    company, market = CompanyInputs("CORZ"), MarketParameters()
    found = [f"{name}.{each.name}" for name in SECTIONS for each in fields(getattr(company, name))]
    for part in fields(MarketParameters):
        found += [f"market.{part.name}.{each.name}" for each in fields(getattr(market, part.name))]
    for name, kind in (("contracts.X [1]", AiContract), ("debt.X", Debt), ("power.2026Q1", PowerQuarter)):
        found += [f"{name}.{each.name}" for each in fields(kind) if each.name not in ("name", "quarter")]
    return found


def test_every_input_has_a_name_of_its_own() -> None:
    without = [key for key in keys() if not is_named(key)]
    assert not without, "give these a name in report/outlook/_input_names.py"
    names = [input_name(key) for key in keys()]
    assert not [name for name in names if "_" in name]


def test_no_input_of_any_company_is_shown_by_its_key(network: NetworkHistory) -> None:
    view = View(bundled())
    for ticker in view.tickers():
        try:
            case, calibration = build_case(view, network, ticker)
        except NoData:
            continue
        assert not [e.key for e in listed_inputs(case, calibration.origins) if not is_named(e.key)], ticker


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("base", "base"),
        ("bitcoin_halves+mining.power_usd_per_mwh=70", "bitcoin −50%, power price $70/MWh"),
        ("finance.cash_usd=400000000", "cash $400.0m"),
        ("market.price.start_factor=0.5", "price on the first day, times today's ×0.5"),
        ("mining.hash_rate_ehs=12.5", "hash rate at the start 12.5 EH/s"),
        ("market.price.kind=garch", "price model garch"),
        ("own.toml", "own.toml"),
        ("my case = 2", "my case = 2"),
    ],
)
def test_a_case_is_called_by_what_it_changes(name: str, label: str) -> None:
    assert case_label(name) == label


def test_what_all_cases_share_is_said_by_none() -> None:
    shared = "finance.cash_usd=400000000"
    names = [shared, f"bitcoin_halves+{shared}", f"{shared}+mining.power_usd_per_mwh=70"]
    assert case_labels(names) == ["base", "bitcoin −50%", "power price $70/MWh"]
    assert case_labels(["bitcoin_halves"]) == ["bitcoin −50%"]
