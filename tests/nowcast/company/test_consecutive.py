"""Consecutive quarters of one company, nowcast on one day: lines stay, and move with their market."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Line, Quarter
from hashpivot.ledger import View
from hashpivot.nowcast import CompanyNowcast, nowcast
from hashpivot.nowcast._nowcast import known_on
from hashpivot.testing import MadeUpMiner

LARGEST = 1.5
"""What a line other than AI may grow or shrink by in a quarter, mining beside the network's pay; what past
errors of totals correct falls on every line."""
SMALL_USD = 1e6
AI = (Line.AI_CLOUD, Line.AI_COLOCATION)


@pytest.fixture(scope="module")
def ahead(desk: View, history: NetworkHistory) -> list[dict[str, CompanyNowcast]]:
    """Every company's running quarter and the one after it."""
    day = history.last_day
    running = Quarter.containing(day)
    return [dict(nowcast(desk, history, running + step, as_of=day).companies) for step in (0, 1)]


def test_no_line_known_last_vanishes(ahead: list[dict[str, CompanyNowcast]]) -> None:
    now, then = ahead
    assert len(now.keys() & then.keys()) > 10
    for ticker in now.keys() & then.keys():
        lines = {line.line for line in now[ticker].lines}
        assert lines <= {line.line for line in then[ticker].lines}, ticker


def test_lines_move_as_their_market_does(
    ahead: list[dict[str, CompanyNowcast]], desk: View, history: NetworkHistory
) -> None:
    now, then = ahead
    information = known_on(desk, history, history.last_day, Quarter.containing(history.last_day) + 1)
    for ticker in now.keys() & then.keys():
        for line in now[ticker].lines:
            later = then[ticker].line(line.line)
            assert later is not None
            change = later.estimate.median_usd / line.estimate.median_usd
            if line.line is Line.SELF_MINING:
                spans = ((each.start, each.end) for each in (now[ticker], then[ticker]))
                pay = [float(information.market.usd_per_eh(*span).sum(axis=1).mean()) for span in spans]
                change *= pay[0] / pay[1]
            if line.line in AI or line.estimate.median_usd < SMALL_USD:
                continue
            assert 1 / LARGEST < change < LARGEST, (ticker, line.line, change)


def test_a_line_of_long_ago_stays_in_every_quarter_ahead(
    miner: Callable[..., MadeUpMiner], history: NetworkHistory
) -> None:
    """Two lines of 2023Q4 and totals since: neither is called other, however far ahead the quarter lies."""
    made = miner().quarter("2023Q4", Line.HOSTING, 20e6).quarter("2023Q4", Line.CHIPS, 5e6)
    for quarter in ("2023Q4", "2024Q1", "2024Q2", "2024Q3"):
        made.quarter(quarter, None, 25e6)
    for quarter in (Quarter(2024, 4), Quarter(2025, 1), Quarter(2025, 2)):
        found = nowcast(made.view(), history, quarter, as_of=date(2025, 1, 31), track=tuple)["TEST"]
        assert {line.line for line in found.lines} == {Line.HOSTING, Line.CHIPS}, quarter
        assert found.total.median_usd == pytest.approx(25e6, rel=0.2)


def test_mining_alone_is_no_nowcast_of_a_company_with_other_lines(
    miner: Callable[..., MadeUpMiner], history: NetworkHistory
) -> None:
    """Its last report is too old; bitcoin mined since says nothing of its hosting."""
    made = miner().quarter("2023Q1").quarter("2023Q1", Line.HOSTING, 20e6).month(2024, 9)
    found = nowcast(made.view(), history, Quarter(2024, 4), as_of=date(2024, 12, 31), track=tuple)
    assert "too long before" in found.missing["TEST"].reason
