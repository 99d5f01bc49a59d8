from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Line, Quarter
from hashpivot.ledger import Contract, bundled
from hashpivot.nowcast import Nowcast, nowcast
from hashpivot.nowcast.parts._ramp import begins, expected_usd, ramp_draws, realised
from hashpivot.nowcast.parts._run_rate import LineChanges
from hashpivot.testing import MadeUpMiner

EVE = date(2025, 2, 5)


def of(miner: MadeUpMiner, history: NetworkHistory, quarter: str, as_of: date) -> Nowcast:
    return nowcast(miner.view(), history, Quarter.parse(quarter), as_of=as_of, track=tuple)


def contract(**given: object) -> Contract:
    base = next(
        c for c in bundled().contracts if c.contract_value_usd and c.term_years and c.kind == "colocation"
    )
    return replace(base, **given)


def test_known_production_gives_revenue_to_half_a_per_cent(
    steady: MadeUpMiner, history: NetworkHistory
) -> None:
    steady.figures = [f for f in steady.figures if f.source != "10-Q 2024Q4"]
    found = of(steady, history, "2024Q4", EVE)["TEST"]
    actual = 10 * steady.days.usd_per_eh[steady.days.span(date(2024, 10, 1), date(2024, 12, 31))].sum()
    assert found.level == "updates"
    assert found.total.median_usd == pytest.approx(actual, rel=5e-3)
    assert found.total.holds(actual)
    assert (found.total.p90_usd - found.total.p10_usd) / actual < 0.03


def test_growth_is_drawn_toward_none(miner: Callable[..., MadeUpMiner]) -> None:
    made = miner()
    amounts = [10e6, 20e6, 40e6, 80e6]
    for number, amount in enumerate(amounts, 1):
        made.quarter(f"2024Q{number}", Line.AI_CLOUD, amount)
    series = {f.quarter: f for f in made.figures if f.quarter}
    found = LineChanges([(Line.AI_CLOUD, series)]).of(Line.AI_CLOUD, 80e6, 1)
    assert found.changes == 3
    assert found.mean == pytest.approx(3 * np.log(2) / 13)


def test_a_run_rate_spreads_with_the_quarters_ahead() -> None:
    near, far = (LineChanges([]).of(Line.POWER, 10e6, ahead) for ahead in (1, 4))
    assert np.median(near.draws(10e6, 20_000, 3)) == pytest.approx(10e6, rel=0.02)
    assert far.variance == pytest.approx(4 * near.variance)
    assert near.variance == pytest.approx(0.4**2, rel=0.25)


def test_no_draw_leaves_what_such_lines_ever_did(miner: Callable[..., MadeUpMiner]) -> None:
    """Twelve quarters that moved by a tenth: the draws spread by a tenth, and by the prior's few cases."""
    made = miner()
    for number in range(12):
        made.quarter(str(Quarter(2022, 1) + number), Line.ENGINEERING, 10e6 * (1.1 if number % 2 else 1.0))
    series = {f.quarter: f for f in made.figures if f.quarter}
    found = LineChanges([(Line.ENGINEERING, series)]).of(Line.ENGINEERING, 10e6, 1)
    draws = found.draws(10e6, 4000, 1)
    low, high = found.bounds(10e6)
    assert low - 1 <= draws.min() < draws.max() <= high + 1
    assert high / low < np.exp(2 * 1.6 * 0.4)
    assert np.log(np.quantile(draws, 0.9) / np.quantile(draws, 0.1)) < 0.6


def test_ai_lines_say_little_of_the_others(miner: Callable[..., MadeUpMiner]) -> None:
    made = miner()
    for number in range(12):
        made.quarter(str(Quarter(2022, 1) + number), Line.AI_CLOUD, 10e6 * (4.0 if number % 2 else 1.0))
    series = {f.quarter: f for f in made.figures if f.quarter}
    changes = LineChanges([(Line.AI_CLOUD, series)])
    spread = {line: changes.of(line, 10e6, 1).variance for line in (Line.AI_COLOCATION, Line.HOSTING)}
    assert spread[Line.HOSTING] < 0.3 < spread[Line.AI_COLOCATION]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-Q4", date(2025, 10, 1)),
        ("2026-H2", date(2026, 7, 1)),
        ("2026-08", date(2026, 8, 1)),
        ("2026", date(2026, 7, 1)),
        ("", None),
        ("soon", None),
    ],
)
def test_announced_starts(text: str, day: date | None) -> None:
    assert begins(contract(start=text)) == day


def test_a_ramp_reaches_the_announced_rent_and_its_mean_is_the_expected_one() -> None:
    deal = contract(
        contract_value_usd=Decimal(4_000_000_000), term_years=Decimal(10), share=Decimal(1), start="2025-Q1"
    )
    before, after, late = date(2024, 12, 1), date(2025, 11, 15), date(2028, 1, 1)
    draws = ramp_draws(deal, before, after, 40_000, 1)
    scatter = np.exp(0.3**2 / 2)
    assert draws.mean() == pytest.approx(expected_usd(deal, before, after) * scatter, rel=0.02)
    assert expected_usd(deal, before, late) == pytest.approx(100e6, rel=0.01)
    assert expected_usd(deal, before, before) == 0


def test_what_came_of_ramps_counts_with_a_prior() -> None:
    assert realised([]) == 1
    assert realised([(300e6, 50e6)]) == pytest.approx(150 / 400)
    assert realised([(1e9, 0.0)]) == 0.1


def test_lines_of_one_company_add_up_and_eliminations_stay(
    miner: Callable[..., MadeUpMiner], history: NetworkHistory
) -> None:
    made = miner()
    for number in (1, 2, 3):
        made.quarter(f"2024Q{number}").quarter(f"2024Q{number}", Line.HOSTING, 20e6)
        mining = float(made.figures[-2].value)
        made.quarter(f"2024Q{number}", None, mining + 20e6 - 1e5)
    found = of(made, history, "2024Q4", date(2024, 12, 31))["TEST"]
    assert [line.line for line in found.lines] == [Line.SELF_MINING, Line.HOSTING]
    together = sum(line.estimate.median_usd for line in found.lines) - 1e5
    assert found.total.median_usd == pytest.approx(together, rel=0.03)
    widths = [line.estimate.p90_usd - line.estimate.p10_usd for line in found.lines]
    assert found.total.p90_usd - found.total.p10_usd < sum(widths)


def test_what_belongs_to_no_line_goes_on_as_one(
    miner: Callable[..., MadeUpMiner], history: NetworkHistory
) -> None:
    made = miner()
    made.quarter("2024Q3", Line.HOSTING, 20e6).quarter("2024Q3", None, 35e6)
    found = of(made, history, "2024Q4", date(2024, 12, 31))["TEST"]
    assert {line.line for line in found.lines} == {Line.HOSTING, Line.OTHER}
    other = found.line(Line.OTHER)
    assert other is not None
    assert other.estimate.median_usd == pytest.approx(15e6, rel=0.1)
    assert "no line" in other.basis


def test_chips_follow_hashprice(miner: Callable[..., MadeUpMiner], history: NetworkHistory) -> None:
    """From 2024Q1 to 2024Q2 hashprice halved; machines fall with the elasticity bundled."""
    made = miner().quarter("2024Q1", Line.CHIPS, 50e6)
    found = of(made, history, "2024Q2", date(2024, 6, 30))["TEST"]
    chips = found.line(Line.CHIPS)
    assert chips is not None
    assert 30e6 < chips.estimate.median_usd < 48e6
    assert "hashprice" in chips.basis


def test_costs_give_gross_profit_and_their_absence_a_reason(
    miner: Callable[..., MadeUpMiner], history: NetworkHistory
) -> None:
    made = miner()
    for number in (1, 2, 3):
        made.quarter(f"2024Q{number}").quarter(f"2024Q{number}", None)
        paid = made.figures[-2]
        made.figures.append(replace(paid, measure="cost_of_revenue", value=paid.value * Decimal("0.6")))
    found = of(made, history, "2024Q4", date(2024, 12, 31))["TEST"]
    profit = found.gross_profit[Line.SELF_MINING]
    assert profit
    dear = 0.6 * float(next(f.value for f in made.figures if f.source == "10-Q 2024Q3"))
    assert profit.median_usd == pytest.approx(found.total.median_usd - dear * 1.0, rel=0.25)
    bare = of(miner().quarter("2024Q3"), history, "2024Q4", date(2024, 12, 31))["TEST"]
    assert not bare.gross_profit[Line.SELF_MINING]
    assert "no cost" in bare.gross_profit[Line.SELF_MINING].reason


def test_bitcoin_held_gain_what_the_price_gains(steady: MadeUpMiner, history: NetworkHistory) -> None:
    steady.figure("bitcoin_held", None, date(2024, 9, 30), 1000).figure(
        "bitcoin_held", None, date(2024, 12, 31), 1000
    )
    steady.figures = [f for f in steady.figures if f.source != "10-Q 2024Q4"]
    found = of(steady, history, "2024Q4", EVE)["TEST"].fair_value_change
    gain = history.day(date(2024, 12, 31)).price_usd - history.day(date(2024, 9, 30)).price_usd
    assert found
    assert found.median_usd == pytest.approx(1000 * gain, rel=0.02)
    assert found.holds(1000 * gain)
