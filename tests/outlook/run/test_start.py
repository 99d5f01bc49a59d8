"""An outlook begins where the nowcast ends."""

from __future__ import annotations

import pickle
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Line, Missing, NoData, NowcastDraws, Quarter
from hashpivot.desk import Desk
from hashpivot.ledger import View, bundled
from hashpivot.nowcast import Estimate, days_known, nowcast, nowcast_draws
from hashpivot.outlook import RevenueReconciliation, apply_presets, build_case, outlook, with_inputs
from hashpivot.testing import MadeUpMiner

DAY = date(2026, 10, 20)
MEDIAN, EDGES = 0.03, 0.10
"""Largest differences. Sampling alone: 10,000 paths of the widest line move its edges by up to 3%."""


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk.open(as_of=DAY)


@pytest.fixture(scope="module")
def drawn(desk: Desk) -> dict[str, NowcastDraws]:
    found = {ticker: nowcast_draws(desk.view, desk.network, ticker, DAY) for ticker in desk.view.tickers()}
    return {ticker: each for ticker, each in found.items() if isinstance(each, NowcastDraws)}


def test_the_draws_are_those_of_the_nowcast(desk: Desk, drawn: dict[str, NowcastDraws]) -> None:
    shown = nowcast(desk.view, desk.network, Quarter(2026, 4), ["RIOT", "CORZ"], DAY)
    for ticker in ("RIOT", "CORZ"):
        last = drawn[ticker].last
        assert np.median(last.total_usd) == shown[ticker].total.median_usd
        assert {str(line) for line in last.lines_usd} == set(shown[ticker])
        assert sum(last.lines_usd.values()) == pytest.approx(last.total_usd)


def test_ebitda_of_one_definition_agrees(network: NetworkHistory) -> None:
    """Each median lies in the other's 80% interval; no bundled company has both today, so one is made up."""
    day = date(2025, 2, 20)
    made = MadeUpMiner(days_known(network, day))
    for text in ("2024Q1", "2024Q2", "2024Q3"):
        span = Quarter.parse(text).start, Quarter.parse(text).end
        for line, revenue, cost in ((Line.HOSTING, 30e6, 18e6), (Line.AI_CLOUD, 10e6, 2e6)):
            made.quarter(text, line, revenue)
            made.figure("cost_of_revenue", *span, cost, line=line, source=f"10-Q {text}")
        made.quarter(text, None, 40e6).figure("adjusted_ebitda", *span, 12e6, source=f"8-K {text}")
        made.figure("selling_general_administrative", *span, 8e6, source=f"10-Q {text}")
    view, known = made.view(), network.until(day)
    found = nowcast(view, known, Quarter(2025, 1), None, day, track=tuple)["TEST"].adjusted_ebitda
    case, _ = build_case(view, known, "TEST", nowcast=nowcast_draws(view, known, "TEST", day))
    ahead = outlook(case, quarters=1, paths=1_000).summary.quarters[0].adjusted_ebitda_usd
    assert isinstance(found, Estimate)
    assert ahead.p10 is not None and ahead.p50 is not None and ahead.p90 is not None
    assert found.p10_usd <= ahead.p50 <= found.p90_usd
    assert ahead.p10 <= found.median_usd <= ahead.p90
    assert ahead.p50 == pytest.approx(found.median_usd, rel=0.25)


def test_every_company_begins_with_its_nowcast(desk: Desk, drawn: dict[str, NowcastDraws]) -> None:
    """Total and each line: medians within 3%, 10 and 90% quantiles within 10%."""
    assert len(drawn) >= 15
    for ticker, handed in drawn.items():
        try:
            case, calibration = desk.outlook_case(ticker)
        except NoData:
            continue
        assert calibration.begins == handed.last.quarter == case.start.first_quarter
        rows = outlook(case, quarters=1).rows
        expected = {"revenue_usd": handed.last.total_usd}
        expected |= {f"lines.{line.value}": usd for line, usd in handed.last.lines_usd.items()}
        for name, usd in expected.items():
            low, middle, high = np.quantile(rows.row(name, 0), (0.1, 0.5, 0.9)) / np.quantile(
                usd, (0.1, 0.5, 0.9)
            )
            assert abs(middle - 1) < MEDIAN, (ticker, name)
            assert max(abs(low - 1), abs(high - 1)) < EDGES, (ticker, name)
        for line in set(Line) - set(handed.last.lines_usd):
            assert np.median(rows.row(f"lines.{line.value}", 0)) == 0, (ticker, line)


def test_a_price_moves_the_first_quarter(desk: Desk) -> None:
    case, _ = desk.outlook_case("CLSK")
    plain, halved = (
        np.median(outlook(each, quarters=1, paths=2_000).rows.row("revenue_usd", 0))
        for each in (case, apply_presets(case, ["bitcoin_halves"]))
    )
    assert halved < 0.75 * plain


@pytest.mark.parametrize("paths", [1, 7])
def test_few_paths_and_no_volatility(desk: Desk, paths: int) -> None:
    case, _ = desk.outlook_case("CORZ")
    still = with_inputs(case, {"market.price.volatility": 0.0, "market.price.jump_share": 0.0})
    assert np.isfinite(outlook(still, quarters=2, paths=paths).rows.row("revenue_usd", 1)).all()


def test_a_case_is_small_and_the_same_for_any_worker(desk: Desk) -> None:
    case, _ = desk.outlook_case("CORZ")
    assert len(pickle.dumps(case)) < 100_000
    here = outlook(case, quarters=2, paths=9_000).rows.row("revenue_usd", 1)
    with ProcessPoolExecutor(2) as pool:
        there = outlook(case, quarters=2, paths=9_000, executor=pool).rows.row("revenue_usd", 1)
    assert (here == there).all()
    assert case.levels is not None
    assert repr(case.levels) != repr(replace(case.levels, digest="another"))


def test_without_a_nowcast_it_begins_as_before_and_says_so(network: NetworkHistory) -> None:
    view = View(bundled())
    why = nowcast_draws(view, network, "SLNH", DAY)
    assert isinstance(why, Missing)
    case, calibration = build_case(view, network, "SLNH", nowcast=why)
    assert case.levels is None
    assert calibration.begins == calibration.quarter
    assert any("not with a nowcast" in remark for remark in calibration.remarks)
    assert case.inputs == build_case(view, network, "SLNH")[0].inputs


def test_why_adds_up(desk: Desk, drawn: dict[str, NowcastDraws]) -> None:
    """From what was reported last to the first quarter; what is left over is below 2% of it."""
    for ticker in drawn:
        try:
            why = desk.outlook(ticker, quarters=1, paths=2_000, why=True).reconciliation
        except NoData:
            continue
        assert isinstance(why, RevenueReconciliation)
        first, last = why.quarters[0], why.quarters[-1]
        assert (first.basis, last.basis) == ("reported", "outlook")
        assert first.total_usd + sum(step.usd for step in why.steps) == pytest.approx(last.total_usd)
        assert abs(why.steps[-1].usd) < 0.02 * last.total_usd, ticker
        for each in why.quarters[1:]:
            assert sum(each.lines_usd.values()) == pytest.approx(each.total_usd, rel=0.02), ticker
        assert [each.quarter for each in why.quarters] == sorted(each.quarter for each in why.quarters)
    mining = {step.key for step in desk.outlook("CLSK", quarters=1, paths=500, why=True).reconciliation.steps}  # type: ignore[union-attr]
    assert mining == {"days", "network", "price", "fleet", "remainder"}


def test_why_splits_what_a_report_leaves_to_no_line(desk: Desk) -> None:
    """RIOT's 2026Q1 names AI colocation alone: the rest is told as the lines that follow."""
    why = desk.outlook("RIOT", quarters=1, paths=500, why=True).reconciliation
    assert isinstance(why, RevenueReconciliation)
    assert why.split_by == Quarter(2026, 2)
    assert {"price", "fleet", "line_engineering"} <= {step.key for step in why.steps}
    ended = [step for step in why.steps if step.key == "line_other"]
    assert all(abs(step.usd) < 0.1 * why.quarters[0].total_usd for step in ended)


def test_mining_that_a_total_holds_is_not_counted_twice(drawn: dict[str, NowcastDraws]) -> None:
    """RIOT's 2026Q1 has a total and AI revenue, but no mining of its own: most of the rest is mining."""
    riot = drawn["RIOT"].last
    assert np.median(riot.lines_usd[Line.OTHER]) < np.median(riot.lines_usd[Line.SELF_MINING]) / 2
