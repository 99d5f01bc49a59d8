"""Months of a company's sites: uptime in the path, dearer power in the cost, nothing of the future."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Line, PowerMonth, Quarter
from hashpivot.nowcast import CompanyNowcast, Days, Estimate, nowcast
from hashpivot.testing import MadeUpMiner

Q3, EVE = Quarter(2024, 3), date(2024, 10, 31)


def months(uptime: float = 0.95, price: float = 30.0, last: float | None = None) -> list[PowerMonth]:
    """A year and a half to September 2024; the last quarter at another uptime."""
    found = []
    for number in range(2023 * 12, 2024 * 12 + 9):
        year, month = divmod(number, 12)
        up = uptime if (year, month) < (2024, 6) or last is None else last
        drawn = 100 * 730 * up
        found.append(PowerMonth(f"{year}-{month + 1:02}", up, 0.0, 0.0, price * drawn, drawn, 100 * 730.0))
    return found


def dearer(held: list[PowerMonth], usd_per_mwh: float, credit_usd: float = 0.0) -> list[PowerMonth]:
    """The same with another price and credits from July 2024 on."""
    return [
        replace(
            m, power_cost_usd=m.power_cost_usd + usd_per_mwh * m.drawn_mwh, curtailment_credits_usd=credit_usd
        )
        if m.month >= "2024-07"
        else m
        for m in held
    ]


@pytest.fixture
def halved(miner: Callable[..., MadeUpMiner]) -> MadeUpMiner:
    """10 EH/s until June 2024, in filings alone, with its cost."""
    made = miner()
    for text in ("2023Q1", "2023Q2", "2023Q3", "2023Q4", "2024Q1", "2024Q2"):
        made.quarter(text).quarter(text, None)
        quarter = Quarter.parse(text)
        made.figure(
            "cost_of_revenue", quarter.start, quarter.end, 20e6, line=Line.SELF_MINING, source=f"10-Q {text}"
        )
    return made


def told(
    made: MadeUpMiner, history: NetworkHistory, power: list[PowerMonth] | None, day: date = EVE
) -> CompanyNowcast:
    return nowcast(made.view(), history, Q3, ["TEST"], day, {"TEST": power} if power else None, track=list)[
        "TEST"
    ]


def mining(found: CompanyNowcast) -> float:
    line = found.line(Line.SELF_MINING)
    assert line
    return line.estimate.median_usd


def profit(found: CompanyNowcast) -> float:
    estimate = found.gross_profit[Line.SELF_MINING]
    assert isinstance(estimate, Estimate)
    return estimate.median_usd


def test_half_the_uptime_is_half_the_revenue(halved: MadeUpMiner, history: NetworkHistory) -> None:
    usual, half = told(halved, history, months()), told(halved, history, months(last=0.475))
    assert mining(half) / mining(usual) == pytest.approx(0.5, rel=1e-3)


def test_a_usual_summer_of_its_own_is_no_summer(halved: MadeUpMiner, history: NetworkHistory) -> None:
    """Given months that never stand still, the nowcast takes nothing off for summer."""
    assert mining(told(halved, history, months())) > mining(told(halved, history, None))


def test_months_that_are_not_over_say_nothing(halved: MadeUpMiner, history: NetworkHistory) -> None:
    day = date(2024, 7, 30)
    known = [month for month in months(last=0.3) if month.month < "2024-07"]
    with_all, with_known = (told(halved, history, each, day) for each in (months(last=0.3), known))
    assert with_all.to_dict() == with_known.to_dict()


def test_power_of_others_changes_nothing(halved: MadeUpMiner, history: NetworkHistory) -> None:
    view = halved.view()
    other = nowcast(view, history, Q3, ["TEST"], EVE, {"ELSE": months()}, track=list)
    assert other["TEST"].to_dict() == told(halved, history, None).to_dict()


def test_dearer_power_costs_what_it_costs(halved: MadeUpMiner, history: NetworkHistory) -> None:
    held = months()
    drawn = sum(month.drawn_mwh for month in held[-3:])
    before, after = told(halved, history, held), told(halved, history, dearer(held, 10.0))
    assert profit(before) - profit(after) == pytest.approx(10.0 * drawn, abs=2_000)
    assert {each.name: each.value for each in after.inputs}["site_power_dearer_usd"] == pytest.approx(
        10 * drawn
    )


def test_credits_count_unless_the_company_reports_them_apart(
    halved: MadeUpMiner, history: NetworkHistory
) -> None:
    held = dearer(months(), 0.0, credit_usd=1e6)
    assert profit(told(halved, history, held)) - profit(told(halved, history, months())) == pytest.approx(
        3e6, abs=2_000
    )
    quarter = Quarter(2024, 2)
    halved.figure("power_credits", quarter.start, quarter.end, 1e6, source="10-Q 2024Q2")
    assert profit(told(halved, history, held)) == profit(told(halved, history, months()))


def test_a_quarter_with_a_month_missing_leaves_the_cost_alone(
    halved: MadeUpMiner, history: NetworkHistory
) -> None:
    held = [month for month in dearer(months(), 10.0) if month.month != "2024-08"]
    found = told(halved, history, held)
    assert "site_power_dearer_usd" not in {each.name for each in found.inputs}


def test_updates_see_through_the_uptime(
    miner: Callable[..., MadeUpMiner], days: Days, history: NetworkHistory
) -> None:
    """Production fell because the site stood still: once it runs again, revenue is back at once."""
    made = miner()
    for text in ("2024Q1", "2024Q2"):
        made.quarter(text).quarter(text, None)
    made.ehs = 5.0
    made.month(2024, 7).month(2024, 8)
    day = date(2024, 9, 10)
    stood = [replace(m, uptime=0.475) if m.month in ("2024-07", "2024-08") else m for m in months()]
    fed = nowcast(made.view(), history, Q3, ["TEST"], day, {"TEST": stood}, track=list)["TEST"]
    usd = [
        float(days.usd_per_eh[days.span(date(2024, m, 1), date(2024, m, 31 - (m == 9)))].sum())
        for m in (7, 8, 9)
    ]
    expected = 5 * usd[0] + 5 * usd[1] + 10 * usd[2]
    plain = told(made, history, None, day)
    assert abs(mining(fed) / expected - 1) < 0.06 < abs(mining(plain) / expected - 1)
    assert np.isfinite(fed.total.p90_usd)
