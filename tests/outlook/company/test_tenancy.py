"""Tenants are lost, and others come at the market's rate."""

from dataclasses import replace

import numpy as np
import pytest

from hashpivot.core import Line
from hashpivot.outlook import AiContract, Cloud, Colocation, CompanyInputs, CompanyPaths, run_company

from ..flat import FIRST, PRICE, flat_market

HALLS, CLOUD = list(Line).index(Line.AI_COLOCATION), list(Line).index(Line.AI_CLOUD)
PATHS = 20_000
RUNNING = Colocation(
    on_time=1.0, running_critical_mw=100.0, running_usd_per_kw_month=150.0, market_usd_per_kw_month=120.0,
    margin=0.7, loss_chance=0.2, empty_quarters=2.0, passthrough_usd=1e6,
)  # fmt: skip
RENT = 100_000 * 3 * 150.0


def run(inputs: CompanyInputs, quarters: int = 9) -> CompanyPaths:
    return run_company(inputs, flat_market(quarters, PATHS), PRICE, 1)


def halls(colocation: Colocation, *contracts: AiContract) -> CompanyPaths:
    return run(CompanyInputs("TEST", colocation=colocation, contracts=contracts))


def test_a_tenant_is_lost_at_the_yearly_rate_and_never_in_the_first_quarter() -> None:
    rents = halls(RUNNING).lines_usd[HALLS] - 1e6
    assert rents[0] == pytest.approx(RENT)
    ever = (rents < RENT - 1).cumsum(axis=0) > 0
    assert ever[4].mean() == pytest.approx(0.2, abs=0.01)
    assert (np.diff(ever.mean(axis=1)) > 0).all()


def test_another_pays_the_markets_rent_where_it_is_lower() -> None:
    rents = halls(RUNNING).lines_usd[HALLS][-1]
    empty, again = rents < 1, abs(rents - 1e6 - 0.8 * RENT) < 1
    assert 0.02 < empty.mean() < again.mean()
    assert (empty | again | (abs(rents - 1e6 - RENT) < 1)).all()
    dearer = halls(replace(RUNNING, market_usd_per_kw_month=300.0)).lines_usd[HALLS][-1]
    assert dearer.max() == pytest.approx(RENT + 1e6)


def test_an_empty_hall_still_costs_and_passes_no_power_on() -> None:
    found = halls(RUNNING)
    revenue, profit = found.lines_usd[HALLS][-1], found.profits_usd[HALLS][-1]
    empty = revenue == 0
    assert empty.any()
    assert profit[empty] == pytest.approx(-0.3 * RENT)
    assert profit[revenue > RENT] == pytest.approx(0.7 * RENT)


def test_tenants_of_a_path_fail_together() -> None:
    hall = AiContract("hall", FIRST, "colocation", RENT, ramp_quarters=1)
    alone = Colocation(on_time=1.0, loss_chance=0.2, empty_quarters=40.0)
    found = halls(alone, hall, replace(hall, name="other", usd_per_quarter=2 * RENT)).lines_usd[HALLS][4]
    first, second = np.isin(np.round(found / RENT), (0, 2)), np.isin(np.round(found / RENT), (0, 1))
    assert (first & second).mean() > 1.3 * first.mean() * second.mean()


def test_gpu_time_is_sold_again_at_what_the_market_pays() -> None:
    cloud = Cloud(1_000.0, 1.0, 2.0, spot_decay=0.0, spot_volatility=0.0, loss_chance=0.5, empty_quarters=1.0)
    found = run(CompanyInputs("TEST", cloud=cloud)).lines_usd[CLOUD]
    full = 1_000 * 2.0 * 24 * FIRST.days
    assert found[0] == pytest.approx(full)
    empty = (found == 0).any(axis=0)
    assert empty.mean() > 0.5
    assert found[-1][found[-1] > 0] == pytest.approx(1_000 * 2.0 * 24 * (FIRST + 8).days)


def test_the_rent_running_settles_where_contracts_tell_it() -> None:
    steady = replace(RUNNING, loss_chance=0.0, passthrough_usd=0.0, running_spread=0.1)
    spreads = np.log(halls(steady).lines_usd[HALLS]).std(axis=1)
    assert spreads[0] == 0 and (np.diff(spreads) > 0).all()
    assert spreads[-1] == pytest.approx(0.1 * (1 - 0.5**4), rel=0.03)
    untold = replace(steady, running_critical_mw=0.0, running_usd_per_kw_month=0.0, running_usd=RENT)
    assert (halls(untold).lines_usd[HALLS] == RENT).all()


def test_building_is_paid_until_the_last_step_of_each_path_comes() -> None:
    hall = AiContract("hall", FIRST + 1, "colocation", 1e6, capex_usd=8e6, build_quarters=4)
    late = Colocation(on_time=0.5, late_quarters=2.0)
    market = flat_market(24, 200)
    inputs = CompanyInputs("TEST", colocation=late, contracts=(hall,))
    balance = replace(inputs.finance, cash_usd=1e8, debt_share=0.0, sga_usd=0.0)
    found = run_company(replace(inputs, finance=balance), market, PRICE, 1)
    spent = -(found.free_cash_usd - found.profits_usd[HALLS])
    starts = (found.lines_usd[HALLS] > 0).argmax(axis=0)
    assert len(set(starts)) > 2
    for path, start in enumerate(starts):
        assert spent[: start + 3, path].sum() == pytest.approx(8e6)
        paid = spent[max(0, start - 4) : start + 3, path]
        assert paid == pytest.approx(8e6 / len(paid))
