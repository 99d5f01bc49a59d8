"""Halls by megawatt, at the market's rent, with power passed through and fit-out; depreciation; interest."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import InvalidInput, Line, executor_of
from hashpivot.ledger import View
from hashpivot.outlook import (
    SHARD,
    AiContract,
    Cloud,
    Colocation,
    CompanyInputs,
    CompanyPaths,
    Finance,
    Mining,
    apply_presets,
    build_case,
    outlook,
    run_company,
    scenario_text,
    uncertain_inputs,
    with_inputs,
)

from ..flat import FIRST, HASHPRICE, PRICE, flat_market

HALLS, CLOUD = list(Line).index(Line.AI_COLOCATION), list(Line).index(Line.AI_CLOUD)
PUNCTUAL, NO_MONEY = Colocation(on_time=1.0), Finance()
HALL = AiContract(
    "hall", FIRST + 2, critical_mw=100.0, usd_per_kw_month=120.0, ramp_quarters=2, margin=0.75,
    build_quarters=2,
)  # fmt: skip
OPEN = replace(HALL, name="open", usd_per_kw_month=0.0, pricing="market", start=FIRST + 1, ramp_quarters=1)


def run(inputs: CompanyInputs, quarters: int = 6, paths: int = 3) -> CompanyPaths:
    return run_company(inputs, flat_market(quarters, paths), PRICE, 1)


def company(
    *contracts: AiContract, halls: Colocation = PUNCTUAL, finance: Finance = NO_MONEY
) -> CompanyInputs:
    return CompanyInputs("TEST", colocation=halls, contracts=contracts, finance=finance)


def test_a_company_of_halls_to_the_cent() -> None:
    """2027Q1 to Q4 by hand: 50 MW let at 130, 100 MW at 120 from Q3, power on both, fit-out until Q3."""
    halls = replace(
        PUNCTUAL, running_critical_mw=50.0, running_usd_per_kw_month=130.0, margin=0.6, meter_ratio=1.1,
        passthrough_usd_per_mwh=40.0, hall_years=20.0,
    )  # fmt: skip
    hall = replace(
        HALL,
        passthrough_usd_per_mwh=50.0,
        fitout_usd=30e6,
        fitout_margin=0.1,
        capex_usd=800e6,
        escalator=0.05,
    )
    finance = Finance(
        sga_usd=5e6, cash_usd=500e6, debt_usd=100e6, interest=0.02, new_interest=0.08, debt_share=0.5,
        depreciation_usd=7e6, property_years=10.0, loans_usd=60e6,
    )  # fmt: skip
    found = run(company(hall, halls=halls, finance=finance), 4)
    let, rent, fitout = 50_000 * 3 * 130.0, 100_000 * 3 * 120.0, 10e6
    cash, loans = 500e6, 60e6
    spent = waiting = 0.0
    for step, (share, building) in enumerate([(0, 1), (0, 1), (0.5, 1), (1, 0)]):
        hours = (FIRST + step).days * 24
        power = 50 * 1.1 * hours * 40 + 100 * share * 1.1 * hours * 50
        revenue = let + share * rent + building * fitout + power
        gross = let * 0.6 + share * rent * 0.75 + building * fitout * 0.1
        interest = (100e6 * 0.02 + loans * 0.08) / 4
        capitalised = building * min(interest, spent * 0.08 / 4)
        worn = 7e6 * (1 - step / 40) + share * 10e6 + (0 if building else waiting / 80)
        instalment = 400e6 / 40 if share else 0
        cash += gross - 5e6 - interest - building * 400e6 / 3 - instalment
        loans += building * 400e6 / 3 - instalment
        spent += building * 800e6 / 3
        waiting += capitalised
        at = (step, 0)
        assert found.lines_usd[HALLS][at] == pytest.approx(revenue, abs=0.005)
        assert found.revenue_usd[at] == pytest.approx(revenue, abs=0.005)
        assert found.gross_profit_usd[at] == pytest.approx(gross, abs=0.005)
        assert found.depreciation_usd[at] == pytest.approx(worn, abs=0.005)
        assert found.operating_income_usd[at] == pytest.approx(gross - 5e6 - worn, abs=0.005)
        assert found.interest_usd[at] == pytest.approx(interest, abs=0.005)
        assert found.capitalised_usd[at] == pytest.approx(capitalised, abs=0.005)
        pretax = gross - 5e6 - worn - (interest - capitalised)
        assert found.pretax_income_usd[at] == pytest.approx(pretax, abs=0.005)
        assert found.debt_usd[at] == pytest.approx(100e6 + loans, abs=0.005)
        assert found.cash_usd[at] == pytest.approx(cash, abs=0.005)


def test_dollars_and_megawatts_are_two_ways_to_say_one_rate() -> None:
    by_dollars = replace(HALL, usd_per_quarter=100_000 * 3 * 120.0, usd_per_kw_month=0.0)
    assert (run(company(HALL)).lines_usd == run(company(by_dollars)).lines_usd).all()


def test_an_open_hall_takes_the_markets_rent_of_the_quarter_it_starts_in() -> None:
    halls = replace(PUNCTUAL, market_usd_per_kw_month=150.0, market_drift=-0.4)
    found = run(company(OPEN, replace(OPEN, name="later", start=FIRST + 3), halls=halls)).lines_usd[
        HALLS, :, 0
    ]
    first, later = (100_000 * 3 * 150 * np.exp(-0.1 * step) for step in (1, 3))
    assert found == pytest.approx([0, first, first, first + later, first + later, first + later])


def test_market_rents_spread_as_told_around_an_unmoved_median_and_stay_once_let() -> None:
    halls = replace(PUNCTUAL, market_usd_per_kw_month=150.0, market_volatility=0.2)
    hall = replace(OPEN, start=FIRST + 4)
    found = run(company(hall, halls=halls), 6, 20_000).lines_usd[HALLS]
    assert np.log(found[4]).std() == pytest.approx(0.2, rel=0.03)
    assert np.median(found[4]) == pytest.approx(100_000 * 3 * 150, rel=0.01)
    assert (found[5] == found[4]).all()
    other = replace(hall, name="other")
    both = run(company(hall, other, halls=halls), 6, 20_000).lines_usd[HALLS]
    assert both[4] == pytest.approx(2 * found[4])


def test_a_rate_not_known_spreads_by_contract() -> None:
    one, two = (replace(HALL, name=name, rate_spread=0.2, start=FIRST) for name in ("one", "two"))
    single = run(company(one), 2, 20_000).lines_usd[HALLS, 1]
    both = run(company(one, two), 2, 20_000).lines_usd[HALLS, 1]
    assert np.log(single).std() == pytest.approx(0.2, rel=0.03)
    assert np.median(single) == pytest.approx(HALL.full_usd, rel=0.01)
    assert abs(np.corrcoef(single, both - single)[0, 1]) < 0.03


def test_a_tenant_who_may_not_come_comes_on_so_many_paths_and_the_hall_is_paid() -> None:
    hall = replace(
        HALL, start=FIRST + 1, build_quarters=1, ramp_quarters=1, tenant_chance=0.7, capex_usd=8e6,
        fitout_usd=1e6, passthrough_usd_per_mwh=50.0,
    )  # fmt: skip
    finance = Finance(cash_usd=1e9, debt_share=0.0)
    found = run(company(hall, finance=finance), 3, 20_000)
    comes = found.lines_usd[HALLS, 2] > 0
    assert comes.mean() == pytest.approx(0.7, abs=0.02)
    assert ((found.lines_usd[HALLS, 0] > 0) == comes).all()
    assert found.cash_usd[0, ~comes] == pytest.approx(1e9 - 8e6)
    assert found.depreciation_usd[2] == pytest.approx(8e6 / 80)


def test_signed_rates_hold_unless_tenants_may_renegotiate() -> None:
    falling = replace(PUNCTUAL, market_drift=-0.4)
    held = run(company(HALL, halls=falling)).lines_usd[HALLS, :, 0]
    assert held == pytest.approx(run(company(HALL)).lines_usd[HALLS, :, 0])
    half = run(company(HALL, halls=replace(falling, repricing=0.5))).lines_usd[HALLS, :, 0]
    assert half == pytest.approx(held * (1 - 0.5 * (1 - np.exp(-0.2))))
    rising = replace(PUNCTUAL, market_drift=0.4, repricing=0.5)
    assert run(company(HALL, halls=rising)).lines_usd[HALLS, :, 0] == pytest.approx(held)
    begun = replace(HALL, start=FIRST - 1)
    kept = run(company(begun, halls=replace(falling, repricing=0.5))).lines_usd[HALLS, :, 0]
    assert kept == pytest.approx(HALL.full_usd)


def test_cloud_contracts_renegotiate_by_the_price_of_gpu_time() -> None:
    contract = AiContract("gpus", FIRST + 1, "cloud", 1e6, ramp_quarters=1)
    inputs = CompanyInputs(
        "TEST", cloud=Cloud(spot_decay=0.4, spot_volatility=0.0),
        colocation=replace(PUNCTUAL, repricing=1.0), contracts=(contract,),
    )  # fmt: skip
    assert run(inputs).lines_usd[CLOUD, 3, 0] == pytest.approx(1e6 * np.exp(-0.2))


def test_new_draws_leave_the_others_as_they_were() -> None:
    """What one purpose draws is not taken from another's stream: mining and delays stay bit for bit."""
    mining = Mining(10.0, fleet_noise=0.2)
    rich = Finance(cash_usd=1e12)
    base = CompanyInputs("TEST", mining, colocation=Colocation(on_time=0.5), contracts=(HALL,), finance=rich)
    plain = run(base, 6, 500)
    halls = replace(base.colocation, market_volatility=0.3, repricing=0.5)
    unsure = replace(base, colocation=halls, contracts=(replace(HALL, rate_spread=0.3, tenant_chance=0.9),))
    other = run(unsure, 6, 500)
    row = list(Line).index(Line.SELF_MINING)
    assert (plain.lines_usd[row] == other.lines_usd[row]).all()
    late = plain.lines_usd[HALLS, 3] == 0
    assert (other.lines_usd[HALLS, 3][late] == 0).all()


def test_machines_are_written_off_over_their_life_and_then_no_more() -> None:
    mining = Mining(10.0, class_spread=0.0, growth_ehs=1.0, growth_quarters=2)
    finance = Finance(cash_usd=1e9, machine_days=500.0, machine_years=0.75)
    found = run(CompanyInputs("TEST", mining, finance=finance))
    each = 1e6 * HASHPRICE / 1_000 * 500 / 3
    assert found.depreciation_usd[:, 0] == pytest.approx([each, 2 * each, 2 * each, each, 0, 0], abs=1e-6)


def test_property_runs_off_evenly_and_gpus_by_their_own_life() -> None:
    """GPUs of 8 million over four quarters, all at work at once; what was owned falls by a quarter of it."""
    gpus = AiContract("gpus", FIRST + 1, "cloud", 1e6, ramp_quarters=1, capex_usd=8e6, build_quarters=1)
    inputs = CompanyInputs(
        "TEST", cloud=Cloud(gpu_years=1.0), colocation=PUNCTUAL, contracts=(gpus,),
        finance=Finance(cash_usd=1e9, depreciation_usd=4e6, property_years=1.0),
    )  # fmt: skip
    assert run(inputs).depreciation_usd[:, 0] == pytest.approx([4e6, 3e6 + 2e6, 2e6 + 2e6, 1e6 + 2e6, 2e6, 0])


def test_staged_gpus_are_written_off_in_stages_and_in_full() -> None:
    gpus = AiContract("gpus", FIRST, "cloud", 1e6, ramp_quarters=2, capex_usd=8e6)
    found = run(CompanyInputs("TEST", cloud=Cloud(gpu_years=1.0), colocation=PUNCTUAL, contracts=(gpus,)))
    assert found.depreciation_usd[:, 0] == pytest.approx([1e6, 2e6, 2e6, 2e6, 1e6, 0])


def test_a_late_start_is_depreciated_late() -> None:
    halls = Colocation(on_time=0.0, late_quarters=1.0, hall_years=20.0)
    found = run(company(replace(HALL, capex_usd=80e6), halls=halls)).depreciation_usd[:, 0]
    lent = 0.7 * 80e6 / 3
    interest = (lent + 2 * lent) * 0.06 / 4 / 80  # capitalised until the last step of the ramp comes
    assert found == pytest.approx([0, 0, 0, 5e5, 1e6 + interest, 1e6 + interest])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"usd_per_quarter": 1.0}, "both give the rate"),
        ({"critical_mw": 0.0}, "usd_per_kw_month needs critical_mw"),
        ({"usd_per_kw_month": 0.0, "critical_mw": 0.0, "pricing": "market"}, "needs critical_mw"),
        ({"pricing": "market"}, "no rate of its own"),
        ({"pricing": "hoped"}, "signed or market"),
        ({"kind": "cloud"}, "not of cloud"),
        ({"usd_per_kw_month": -1.0}, "usd_per_kw_month = -1"),
        ({"rate_spread": float("nan")}, "rate_spread"),
        ({"tenant_chance": 1.5}, "tenant_chance = 1.5"),
        ({"fitout_usd": -1.0}, "fitout_usd"),
        ({"passthrough_usd_per_mwh": 900.0}, "passthrough_usd_per_mwh"),
    ],
)  # fmt: skip
def test_half_told_contracts_are_refused(changes: dict[str, object], words: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        replace(HALL, **changes)  # type: ignore[arg-type]
    assert words in str(caught.value)


def test_half_told_halls_are_refused() -> None:
    for changes, words in (
        ({"running_usd": 1.0, "running_critical_mw": 1.0, "running_usd_per_kw_month": 1.0}, "both give"),
        ({"running_usd_per_kw_month": 1.0}, "needs running_critical_mw"),
        ({"passthrough_usd_per_mwh": 1.0}, "needs running_critical_mw"),
        ({"market_volatility": 2.0}, "market_volatility"),
    ):
        with pytest.raises(InvalidInput, match=words):
            Colocation(**changes)


AMOUNT = st.floats(0, 1e9)


@settings(max_examples=60, deadline=None)
@given(
    st.builds(
        AiContract, name=st.just("hall"), start=st.integers(-4, 6).map(lambda step: FIRST + step),
        critical_mw=st.floats(1, 500), usd_per_kw_month=st.floats(0, 300), ramp_quarters=st.integers(1, 8),
        rate_spread=st.floats(0, 0.5), tenant_chance=st.floats(0, 1), fitout_usd=AMOUNT, capex_usd=AMOUNT,
        passthrough_usd_per_mwh=st.floats(0, 100), fitout_margin=st.floats(-1, 1),
    ),
    st.floats(0, 0.5), st.floats(0, 1),
)  # fmt: skip
def test_passed_through_power_brings_revenue_and_no_profit_and_income_ties(
    contract: AiContract, volatility: float, repricing: float
) -> None:
    halls = Colocation(market_volatility=volatility, repricing=repricing)
    found = run(company(contract, halls=halls, finance=Finance(depreciation_usd=1e6)), 6, 50)
    without = run(company(replace(contract, passthrough_usd_per_mwh=0.0), halls=halls), 6, 50)
    power = found.lines_usd[HALLS] - without.lines_usd[HALLS]
    assert (power >= -1e-6).all()
    assert found.profits_usd == pytest.approx(without.profits_usd)
    assert found.lines_usd.sum(axis=0) == pytest.approx(found.revenue_usd)
    assert (found.depreciation_usd >= 0).all()
    income = found.ebitda_usd - found.depreciation_usd - found.interest_usd + found.capitalised_usd
    assert found.pretax_income_usd == pytest.approx(income)


def test_a_scenario_file_may_tell_a_hall_by_its_megawatts(
    view: View, network: NetworkHistory, tmp_path: Path
) -> None:
    path = tmp_path / "halls.toml"
    path.write_text(
        "[colocation]\nmarket_volatility = 0.1\n"
        '[[contracts]]\nname = "let"\nstart = "2027Q1"\ncritical_mw = 50\n'
        'usd_per_kw_month = 140\n[[contracts]]\nname = "open"\nstart = "2027Q3"\ncritical_mw = 80\n'
        'pricing = "market"\ntenant_chance = 0.6\n'
    )
    case, calibration = build_case(view, network, "RIOT", [str(path)])
    let, open_hall = case.inputs.contracts
    assert let.full_usd == 50_000 * 3 * 140
    assert (open_hall.pricing, open_hall.tenant_chance) == ("market", 0.6)
    path.write_text(scenario_text(calibration, case))
    assert build_case(view, network, "RIOT", [str(path)])[0].inputs == case.inputs
    keys = {factor.key for factor in uncertain_inputs(case)}
    assert {"colocation.market_usd_per_kw_month", "colocation.market_drift", "contracts.margin"} <= keys
    path.write_text('[[contracts]]\nname = "x"\nstart = "2027Q1"\ncritical_mw = 50\n')
    with pytest.raises(InvalidInput, match=r'usd_per_quarter is missing\s.*pricing = "market"'):
        build_case(view, network, "RIOT", [str(path)])


def test_factors_scale_a_rate_however_it_is_told(view: View, network: NetworkHistory) -> None:
    case, _ = build_case(view, network, "CORZ")
    scaled = with_inputs(case, {"contracts.usd_per_quarter": 0.5, "contracts.margin": 0.8})
    for before, after in zip(case.inputs.contracts, scaled.inputs.contracts, strict=True):
        assert after.full_usd == pytest.approx(before.full_usd / 2)
        assert after.margin == pytest.approx(0.8 * before.margin)


def test_more_supply_lowers_rents_and_dear_power_is_passed_on(view: View, network: NetworkHistory) -> None:
    case, _ = build_case(view, network, "CORZ")
    halls = apply_presets(case, ["ai_oversupply"]).inputs.colocation
    assert (halls.market_drift, halls.repricing) == (-0.25, 0.5)
    contracts = tuple(replace(each, passthrough_usd_per_mwh=40.0) for each in case.inputs.contracts)
    passing = replace(case, inputs=replace(case.inputs, contracts=contracts))
    dear = apply_presets(passing, ["power_price_up"]).inputs
    assert [each.passthrough_usd_per_mwh for each in dear.contracts] == [52.0] * len(contracts)
    assert dear.colocation.passthrough_usd_per_mwh == 0


def test_market_halls_are_the_same_bits_on_one_worker_and_on_two(view: View, network: NetworkHistory) -> None:
    case, _ = build_case(view, network, "IREN")
    halls = replace(case.inputs.colocation, market_volatility=0.2)
    hall = replace(OPEN, start=case.start.first_quarter + 1, rate_spread=0.2, tenant_chance=0.8)
    case = replace(case, inputs=replace(case.inputs, colocation=halls, contracts=(hall,)))
    here = outlook(case, quarters=3, paths=SHARD + 50, seed=5)
    with executor_of(workers=2) as executor:
        there = outlook(case, quarters=3, paths=SHARD + 50, seed=5, executor=executor)
    for name in ("lines.ai_colocation", "gross_profit_usd"):
        for step in range(3):
            assert (here.rows.row(name, step) == there.rows.row(name, step)).all()
