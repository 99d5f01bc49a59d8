from dataclasses import fields

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import NoData, parse_day
from hashpivot.ledger import View, bundled
from hashpivot.outlook import calibrate

TICKERS = ("RIOT", "BTBT", "CORZ", "IREN", "CLSK")


@pytest.mark.parametrize("ticker", TICKERS)
def test_every_figure_named_stands_in_the_ledger(view: View, network: NetworkHistory, ticker: str) -> None:
    found = calibrate(view, network, ticker)
    named = [
        word.rstrip(",:")
        for origin in found.origins.values()
        if origin.startswith("figure ")
        for word in origin.split()
        if "@" in word
    ]
    assert named
    for address in named:
        assert view.figure(address).id == address


@pytest.mark.parametrize("ticker", TICKERS)
def test_every_input_says_where_it_came_from(view: View, network: NetworkHistory, ticker: str) -> None:
    found = calibrate(view, network, ticker)
    for section in ("mining", "steady", "cloud", "colocation", "finance"):
        for each in fields(getattr(found.inputs, section)):
            assert found.origins.get(f"{section}.{each.name}"), f"{section}.{each.name}"
    for contract in found.inputs.contracts:
        for each in fields(contract):
            if each.name not in ("name", "kind"):
                assert found.origins.get(f"contracts.{contract.name}.{each.name}"), each.name


def test_core_scientific(view: View, network: NetworkHistory) -> None:
    found = calibrate(view, network, "CORZ")
    assert str(found.quarter) == "2026Q2"
    assert found.inputs.colocation.running_usd == 136_700_000
    assert found.inputs.steady.hosting_usd == 6_000_000
    period = network.quarter(found.quarter)
    revenue = found.inputs.mining.hash_rate_ehs * period.mean_hashprice_usd_per_ph_day * 1_000 * period.days
    assert revenue == pytest.approx(21_500_000)
    first = found.inputs.contracts[0]
    assert first.usd_per_quarter == pytest.approx(6.7e9 / 48 - 136_700_000)


def test_bit_digital_has_gpus_and_no_contract_ahead(view: View, network: NetworkHistory) -> None:
    found = calibrate(view, network, "BTBT")
    cloud = found.inputs.cloud
    revenue = cloud.gpus * cloud.utilisation * cloud.usd_per_gpu_hour * 24 * found.quarter.days
    assert revenue == pytest.approx(16_800_000, rel=0.01)
    assert found.inputs.contracts == ()


def test_peers_stand_in_and_say_so(view: View, network: NetworkHistory) -> None:
    found = calibrate(view, network, "IREN")
    assert found.origins["finance.cash_usd"].startswith("assumed: not in the ledger")
    assert found.inputs.finance.cash_usd > 0
    assert "finance.cash_usd" in found.origins.assumed()
    assert any("assumed" in remark for remark in found.remarks)


def test_old_figures_are_remarked_upon(view: View, network: NetworkHistory) -> None:
    assert calibrate(view, network, "RIOT").remarks[0].startswith("Figures end with 2025Q2, 6 quarters")


def test_only_what_was_known_then(network: NetworkHistory) -> None:
    day = parse_day("2025-05-31")
    found = calibrate(View(bundled(), as_of=day), network.until(day), "CORZ")
    assert str(found.quarter) < "2025Q2"
    assert not any("AMD" in contract.name for contract in found.inputs.contracts)


def test_a_company_without_lines_is_refused(view: View, network: NetworkHistory) -> None:
    with pytest.raises(NoData, match="known by line"):
        calibrate(view, network, "GLXY")


def test_all_companies_calibrate_or_say_why(view: View, network: NetworkHistory) -> None:
    done = 0
    for ticker in view.tickers():
        try:
            done += bool(calibrate(view, network, ticker).origins)
        except NoData as error:
            assert error.message
    assert done >= 15
