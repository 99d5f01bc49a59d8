from dataclasses import fields, replace

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Line, NoData, Quarter, parse_day
from hashpivot.ledger import View, bundled
from hashpivot.outlook import Calibration, calibrate
from hashpivot.outlook.calibration import observed_rents, rents_of_vintage
from hashpivot.outlook.calibration.ai_record import earned_by_quarter
from hashpivot.outlook.inputs import Origins

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
            known = getattr(getattr(found.inputs, section), each.name) is not None
            assert bool(found.origins.get(f"{section}.{each.name}")) == known, f"{section}.{each.name}"
    for contract in found.inputs.contracts:
        for each in fields(contract):
            if each.name not in ("name", "kind"):
                assert found.origins.get(f"contracts.{contract.name}.{each.name}"), each.name


def test_core_scientific(view: View, network: NetworkHistory) -> None:
    found = calibrate(view, network, "CORZ")
    assert str(found.quarter) == "2026Q2"
    halls = found.inputs.colocation
    assert halls.running_usd + halls.passthrough_usd + halls.one_off_usd == pytest.approx(136_700_000)
    assert halls.running_usd < 136_700_000 and "2025Q3" in found.origins["colocation.passthrough_usd"]
    assert found.inputs.steady.hosting_usd == 6_000_000
    period = network.quarter(found.quarter)
    revenue = found.inputs.mining.hash_rate_ehs * period.mean_hashprice_usd_per_ph_day * 1_000 * period.days
    assert revenue == pytest.approx(21_500_000)


def test_a_deal_that_grew_without_a_new_value_is_valued_at_its_old_rent(
    view: View, network: NetworkHistory
) -> None:
    """CoreWeave at Core Scientific: 10 billion over 12 years for 590 MW, later the same without a value.

    Its start is 2025Q2: what recurs of the 8.6 million of 2025Q1, three quarters of it, is not its.
    """
    found = calibrate(view, network, "CORZ")
    first, running = found.inputs.contracts[0], found.inputs.colocation
    rent = 10e9 / (590_000 * 12 * 12)
    assert first.usd_per_kw_month == pytest.approx(rent)
    before = earned_by_quarter(view, "CORZ", Line.AI_COLOCATION)[Quarter(2025, 1)]
    assert 6e6 < before < 7e6
    begun = running.running_usd - before
    assert first.full_usd == pytest.approx(590_000 * 3 * rent - begun, rel=1e-6)
    assert first.critical_mw + running.running_critical_mw == pytest.approx(590)
    assert running.running_critical_mw * 3_000 * rent == pytest.approx(begun, rel=1e-6)
    assert first.capex_usd == pytest.approx(10e6 * 590 * (1 - 0.625))
    assert first.tenant_chance == 1.0
    assert "382 MW" not in found.origins[f"contracts.{first.name}.usd_per_kw_month"]
    assert "same deal" in found.origins[f"contracts.{first.name}.usd_per_kw_month"]


def test_a_rent_not_told_is_that_of_other_contracts_with_their_spread(
    view: View, network: NetworkHistory
) -> None:
    rents = rents_of_vintage(view, network.last_day, parse_day("2025-08-08"))
    contracts = calibrate(view, network, "GLXY").inputs.contracts
    helios = next(c for c in contracts if "Phase II)" in c.name)
    assert helios.critical_mw == 260
    assert helios.usd_per_kw_month == rents.median
    assert helios.rate_spread == rents.spread
    told = next(iter(calibrate(view, network, "CLSK").inputs.contracts))
    assert told.usd_per_quarter == pytest.approx(6.6e9 / 80)
    assert told.rate_spread == 0.1
    assert found_assumed(view, network, "CLSK", "rate_spread")


def found_assumed(view: View, network: NetworkHistory, ticker: str, name: str) -> bool:
    """True if the input of every contract is listed as assumed."""
    found = calibrate(view, network, ticker)
    keys = {f"contracts.{each.name}.{name}" for each in found.inputs.contracts}
    return keys <= set(found.origins.assumed())


def test_rents_are_those_known_on_the_day(view: View) -> None:
    early = observed_rents(view, parse_day("2024-05-31"))
    assert early.cases == 0
    assert early.origin.startswith("assumed")
    one = observed_rents(view, parse_day("2024-07-31"))
    assert (one.cases, one.median) == (1, pytest.approx(3.5e9 / (200_000 * 144)))
    late = observed_rents(view, parse_day("2026-10-08"))
    assert late.cases == 29
    assert 140 < late.median < 170
    assert 0.1 < late.spread < 0.3


def test_interest_where_expense_and_debt_are_known(view: View, network: NetworkHistory) -> None:
    """CleanSpark 2024Q4: 1.559 million on a mean of 66 and 649 million; the others' is assumed."""
    found = calibrate(view, network, "CLSK")
    assert found.inputs.finance.interest == pytest.approx(4 * 1.559 / ((65.957 + 648.648) / 2), rel=1e-4)
    assert found.inputs.finance.new_interest == 0.06
    assert "finance.interest" in calibrate(view, network, "CORZ").origins.assumed()


def test_depreciation_is_the_latest_reported_and_its_age_is_told(view: View, network: NetworkHistory) -> None:
    found = calibrate(view, network, "RIOT")
    assert found.inputs.finance.depreciation_usd == pytest.approx(83_197_000)
    origin = found.origins["finance.depreciation_usd"]
    assert "RIOT/2025Q2/depreciation_amortization" in origin
    assert origin.endswith("6 quarters before the outlook begins")
    assert calibrate(view, network, "IREN").inputs.finance.depreciation_usd is None


def test_bit_digital_has_gpus_and_no_contract_ahead(view: View, network: NetworkHistory) -> None:
    found = calibrate(view, network, "BTBT")
    cloud = found.inputs.cloud
    revenue = cloud.gpus * cloud.utilisation * cloud.usd_per_gpu_hour * 24 * found.quarter.days
    assert revenue == pytest.approx(16_800_000, rel=0.01)
    assert found.inputs.contracts == ()


def calibrated(view: View, network: NetworkHistory, ticker: str, day: str) -> Calibration:
    on = parse_day(day)
    return calibrate(view.on(on), network.until(on), ticker)


@pytest.mark.parametrize(
    ("ticker", "day", "cash", "debt"),
    [
        ("RIOT", "2025-09-01", 255_371_000, 838_377_000),
        ("CLSK", "2025-02-28", 276_599_000, 648_648_000),
        ("CORZ", "2025-11-15", 453_443_000, 1_059_007_000),
    ],
)
def test_a_recent_balance_sheet_is_used(
    view: View, network: NetworkHistory, ticker: str, day: str, cash: float, debt: float
) -> None:
    found = calibrated(view, network, ticker, day)
    assert (found.inputs.finance.cash_usd, found.inputs.finance.debt_usd) == (cash, debt)
    built = ("contracts.capex_usd",) if ticker == "CORZ" else ()  # nobody told what its halls ahead cost
    assert (found.solvency.basis, found.solvency.assumed) == ("assumed" if built else "facts", built)
    assert found.origins["finance.cash_usd"].startswith(f"figure {ticker}/")


def test_an_older_balance_sheet_is_not_used_and_the_newest_filing_due_is_named(
    network: NetworkHistory,
) -> None:
    found = calibrate(View(bundled(), as_of=network.last_day), network, "RIOT")
    finance = found.inputs.finance
    assert (finance.cash_usd, finance.debt_usd, finance.bitcoin, finance.shares) == (None,) * 4
    assert finance.sga_usd == 45_782_000
    cash = found.solvency.absent[0].to_dict()
    assert found.solvency.basis == "absent"
    assert (cash["input"], cash["missing"]) == ("finance.cash_usd", "not_in_ledger")
    assert "(255,371,000, 2025-06-30) is 6 quarters older" in cash["reason"]
    assert cash["needs"].startswith("10-Q for 2026Q2 (FQ2 2026) of RIOT")
    later = calibrate(View(bundled(), as_of=parse_day("2026-11-30")), network, "RIOT").solvency.absent[0]
    assert later.missing.needs.startswith("10-Q for 2026Q3 (FQ3 2026) of RIOT")


def test_a_report_that_gives_no_debt_leaves_the_balance_absent(view: View, network: NetworkHistory) -> None:
    found = calibrated(view, network, "BTBT", "2025-09-01").solvency
    assert [(each.key, each.missing.code) for each in found.absent] == [("finance.debt_usd", "not_disclosed")]
    assert found.basis == "absent"


def test_without_a_share_count_only_dilution_is_absent(view: View, network: NetworkHistory) -> None:
    found = calibrated(view, network, "CORZ", "2025-11-15")
    assert found.inputs.finance.shares is None
    assert [each.key for each in found.solvency.absent] == ["finance.shares"]


def test_no_peer_stands_in_for_a_balance(view: View, network: NetworkHistory) -> None:
    found = calibrate(view, network, "IREN")
    keys = {each.key for each in found.solvency.absent}
    assert keys == {f"finance.{name}" for name in ("cash_usd", "debt_usd", "bitcoin", "shares", "sga_usd")}
    assert not keys & set(found.origins)


def test_old_figures_are_remarked_upon(view: View, network: NetworkHistory) -> None:
    found = calibrate(view, network, "CLSK")
    said = " ".join(found.remarks)
    quarter = found.old["finance.sga_usd"]
    assert f"overheads of {quarter}" in said and "EBITDA stands on those overheads" in said
    given = Origins(found.origins | {"finance.sga_usd": "user"})
    assert "overheads" not in " ".join(replace(found, origins=given).remarks)
    lines = calibrate(view, network, "RIOT").remarks[0]
    assert lines.startswith("Costs by line are of 2025Q3, 5 quarters before")


def test_a_line_that_mixes_other_business_is_remarked_upon(view: View, network: NetworkHistory) -> None:
    assert (
        calibrate(view, network, "HUT")
        .remarks[0]
        .startswith("The line of self-mining mixes self-mining and GPU cloud, as reported for 2026Q1")
    )


def test_only_what_was_known_then(network: NetworkHistory) -> None:
    day = parse_day("2025-05-31")
    found = calibrate(View(bundled(), as_of=day), network.until(day), "CORZ")
    assert str(found.quarter) < "2025Q2"
    assert not any("AMD" in contract.name for contract in found.inputs.contracts)


def test_a_company_without_lines_is_refused(view: View, network: NetworkHistory) -> None:
    with pytest.raises(NoData, match="known by line"):
        calibrate(view, network, "ARBK")


def test_all_companies_calibrate_or_say_why(view: View, network: NetworkHistory) -> None:
    done = 0
    for ticker in view.tickers():
        try:
            done += bool(calibrate(view, network, ticker).origins)
        except NoData as error:
            assert error.message
    assert done >= 15


def test_an_acquired_company_has_no_outlook(view: View, network: NetworkHistory) -> None:
    """Stronghold since Bitfarms took it over, not before."""
    with pytest.raises(NoData, match="SDIG was acquired by Bitfarms on 2025-03-17"):
        calibrate(view, network, "SDIG")
    assert calibrated(view, network, "SDIG", "2025-03-10").inputs.mining.hash_rate_ehs > 0
