"""What no outlook may say, whatever its inputs: over all companies of the ledger, and over inputs drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Line, NoData
from hashpivot.ledger import View
from hashpivot.nowcast import nowcast_draws
from hashpivot.outlook import (
    AiContract,
    CompanyInputs,
    CompanyPaths,
    CompanyResults,
    Finance,
    Mining,
    Outlook,
    OutlookCase,
    build_case,
    outlook,
    run_company,
)

from .companies import rich
from .flat import FIRST, PRICE, flat_market

QUARTERS, PATHS = 8, 400
FEW = settings(max_examples=25, deadline=None)
OF_EACH_KIND = ("APLD", "BTBT", "CAN", "CORZ", "IREN", "RIOT")
DRAWN = ("BTBT", "RIOT")
AI = tuple(line for line in Line if line.group == "ai")
DOLLARS = st.floats(0.0, 2e9)


@pytest.fixture(scope="module", params=["of each kind", pytest.param("all", marks=pytest.mark.nightly)])
def cases(request: pytest.FixtureRequest, view: View, network: NetworkHistory) -> dict[str, OutlookCase]:
    """The case of every company that has one; those of `DRAWN` begin with their nowcast, which takes longer.

    `run/test_start.py` holds that every company's first quarter is its nowcast.
    """
    found = {}
    for ticker in view.tickers() if request.param == "all" else OF_EACH_KIND:
        drawn = nowcast_draws(view, network, ticker, network.last_day) if ticker in DRAWN else None
        try:
            found[ticker] = build_case(view, network, ticker, nowcast=drawn)[0]
        except NoData:
            continue
    return found


@pytest.fixture(scope="module")
def outlooks(cases: dict[str, OutlookCase]) -> dict[str, Outlook]:
    """Their outlooks on a few paths."""
    return {ticker: outlook(case, quarters=QUARTERS, paths=PATHS, seed=1) for ticker, case in cases.items()}


def rows(outlooks: dict[str, Outlook]) -> Iterator[tuple[str, CompanyResults]]:
    for ticker, found in outlooks.items():
        for row in found.summary.quarters:
            yield f"{ticker} {row.quarter}", row


def on_paths(outlooks: dict[str, Outlook], name: str) -> Iterator[tuple[str, np.ndarray]]:
    """A row of every outlook, shape (quarters, paths)."""
    for ticker, found in outlooks.items():
        yield ticker, np.array([found.rows.row(name, step) for step in range(QUARTERS)])


def run(inputs: CompanyInputs, hashprice: float = 40.0) -> CompanyPaths:
    return run_company(inputs, flat_market(6, 2, hashprice), PRICE, 1)


def test_there_are_companies(outlooks: dict[str, Outlook]) -> None:
    assert len(outlooks) >= len(OF_EACH_KIND)


def test_probabilities_are_such_and_unpaid_bills_stay_unpaid(outlooks: dict[str, Outlook]) -> None:
    for where, row in rows(outlooks):
        assert 0 <= row.p_ai_chips_majority <= 1, where
        assert row.p_shortfall is None or 0 <= row.p_shortfall <= 1, where
    for ticker, found in outlooks.items():
        chances = [row.p_shortfall for row in found.summary.quarters if row.p_shortfall is not None]
        assert chances == sorted(chances), ticker


def test_cash_and_debt_are_never_negative_and_shares_never_fall(outlooks: dict[str, Outlook]) -> None:
    for name in ("cash_usd", "debt_usd", "bitcoin", "shares", "shortfall_usd"):
        for ticker, values in on_paths(outlooks, name):
            assert not (values < -1).any(), (ticker, name)
    for ticker, shares in on_paths(outlooks, "shares"):
        known = np.nan_to_num(shares)
        assert (np.diff(known, axis=0) >= -1e-6 * known[:-1]).all(), ticker


def test_what_moves_with_bitcoin_has_an_interval(outlooks: dict[str, Outlook]) -> None:
    """Who mines does not know its revenue; an 80% interval of no width would say it does."""
    for where, row in rows(outlooks):
        mining = row.lines[Line.SELF_MINING]
        if mining.p50 and mining.p50 > 1e5:
            assert mining.p90 > 1.01 * mining.p10, where
            assert row.revenue_usd.p90 > row.revenue_usd.p10, where


def test_ai_lines_have_a_band_far_out(outlooks: dict[str, Outlook]) -> None:
    """Tenants fail, come late or never: nobody knows what signed contracts will bring in two years."""
    for ticker, found in outlooks.items():
        for line in AI:
            spread = found.summary.quarters[-1].lines[line]
            if spread.p50 > 1e6:
                assert spread.p90 > 1.15 * spread.p10, (ticker, line)


def test_lines_are_never_negative_and_make_the_total(outlooks: dict[str, Outlook]) -> None:
    for where, row in rows(outlooks):
        assert all(spread.p10 >= -1 for spread in row.lines.values()), where
        total = sum(spread.mean for spread in row.lines.values())
        assert total == pytest.approx(row.revenue_usd.mean, rel=1e-4, abs=10), where


def test_no_ai_growth_without_contracts(cases: dict[str, OutlookCase]) -> None:
    """What runs today may be dearer or cheaper at the next lease; more of it needs a contract."""
    for ticker, case in cases.items():
        bare = replace(case, inputs=replace(case.inputs, contracts=()))
        quarters = outlook(bare, quarters=QUARTERS, paths=PATHS, seed=1).summary.quarters
        first, last = (sum(row.lines[line].p50 for line in AI) for row in (quarters[0], quarters[-1]))
        assert last <= 1.1 * first + 1, ticker


def test_a_breakeven_hashprice_below_zero_is_explained(outlooks: dict[str, Outlook]) -> None:
    below = {
        ticker: any((row.breakeven_hashprice_usd_ph_day.p50 or 0) < 0 for row in found.summary.quarters)
        for ticker, found in outlooks.items()
    }
    assert any(below.values()) and not all(below.values())
    for ticker, found in outlooks.items():
        said = any("breakeven hashprice is below zero" in remark for remark in found.summary.remarks)
        assert said == below[ticker], ticker


@FEW
@given(debt=DOLLARS, more=DOLLARS, cash=DOLLARS)
def test_more_debt_never_lowers_default(debt: float, more: float, cash: float) -> None:
    inputs = rich()

    def shortfall(owed: float) -> np.ndarray:
        debt = tuple(replace(each, principal_usd=owed / len(inputs.debt)) for each in inputs.debt)
        finance = replace(inputs.finance, debt_usd=2 * owed, cash_usd=cash, debt_limit_usd=5e7)
        return run(replace(inputs, finance=finance, debt=debt)).shortfall_usd

    assert (shortfall(debt + more) >= shortfall(debt) - 1).all()


@FEW
@given(late=st.integers(0, 4), rent=st.floats(0.0, 5e8), margin=st.floats(0.0, 1.0))
def test_a_later_tenant_never_raises_cash(late: int, rent: float, margin: float) -> None:
    """Its hall is built already: with what is left to be built, a later start also spends later."""
    hall = AiContract("hall", FIRST, "colocation", rent, margin=margin)

    def cash(contract: AiContract) -> np.ndarray:
        finance = Finance(cash_usd=1e9, sga_usd=1e6)
        return run(CompanyInputs("CORZ", finance=finance, contracts=(contract,))).cash_usd

    assert (cash(replace(hall, start=FIRST + late)) <= cash(hall) + 1).all()


@FEW
@given(
    hashprice=st.floats(5.0, 200.0),
    j_per_th=st.floats(10.0, 60.0),
    power=st.floats(0.0, 150.0),
    spread=st.floats(0.0, 0.6),
)
def test_half_the_hashprice_never_raises_mining_profit(
    hashprice: float, j_per_th: float, power: float, spread: float
) -> None:
    mining = Mining(10.0, 0.9, j_per_th, spread, power, 3.0)
    inputs = CompanyInputs("CORZ", mining, finance=Finance(cash_usd=1e9))
    now, half = (run(inputs, price).gross_profit_usd for price in (hashprice, hashprice / 2))
    assert (half <= now + 1).all()


@FEW
@given(cash=DOLLARS, more=DOLLARS)
def test_more_cash_never_raises_default(cash: float, more: float) -> None:
    inputs = rich()

    def shortfall(held: float) -> np.ndarray:
        return run(replace(inputs, finance=replace(inputs.finance, cash_usd=held))).shortfall_usd

    assert (shortfall(cash + more) <= shortfall(cash) + 1).all()


@pytest.mark.parametrize("name", ["revenue_usd", "gross_profit_usd", "adjusted_ebitda_usd"])
def test_quantiles_are_in_order(outlooks: dict[str, Outlook], name: str) -> None:
    read: Callable[[CompanyResults], tuple[float, ...]] = lambda row: (  # noqa: E731
        getattr(row, name).p10, getattr(row, name).p50, getattr(row, name).p90,
    )  # fmt: skip
    for where, row in rows(outlooks):
        if read(row)[0] is not None:
            assert all(low <= high for low, high in pairwise(read(row))), where
