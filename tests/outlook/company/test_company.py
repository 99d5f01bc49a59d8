from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hashpivot.core import InvalidInput, Line, Quarter
from hashpivot.outlook import (
    AiContract,
    Chips,
    Cloud,
    Colocation,
    CompanyInputs,
    CompanyPaths,
    Debt,
    Finance,
    Mining,
    RunRateLines,
    run_company,
)

from ..flat import FIRST, HASHPRICE, PRICE, flat_market

LINES = list(Line)


def run(inputs: CompanyInputs, quarters: int = 4, hashprice: float = HASHPRICE) -> CompanyPaths:
    return run_company(inputs, flat_market(quarters, hashprice=hashprice), PRICE, 1)


def line(company: CompanyPaths, name: Line) -> np.ndarray:
    return company.lines_usd[LINES.index(name)]


def test_a_whole_company_to_the_cent() -> None:
    """2027Q1 by hand: 90 days, 10 EH/s at 20 J/TH and 50 USD/MWh, a hall, GPUs, hosting, overheads."""
    inputs = CompanyInputs(
        "TEST",
        Mining(
            10.0,
            0.9,
            20.0,
            class_spread=0.0,
            power_usd_per_mwh=50.0,
            non_power_opex_usd_per_mwh=5.0,
            pool_fee=0.01,
        ),
        RunRateLines(hosting_usd=2_000_000.0, margin=0.25),
        Cloud(1_000.0, 0.8, 2.5, 1.0, 40.0, 0.6, spot_decay=0.0, spot_volatility=0.0),
        Colocation(running_usd=7_000_000.0, margin=0.5, on_time=1.0),
        finance=Finance(3_000_000.0, 1_000_000.0, 100_000_000.0, 0.0, 40_000_000.0, 0.08, sold_share=1.0),
        contracts=(
            AiContract(
                "hall", FIRST, "colocation", 12_000_000.0, 40, 4, 0.7, capex_usd=0.0, build_quarters=1
            ),
        ),
    )
    company = run(inputs)
    mining = 10 * 1_000 * 0.9 * 90 * 40 * 0.99
    power = 10 * 20 * 0.9 * 90 * 24 * 50 + 10 * 20 * 90 * 24 * 5
    cloud = 1_000 * 0.8 * 2.5 * 24 * 90
    hall = 12_000_000 / 4
    assert line(company, Line.SELF_MINING)[0] == pytest.approx(mining, abs=0.005)
    assert line(company, Line.AI_CLOUD)[0] == pytest.approx(cloud, abs=0.005)
    assert line(company, Line.AI_COLOCATION)[0] == pytest.approx(7_000_000 + hall, abs=0.005)
    gross = mining - power + 500_000 + cloud * 0.6 + 3_500_000 + hall * 0.7
    assert company.gross_profit_usd[0] == pytest.approx(gross, abs=0.005)
    assert company.ebitda_usd[0] == pytest.approx(gross - 4_000_000, abs=0.005)
    interest = 40_000_000 * 0.08 / 4
    assert company.cash_usd[0] == pytest.approx(100_000_000 + gross - 4_000_000 - interest, abs=0.005)
    assert company.revenue_usd[0] == pytest.approx(mining + cloud + 9_000_000 + hall, abs=0.005)
    even = (mining - (gross - 4_000_000)) / (10 * 1_000 * 0.9 * 90)
    assert company.breakeven_hashprice_usd[0] == pytest.approx(even, abs=1e-9)


def test_a_hall_ramps_up_escalates_and_ends() -> None:
    contract = AiContract(
        "hall", FIRST + 1, "colocation", 1_000_000.0, 6, 2, 0.5, escalator=0.1, build_quarters=1
    )
    inputs = CompanyInputs("TEST", colocation=Colocation(on_time=1.0), contracts=(contract,))
    found = line(run(inputs, 9), Line.AI_COLOCATION)[:, 0]
    assert found == pytest.approx([0, 500_000, 1e6, 1e6, 1e6, 1.1e6, 1.1e6, 0, 0])


def test_a_late_tenant_pays_later_and_so_is_the_hall_paid() -> None:
    contract = AiContract("hall", FIRST + 2, "colocation", 1e6, 40, 1, 0.5, capex_usd=8e6, build_quarters=2)
    inputs = CompanyInputs(
        "TEST", colocation=Colocation(on_time=0.0, late_quarters=1.0), contracts=(contract,),
        finance=Finance(cash_usd=2e7, debt_share=0.5),
    )  # fmt: skip
    company = run(inputs)
    assert line(company, Line.AI_COLOCATION)[:, 0] == pytest.approx([0, 0, 0, 1e6])
    assert company.debt_usd[:, 0] == pytest.approx([0, 2e6, 4e6, 3.9e6])
    interest = 2e6 * 0.06 / 4
    assert company.cash_usd[2, 0] == pytest.approx(2e7 - 4e6 - interest)


def test_machines_stop_below_breakeven_and_other_cost_stays() -> None:
    mining = Mining(10.0, 1.0, 20.0, class_spread=0.0, power_usd_per_mwh=50.0, non_power_opex_usd_per_mwh=1.0)
    above, below = run(CompanyInputs("TEST", mining), 1, 24.01), run(CompanyInputs("TEST", mining), 1, 23.99)
    assert line(above, Line.SELF_MINING)[0, 0] > 0
    assert line(below, Line.SELF_MINING)[0, 0] == 0
    assert below.gross_profit_usd[0, 0] == pytest.approx(-10 * 20 * 90 * 24)
    assert np.isnan(below.breakeven_hashprice_usd).all()


def test_classes_stop_one_after_the_other() -> None:
    mining = Mining(10.0, 1.0, 20.0, class_spread=0.3, power_usd_per_mwh=50.0)
    earned = [
        line(run(CompanyInputs("TEST", mining), 1, price), Line.SELF_MINING)[0, 0] / price
        for price in (10, 20, 25, 40)
    ]
    assert earned[0] == 0
    assert earned == sorted(earned)
    assert 0 < earned[1] < earned[3]


def test_renewal_keeps_megawatts_and_raises_hash_rate() -> None:
    mining = Mining(
        10.0,
        1.0,
        20.0,
        class_spread=0.0,
        power_usd_per_mwh=40.0,
        growth_j_per_th=10.0,
        improvement=0.0,
        renewal=0.1,
    )
    company = run(CompanyInputs("TEST", mining, finance=Finance(cash_usd=1e9, machine_days=500.0)), 1)
    bought = 0.1 * 200 / 10
    assert line(company, Line.SELF_MINING)[0, 0] == pytest.approx((10 - 1 + bought) * 1_000 * 90 * HASHPRICE)
    spent = bought * 1e6 * HASHPRICE / 1_000 * 500
    power = 200 * 90 * 24 * 40
    assert company.cash_usd[0, 0] == pytest.approx(1e9 + 11 * 1_000 * 90 * HASHPRICE - power - spent)


def test_own_chips_make_own_machines_cheaper_and_are_sold() -> None:
    mining = Mining(10.0, 1.0, 20.0, growth_ehs=1.0, growth_quarters=1, class_spread=0.0)
    chips = Chips(FIRST, 1.0, 2, sold_ehs=2.0, ramp_quarters=1, price_days=500.0, cost_usd_per_th=5.0)
    finance = Finance(cash_usd=1e9, machine_days=500.0)
    without = run(CompanyInputs("TEST", mining, finance=finance), 1)
    own = run(CompanyInputs("TEST", mining, chips=chips, finance=finance), 1)
    price = HASHPRICE / 1_000 * 500
    assert line(own, Line.CHIPS)[0, 0] == pytest.approx(2e6 * price)
    gained = 2e6 * (price - 5) + 1e6 * (price - 5)
    assert own.cash_usd[0, 0] - without.cash_usd[0, 0] == pytest.approx(gained)


def test_fewer_chips_are_sold_below_cost_and_a_ban_halves_sales() -> None:
    chips = Chips(FIRST, 1.0, 2, 2.0, 1, price_days=500.0, cost_usd_per_th=40.0)
    below = run(CompanyInputs("TEST", chips=chips), 1)
    assert line(below, Line.CHIPS)[0, 0] == pytest.approx(2e6 * (20 / 40) * 20)
    assert below.gross_profit_usd[0, 0] == pytest.approx(-2e6 * (20 / 40) * 20)
    banned = replace(chips, cost_usd_per_th=5.0, market_share_kept=0.5)
    assert line(run(CompanyInputs("TEST", chips=banned), 1), Line.CHIPS)[0, 0] == pytest.approx(1e6 * 20)


def test_a_failed_tape_out_delays_the_first_sale() -> None:
    chips = Chips(FIRST, 0.01, 2, 2.0, 1, price_days=500.0, cost_usd_per_th=5.0)
    assert line(run(CompanyInputs("TEST", chips=chips), 1), Line.CHIPS)[0].min() == 0


def test_conversion_takes_mining_off_when_the_build_begins() -> None:
    contract = AiContract(
        "hall", FIRST + 2, "colocation", 1e6, 40, 1, 0.5, build_quarters=1, converts_mw=50.0
    )
    mining = Mining(10.0, 1.0, 20.0, class_spread=0.0)
    found = line(run(CompanyInputs("TEST", mining, contracts=(contract,))), Line.SELF_MINING)[:, 0]
    days = [q.days for q in flat_market().quarters]
    ehs = [value / (1_000 * day * HASHPRICE) for value, day in zip(found, days, strict=True)]
    assert ehs == pytest.approx([10, 7.5, 7.5, 7.5])


def test_funding_in_order_coins_debt_shares_then_shortfall() -> None:
    finance = Finance(
        sga_usd=100e6, cash_usd=10e6, bitcoin=500.0, debt_usd=0.0, new_interest=0.0, shares=10e6,
        share_price_usd=5.0, equity_limit_usd=15e6, debt_limit_usd=20e6,
    )  # fmt: skip
    company = run(CompanyInputs("TEST", finance=finance), 2)
    assert company.bitcoin[0, 0] == 0
    assert company.debt_usd[0, 0] == pytest.approx(20e6)
    assert company.shares[0, 0] == pytest.approx(10e6 + 15e6 / 5)
    assert company.shortfall_usd[:, 0] == pytest.approx([100e6 - 10e6 - 40e6 - 20e6 - 15e6, 15e6 + 85e6])
    assert company.cash_usd[:, 0] == pytest.approx([0, 0])


def test_bitcoin_may_be_kept() -> None:
    mining = Mining(10.0, 1.0, 20.0, class_spread=0.0, power_usd_per_mwh=0.0)
    kept = run(CompanyInputs("TEST", mining, finance=Finance(cash_usd=1e6, sold_share=0.0)), 1)
    assert kept.cash_usd[0, 0] == pytest.approx(1e6)
    assert kept.bitcoin[0, 0] == pytest.approx(10 * 1_000 * 90 * HASHPRICE / PRICE, rel=1e-6)


AMOUNT = st.floats(0, 1e9)
FINANCES = st.builds(
    Finance, sga_usd=AMOUNT, cash_usd=AMOUNT, bitcoin=st.floats(0, 1e4), debt_usd=AMOUNT,
    shares=st.floats(1, 1e9), share_price_usd=st.floats(0.1, 100), equity_limit_usd=AMOUNT,
    debt_limit_usd=AMOUNT,
    sold_share=st.floats(0, 1), sells_treasury=st.sampled_from([0.0, 1.0]), minimum_cash_usd=AMOUNT,
)  # fmt: skip
CONTRACTS = st.builds(
    AiContract, name=st.just("hall"), start=st.integers(-4, 6).map(lambda step: FIRST + step),
    kind=st.sampled_from(["colocation", "cloud"]), usd_per_quarter=AMOUNT, capex_usd=AMOUNT,
    term_quarters=st.integers(1, 20), ramp_quarters=st.integers(1, 8), converts_mw=st.floats(0, 500),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(FINANCES, CONTRACTS, st.floats(0, 50), st.floats(1, 200))
@example(Finance(sga_usd=1e6), AiContract("hall", FIRST), 2e-311, 40.0)
def test_cash_is_never_negative_and_a_shortfall_comes_last(
    finance: Finance, contract: AiContract, ehs: float, hashprice: float
) -> None:
    """Lines tie, cash is never negative, and a shortfall comes only when all else is used up."""
    inputs = CompanyInputs("TEST", Mining(ehs, renewal=0.05), contracts=(contract,), finance=finance)
    company = run(inputs, 6, hashprice)
    assert (company.cash_usd >= 0).all()
    assert (company.bitcoin >= -1e-6).all()
    assert company.lines_usd.sum(axis=0) == pytest.approx(company.revenue_usd)
    some = company.revenue_usd > 1
    assert (company.effective_lines[some] >= 1 - 1e-9).all()
    _check_funding(company, finance)


def _check_funding(company: CompanyPaths, finance: Finance) -> None:
    """A shortfall comes only when coins, debt and shares are used up."""
    grew = np.diff(company.shortfall_usd, axis=0, prepend=0.0) > 1e-3
    assert (company.cash_usd[grew] == 0).all()
    if finance.sells_treasury:
        assert company.bitcoin[grew] == pytest.approx(0, abs=1e-6)
    raised = np.diff(company.shares, axis=0, prepend=finance.shares)
    if finance.equity_limit_usd > 1:
        assert (raised[grew] > 0).all()


@settings(max_examples=60, deadline=None)
@given(FINANCES, CONTRACTS, st.floats(0, 50), st.floats(1, 200), AMOUNT, st.floats(0, 0.5), AMOUNT,
       st.floats(0, 1), st.floats(0, 0.9))  # fmt: skip
def test_the_three_statements_tie_to_the_cent(
    finance: Finance,
    contract: AiContract,
    ehs: float,
    hashprice: float,
    equity: float,
    tax: float,
    pay: float,
    refinanced: float,
    pledged: float,
) -> None:  # fmt: skip
    """Assets are liabilities and equity; income and cash flow account for every change of both."""
    finance = replace(
        finance, equity_usd=equity, tax_rate=tax, stock_pay_usd=pay, depreciation_usd=pay / 7,
        loss_carryforward_usd=equity / 3,
    )  # fmt: skip
    debt = tuple(
        Debt(f"note {number}", share * finance.debt_usd, 0.05, FIRST + number, price)
        for number, (share, price) in enumerate(((0.4, None), (0.3, 1.0), (0.2, 50.0)))
    )
    finance = replace(
        finance, refinance_share=refinanced, treasury_ltv=pledged, receivable_days=365 * refinanced,
        payable_days=90 * pledged, prepaid_quarters=pledged, tenant_capex_share=refinanced,
    )  # fmt: skip
    inputs = CompanyInputs(
        "TEST", Mining(ehs, renewal=0.05), contracts=(contract,), finance=finance, debt=debt
    )
    found = run(inputs, 6, hashprice)
    assets = found.cash_usd + found.bitcoin * found.price_usd + found.property_usd
    owed = found.shortfall_usd + found.debt_usd + found.equity_usd
    assert assets == pytest.approx(owed, abs=0.005, rel=1e-12)
    assert found.net_income_usd == pytest.approx(
        found.pretax_income_usd - found.tax_usd, abs=0.005, rel=1e-12
    )
    assert (found.tax_usd >= 0).all()


def test_leverage_and_interest_cover() -> None:
    """10 a quarter of EBITDA, debt of 200 at 8%: cover 10 / 4; leverage only once four quarters are there."""
    steady = RunRateLines(hosting_usd=10e6, margin=1.0)
    finance = Finance(cash_usd=50e6, debt_usd=200e6, interest=0.08)
    found = run(CompanyInputs("TEST", steady=steady, finance=finance), 5)
    assert found.ebitda_usd[:, 0] / found.interest_usd[:, 0] == pytest.approx([2.5] * 5)
    assert np.isnan(found.leverage[:3]).all()
    assert found.leverage[3:, 0] == pytest.approx([(200 - 74) / 40, (200 - 80) / 40])


def test_leverage_is_infinite_without_ebitda_and_counts_unpaid_bills() -> None:
    """A path that loses money is the most indebted one, not one without a number; net cash is no debt."""
    losing = Finance(sga_usd=10e6, cash_usd=25e6, debt_usd=200e6, debt_limit_usd=0.0, equity_limit_usd=0.0)
    assert np.isposinf(run(CompanyInputs("TEST", finance=losing), 5).leverage[3:]).all()
    rich = replace(losing, cash_usd=500e6)
    assert (run(CompanyInputs("TEST", finance=rich), 5).leverage[3:] == 0).all()
    steady = RunRateLines(hosting_usd=1e6, margin=1.0)
    unpaid = run(CompanyInputs("TEST", steady=steady, finance=replace(losing, sga_usd=0.0, cash_usd=0.0)), 5)
    assert unpaid.shortfall_usd[4, 0] > 0
    assert unpaid.leverage[4, 0] == pytest.approx((200e6 + unpaid.shortfall_usd[4, 0]) / 4e6)


def test_losses_are_carried_forward_and_offset_four_fifths_of_income() -> None:
    """100 earned a quarter; losses of 120 offset 80, then 40: tax of 21% on 20, on 60, then on 100."""
    steady = RunRateLines(hosting_usd=100e6, margin=1.0)
    finance = Finance(cash_usd=1e9, tax_rate=0.21, loss_carryforward_usd=120e6)
    found = run(CompanyInputs("TEST", steady=steady, finance=finance), 3)
    assert found.tax_usd[:, 0] == pytest.approx([4.2e6, 12.6e6, 21e6])


def test_bills_in_arrears_are_paid_first_when_cash_returns() -> None:
    hall = AiContract("hall", FIRST + 1, "colocation", 30e6, 40, 1, 1.0)
    inputs = CompanyInputs(
        "TEST", colocation=Colocation(on_time=1.0), contracts=(hall,), finance=Finance(sga_usd=10e6)
    )
    found = run(inputs, 3)
    assert found.shortfall_usd[:, 0] == pytest.approx([10e6, 0, 0])
    assert found.cash_usd[:, 0] == pytest.approx([0, 10e6, 30e6])


@pytest.mark.parametrize("more", [0.0, 1e8, 1e9])
def test_more_debt_never_lowers_arrears(more: float) -> None:
    market = flat_market(8)
    finance = Finance(
        sga_usd=8e7, cash_usd=1e8, debt_usd=1e8 + more, debt_limit_usd=2e8, equity_limit_usd=5e7,
        shares=1e8, share_price_usd=5.0, interest=0.08,
    )  # fmt: skip
    mining = Mining(8.0, renewal=0.03)
    found = run_company(CompanyInputs("TEST", mining, finance=finance), market, PRICE, 1)
    less = replace(finance, debt_usd=1e8)
    before = run_company(CompanyInputs("TEST", mining, finance=less), market, PRICE, 1)
    assert (found.shortfall_usd >= before.shortfall_usd).all()


def test_inputs_out_of_range_are_named() -> None:
    for make, word in (
        (lambda: Mining(hash_rate_ehs=-1.0), "hash_rate_ehs"),
        (lambda: Finance(cash_usd=float("nan")), "cash_usd"),
        (lambda: AiContract("x", FIRST, converts_mw=-5.0), "converts_mw"),
        (lambda: Cloud(utilisation=True), "utilisation"),
    ):
        with pytest.raises(InvalidInput, match=word):
            make()


def test_contracts_that_overlap_are_refused_and_stages_are_not() -> None:
    one = AiContract("AMD (Rockdale) [1]", FIRST, term_quarters=8)
    with pytest.raises(InvalidInput, match="overlap"):
        CompanyInputs("TEST", contracts=(one, replace(one, name="AMD (Rockdale) [2]", start=FIRST + 4)))
    CompanyInputs("TEST", contracts=(one, replace(one, name="AMD (Rockdale) [2]", start=FIRST + 8)))
    CompanyInputs("TEST", contracts=(one, replace(one, name="AMD (Corsicana)")))
    assert Quarter(2027, 1) == one.start


def test_without_funds_nothing_is_renewed_and_the_plan_is_bought() -> None:
    mining = Mining(10.0, 1.0, 20.0, power_usd_per_mwh=500.0, growth_j_per_th=10.0, renewal=0.1)
    poor = run(CompanyInputs("TEST", mining, finance=Finance(cash_usd=1e6, minimum_cash_usd=1e6)), 1)
    assert poor.shortfall_usd[0, 0] == 0
    plan = replace(mining, growth_ehs=1.0, growth_quarters=1)
    bound = run(CompanyInputs("TEST", plan, finance=Finance(cash_usd=1e6, machine_days=500.0)), 1)
    assert bound.shortfall_usd[0, 0] == pytest.approx(1e6 * HASHPRICE / 1_000 * 500 - 1e6)


def test_half_the_funds_renew_half() -> None:
    mining = Mining(
        10.0, 1.0, 20.0, class_spread=0.0, power_usd_per_mwh=0.0, growth_j_per_th=10.0, renewal=0.1
    )
    price = 1e6 * HASHPRICE / 1_000 * 500
    full = run(CompanyInputs("TEST", mining, finance=Finance(cash_usd=1e9, machine_days=500.0)), 1)
    half = run(CompanyInputs("TEST", mining, finance=Finance(cash_usd=price, machine_days=500.0)), 1)
    ehs = [line(each, Line.SELF_MINING)[0, 0] / (1_000 * 90 * HASHPRICE) for each in (full, half)]
    assert ehs == pytest.approx([10 - 1 + 2, 10 - 0.5 + 1])


def test_fleets_change_by_what_the_record_says() -> None:
    mining = Mining(10.0, 1.0, 20.0, class_spread=0.0, fleet_noise=0.2, age_quarters=4)
    market = flat_market(3, paths=20_000)
    company = run_company(CompanyInputs("TEST", mining, finance=Finance(cash_usd=1e12)), market, PRICE, 1)
    spread = np.log(line(company, Line.SELF_MINING)).std(axis=1)
    assert spread == pytest.approx([0.2 * np.sqrt(quarters) for quarters in (5, 6, 7)], rel=0.15)
    assert np.median(line(company, Line.SELF_MINING)[0]) == pytest.approx(
        10 * 1_000 * 90 * HASHPRICE, rel=0.1
    )


def owing(debt: Debt, cash: float = 0.0, **more: float) -> CompanyPaths:
    """Two quarters of a company without revenue or costs that owes 100 at no interest."""
    finance = Finance(
        cash_usd=cash, debt_usd=100e6, debt_limit_usd=100e6, interest=0.0, new_interest=0.0, shares=10e6,
        share_price_usd=5.0, depreciation_usd=0.0, equity_usd=0.0,
    )  # fmt: skip
    return run(CompanyInputs("TEST", finance=replace(finance, **more), debt=(debt,)), 3)


def test_what_falls_due_is_repaid_from_cash_and_the_rest_refinanced() -> None:
    note = Debt("note", 80e6, 0.0, FIRST + 1)
    found = owing(note, cash=30e6, minimum_cash_usd=10e6)
    assert found.cash_usd[:, 0] == pytest.approx([30e6, 10e6, 10e6])
    assert found.debt_usd[:, 0] == pytest.approx([100e6, 80e6, 80e6])
    alone = owing(note, cash=30e6, minimum_cash_usd=10e6, refinance_share=0.5)
    assert alone.shortfall_usd[:, 0] == pytest.approx([0, 20e6, 20e6])
    assert alone.debt_usd[:, 0] == pytest.approx([100e6, 50e6, 50e6])


def test_interest_is_each_instruments_own_and_that_of_new_debt_once_refinanced() -> None:
    found = owing(Debt("note", 80e6, 0.04, FIRST + 1), cash=2e6, interest=0.08, new_interest=0.12)
    first = (80e6 * 0.04 + 20e6 * 0.08) / 4
    assert found.interest_usd[:2, 0] == pytest.approx([first, first])
    again = (20e6 * 0.08 + (80e6 - (2e6 - 2 * first) - 0.0) * 0.12) / 4
    assert found.interest_usd[2, 0] == pytest.approx(again, rel=0.03)


def test_convertibles_worth_more_as_shares_become_shares() -> None:
    found = owing(Debt("convertible", 80e6, 0.0, FIRST + 1, 4.0), cash=30e6)
    assert found.debt_usd[:, 0] == pytest.approx([100e6, 20e6, 20e6])
    assert found.shares[:, 0] == pytest.approx([10e6, 30e6, 30e6])
    assert found.cash_usd[:, 0] == pytest.approx([30e6] * 3)
    kept = owing(Debt("convertible", 80e6, 0.0, FIRST + 1, 6.0), cash=30e6)
    assert kept.shares[:, 0] == pytest.approx([10e6] * 3)
    assert kept.debt_usd[-1, 0] == pytest.approx(70e6)


def test_what_fell_due_before_the_start_falls_due_in_its_first_quarter() -> None:
    found = owing(Debt("note", 100e6, 0.0, FIRST - 3), cash=100e6)
    assert found.debt_usd[:, 0] == pytest.approx([0, 0, 0])


def test_instruments_are_part_of_all_debt() -> None:
    note = Debt("note", 80e6)
    for total in (70e6, None):
        with pytest.raises(InvalidInput, match=r"finance\.debt_usd"):
            CompanyInputs("TEST", finance=Finance(debt_usd=total), debt=(note,))
    with pytest.raises(InvalidInput, match="stands twice"):
        CompanyInputs("TEST", finance=Finance(debt_usd=200e6), debt=(note, note))
