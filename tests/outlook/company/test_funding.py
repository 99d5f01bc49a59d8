"""Who pays: tenants, lenders on projects and on bitcoin, customers late, suppliers; and covenants."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hashpivot.core import Line
from hashpivot.outlook import (
    AiContract,
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

HALL = AiContract("hall", FIRST + 2, "colocation", 0.0, 4, 1, 1.0, capex_usd=80e6, build_quarters=2)
RICH = Finance(cash_usd=1e9, depreciation_usd=0.0, equity_usd=1e9, new_interest=0.08, debt_share=0.5)


def run(quarters: int = 6, price_after: float = PRICE, **parts: object) -> CompanyPaths:
    """A company at a flat market; from the second quarter on at another price of bitcoin."""
    inputs = CompanyInputs("TEST", **({"colocation": Colocation(on_time=1.0)} | parts))  # type: ignore[arg-type]
    market = flat_market(quarters, hashprice=HASHPRICE)
    market.price_usd[1:] = price_after
    return run_company(inputs, market, PRICE, 1)


def test_a_project_loan_is_repaid_over_the_term_and_no_longer() -> None:
    found = run(8, contracts=(HALL,), finance=RICH)
    assert found.debt_usd[:, 0] == pytest.approx([20e6, 40e6, 30e6, 20e6, 10e6, 0, 0, 0])
    assert found.interest_usd[:, 0] == pytest.approx([0, 4e5, 8e5, 6e5, 4e5, 2e5, 0, 0])


def test_a_late_tenant_moves_the_loan_by_as_much() -> None:
    late = Colocation(on_time=0.0, late_quarters=1.0)
    found = run(8, contracts=(HALL,), finance=RICH, colocation=late).debt_usd[:, 0]
    early = run(8, contracts=(HALL,), finance=RICH).debt_usd[:, 0]
    assert early.max() > 0 and found[1:] == pytest.approx(early[:-1])


def test_interest_is_capitalised_while_a_hall_is_built_and_never_more_than_is_paid() -> None:
    found = run(8, contracts=(HALL,), finance=RICH)
    assert found.capitalised_usd[:, 0] == pytest.approx([0, 4e5, 0, 0, 0, 0, 0, 0])
    lent = run(8, contracts=(HALL,), finance=replace(RICH, debt_share=1.0))
    assert lent.capitalised_usd[1, 0] == pytest.approx(40e6 * 0.08 / 4)
    assert run(8, contracts=(HALL,), finance=replace(RICH, debt_share=0.0)).capitalised_usd.max() == 0


def test_capex_is_known_without_a_balance_and_capitalised_interest_without_depreciation() -> None:
    alone = run(8, contracts=(HALL,), finance=RICH)
    absent = run(8, contracts=(HALL,), finance=replace(RICH, cash_usd=None))
    assert absent.capex_usd[:, 0] == pytest.approx(alone.capex_usd[:, 0])
    assert alone.capex_usd.max() > 0 and np.isnan(absent.cash_usd).all()
    assert np.isnan(absent.capitalised_usd).all()
    unknown = run(8, contracts=(HALL,), finance=replace(RICH, depreciation_usd=None, equity_usd=None))
    assert unknown.capitalised_usd[:, 0] == pytest.approx(alone.capitalised_usd[:, 0])
    assert np.isnan(unknown.tax_usd).all()


def test_what_tenants_pay_for_is_no_capex_no_loan_and_not_depreciated() -> None:
    finance = replace(RICH, tenant_capex_share=0.25)
    found, alone = run(contracts=(HALL,), finance=finance), run(contracts=(HALL,), finance=RICH)
    assert found.capex_usd[:, 0] == pytest.approx(0.75 * alone.capex_usd[:, 0])
    assert found.debt_usd[1, 0] == pytest.approx(30e6)
    halls = [
        each.depreciation_usd[3, 0] - each.capitalised_usd.sum(axis=0)[0] / 80 for each in (found, alone)
    ]
    assert halls[0] == pytest.approx(0.75 * halls[1])


def test_customers_who_pay_late_cost_cash_once_and_pools_pay_at_once() -> None:
    rent = replace(HALL, usd_per_quarter=92e6, capex_usd=0.0, term_quarters=40)
    mining = Mining(10.0, 1.0, 20.0, class_spread=0.0, power_usd_per_mwh=0.0)
    finance = replace(RICH, receivable_days=46.0)
    found = run(mining=mining, contracts=(rent,), finance=finance)
    alone = run(mining=mining, contracts=(rent,), finance=RICH)
    less = alone.cash_usd[:, 0] - found.cash_usd[:, 0]
    days = np.array([(FIRST + step).days for step in range(6)])
    assert less == pytest.approx(np.where(days.cumsum() > 200, 92e6 * 46 / days, 0.0))
    assert found.lines_usd[list(Line).index(Line.SELF_MINING)].min() > 0


def test_rent_paid_ahead_and_bills_not_yet_paid_bring_cash() -> None:
    rent = replace(HALL, usd_per_quarter=50e6, capex_usd=0.0, term_quarters=40, margin=0.2)
    ahead = run(contracts=(rent,), finance=replace(RICH, prepaid_quarters=2.0))
    unpaid = run(contracts=(rent,), finance=replace(RICH, payable_days=30.0))
    alone = run(contracts=(rent,), finance=RICH)
    assert (ahead.cash_usd - alone.cash_usd)[2:, 0] == pytest.approx([100e6] * 4)
    days = np.array([(FIRST + step).days for step in range(2, 6)])
    assert (unpaid.cash_usd - alone.cash_usd)[2:, 0] == pytest.approx(40e6 * 30 / days)


BURNING = Finance(
    sga_usd=10e6, cash_usd=0.0, bitcoin=1_000.0, sells_treasury=0.0, treasury_ltv=0.5, treasury_interest=0.12,
)  # fmt: skip


def test_bitcoin_is_pledged_before_anything_else_and_called_when_the_price_falls() -> None:
    found = run(3, finance=BURNING)
    assert found.debt_usd[:2, 0] == pytest.approx([10e6, 20e6 + 10e6 * 0.03])
    assert found.bitcoin[:, 0] == pytest.approx([1_000.0] * 3)
    called = run(2, price_after=PRICE / 10, finance=BURNING)
    assert called.debt_usd[1, 0] == pytest.approx(1_000 * PRICE / 10 * 0.5)
    assert called.shortfall_usd[1, 0] == pytest.approx(20e6 + 10e6 * 0.03 - 1_000 * PRICE / 10)


def test_a_loan_on_bitcoin_is_repaid_from_what_comes_in() -> None:
    rent = RunRateLines(hosting_usd=40e6, margin=1.0)
    poor = replace(BURNING, minimum_cash_usd=35e6, treasury_interest=0.0)
    found = run(3, steady=rent, finance=poor)
    assert found.debt_usd[:, 0] == pytest.approx([5e6, 0, 0])
    assert found.cash_usd[:, 0] == pytest.approx([35e6, 60e6, 90e6])


def test_bitcoin_that_is_held_is_sold_last_and_the_quarters_own_first() -> None:
    mining = Mining(10.0, 1.0, 20.0, class_spread=0.0, power_usd_per_mwh=0.0)
    mined = 10 * 1_000 * 90 * HASHPRICE
    holder = Finance(
        sga_usd=mined + 60e6, cash_usd=0.0, bitcoin=1_000.0, sells_treasury=0.0, sold_share=0.0, shares=1e7,
        share_price_usd=5.0, debt_limit_usd=25e6, equity_limit_usd=15e6,
    )  # fmt: skip
    found = run(1, mining=mining, finance=holder)
    assert found.debt_usd[0, 0] == pytest.approx(25e6)
    assert found.shares[0, 0] == pytest.approx(1e7 + 3e6)
    assert found.bitcoin[0, 0] * PRICE == pytest.approx(1_000 * PRICE - 20e6, rel=1e-4)
    assert found.shortfall_usd[0, 0] == pytest.approx(0, abs=0.01)
    rich = run(1, mining=mining, finance=replace(holder, sga_usd=mined / 2))
    assert rich.bitcoin[0, 0] > 1_000 and rich.debt_usd[0, 0] == 0


def test_pledged_bitcoin_is_not_sold() -> None:
    seller = replace(BURNING, sells_treasury=1.0, sga_usd=30e6, treasury_interest=0.0)
    found = run(1, finance=seller)
    value = 1_000 * PRICE
    assert found.debt_usd[0, 0] == pytest.approx(min(30e6, value / 2))
    assert found.bitcoin[0, 0] * PRICE == pytest.approx(value - max(0.0, 30e6 - value / 2))


def test_covenants_are_judged_only_where_one_is_recorded() -> None:
    steady = RunRateLines(hosting_usd=10e6, margin=1.0)
    finance = Finance(cash_usd=50e6, debt_usd=200e6, interest=0.08)
    assert run(5, steady=steady, finance=finance).covenant_breach is None
    cash = run(5, steady=steady, finance=replace(finance, covenant_cash_usd=60e6)).covenant_breach
    assert cash is not None
    assert cash[:, 0].tolist() == [True, False, False, False, False]
    most = run(5, steady=steady, finance=replace(finance, covenant_leverage=3.1)).covenant_breach
    assert most is not None
    assert np.isnan(most[:3]).all() and most[3:, 0].tolist() == [1, 0]
    loss = run(5, finance=replace(finance, covenant_leverage=3.1)).covenant_breach
    assert loss is not None
    assert loss[3:, 0].tolist() == [1, 1]


def test_what_falls_due_is_not_known_where_no_maturity_is() -> None:
    unknown = run(2, finance=replace(RICH, debt_usd=50e6))
    assert np.isnan(unknown.debt_due_usd).all()
    dated = Debt("note", 10e6, matures=FIRST + 1)
    known = run(2, finance=replace(RICH, debt_usd=50e6), debt=(dated,))
    assert known.debt_due_usd[:, 0] == pytest.approx([0, 10e6])
    assert run(2, finance=RICH).debt_due_usd[:, 0] == pytest.approx([0, 0])
