"""Made-up companies, filings and desks are what they say they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Line, UnknownCompany
from hashpivot.filings import read_release
from hashpivot.lines import read
from hashpivot.nowcast import days_known
from hashpivot.testing import (
    RELEASE_LAYOUTS,
    InlineFiling,
    MadeUpMiner,
    bundled_desk,
    made_up_desk,
    made_up_prices,
    product,
    release_page,
    release_table,
    segment,
)


def miner(ticker: str, ehs: float) -> MadeUpMiner:
    made = MadeUpMiner(days_known(NetworkHistory.load(), date(2025, 12, 31)), ehs, ticker)
    for quarter in ("2024Q2", "2024Q3", "2024Q4"):
        made.quarter(quarter).quarter(quarter, None)
    return made


def test_a_made_up_desk_knows_its_miners_and_nothing_else() -> None:
    desk = made_up_desk(miner("BIG", 20.0), miner("TINY", 5.0))
    season = desk.season("2024Q4")
    assert list(season) == ["BIG", "TINY"]
    big, tiny = (season[ticker].revenue for ticker in season)
    assert float(big.value) == pytest.approx(4 * float(tiny.value), rel=1e-6)
    with pytest.raises(UnknownCompany):
        desk.lines("RIOT")


def test_sources_of_two_miners_stay_apart() -> None:
    desk = made_up_desk(miner("BIG", 20.0), miner("TINY", 5.0))
    sources = {desk.trace(f"{ticker}/2024Q4/revenue/self_mining").source for ticker in ("BIG", "TINY")}
    assert {source.ticker for source in sources if source} == {"BIG", "TINY"}


def test_a_made_up_desk_of_the_past_does_not_know_later_reports() -> None:
    desk = made_up_desk(miner("BIG", 20.0), as_of=date(2025, 1, 15))
    assert list(desk.lines("BIG")) == ["2024Q2", "2024Q3"]


def test_a_nowcast_of_a_steady_miner_is_near_its_hash_rate() -> None:
    made = miner("BIG", 20.0).month(2024, 10).month(2024, 11).month(2024, 12)
    desk = made_up_desk(made)
    nowcast, revenue = (
        desk.nowcast("2024Q4", ["BIG"], date(2025, 1, 20))["BIG"],
        desk.season("2024Q4")["BIG"].revenue,
    )
    assert nowcast["self_mining"].estimate.median_usd == pytest.approx(float(revenue.value), rel=0.01)


def test_the_bundled_desk_ignores_the_ledger_of_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HASHPIVOT_HOME", str(tmp_path))
    (tmp_path / "ledger.sqlite3").write_text("not a ledger")
    assert "RIOT" in bundled_desk().season("2024Q4")


def test_an_inline_filing_is_read_as_written(tmp_path: Path) -> None:
    filing = InlineFiling().statement(
        ("Bitcoin mining", "us-gaap:Revenues", 700, product("BitcoinMining")),
        ("Hosting", "us-gaap:Revenues", 300, segment("Hosting")),
        ("Total revenue", "us-gaap:Revenues", 1_000),
    )
    path = tmp_path / "exmp.htm"
    path.write_bytes(filing.write())
    reading = read(path)
    assert reading.source.ticker == "EXMP" and reading.periods[0].total_revenue == 1_000_000
    assert reading.periods[0].revenue.rows[0].target is Line.SELF_MINING


@pytest.mark.parametrize("layout", RELEASE_LAYOUTS)
def test_every_layout_of_a_release_says_the_same(layout: object, tmp_path: Path) -> None:
    table = layout(("Q1 2025", "Q1 2024"), [("Total revenue", (1_234, -5)), ("Other", (None, 7))])  # type: ignore[operator]
    release = read_release("x", data=release_page("<p>Three months ended March 31</p>", table))
    rows = {row.label: [int(value.value) for value in row.values] for row in release.tables[0].rows}
    assert rows == {"Total revenue": [1234, -5], "Other": [0, 7]}


def test_a_cell_may_span_columns() -> None:
    assert '<td colspan="2">Q1</td>' in release_table(("", "2:Q1"), ("Revenue", "$", "5"))


def test_made_up_hours_are_those_of_a_market_with_a_clock_change() -> None:
    prices = made_up_prices()
    assert prices.hours == 100 * 24 and prices.zone == "made"
    assert prices.clock(ZoneInfo("America/Chicago")).hour[0] == 0
    assert (prices.rt < 0).any() and 0.03 < (prices.rt > 350).mean() < 0.06
    assert np.corrcoef(prices.rt, prices.da)[0, 1] > 0.1


def test_other_seeds_give_other_hours_and_the_same_seed_the_same() -> None:
    assert (made_up_prices(3).rt == made_up_prices(3).rt).all()
    assert (made_up_prices(3).rt != made_up_prices(3, seed=6).rt).all()
