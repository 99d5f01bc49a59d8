"""The page of a backtest: self-contained, escaped, its pictures drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.report import render_backtest
from hashpivot.report.site._charts import duration_chart, price_map, profit_chart, state_map
from hashpivot.site import Backtest, backtest, load_site, load_zone, power_months

NETWORK = NetworkHistory.load()


@pytest.fixture(scope="module")
def done() -> Backtest:
    site = replace(load_site("west_texas"), name="<b>Site</b> & Co")
    return backtest(
        site, load_zone("LZ_WEST"), date(2023, 8, 1), date(2023, 9, 15), regime="lagged", network=NETWORK
    )


def test_the_page_says_all_and_loads_nothing(done: Backtest) -> None:
    page = render_backtest(done)
    for title in done.titles.values():
        assert title in page
    assert "&lt;b&gt;Site&lt;/b&gt; &amp; Co" in page and "<b>Site" not in page
    assert "<script" not in page and "src=" not in page and "http" not in page.replace("http-equiv", "")
    assert page.count('class="chart"') == 5 and "2023-08" in page and "2023-09" in page


def test_the_page_tells_power_as_miners_report_it(done: Backtest) -> None:
    page = render_backtest(done)
    (august, _) = power_months(done)
    assert f"{august.drawn_mwh:,.0f}" in page and f"{august.uptime:.1%}" in page
    assert f"{august.net_power_usd_per_mwh:,.1f}" in page


def test_the_same_backtest_gives_the_same_page(done: Backtest) -> None:
    assert render_backtest(done) == render_backtest(done)


def test_charts_are_svg_and_say_their_numbers(done: Backtest) -> None:
    charts = [price_map(done), state_map(done, "rolling_horizon"), duration_chart(done), profit_chart(done)]
    for chart in charts:
        ElementTree.fromstring(chart.svg())
        assert chart.words
    assert f"{done.hours.prices.rt.max():,.0f}" in charts[0].words


def test_heat_map_covers_every_hour(done: Backtest) -> None:
    """Cells of all levels together are the days times 24 hours, less the hours the clocks leave out."""
    body = price_map(done).body
    tall = sum(
        int(part.split("v")[1].split("h")[0]) for part in body.split("M") if "v" in part and "h-" in part
    )
    assert tall == 46 * 24 * 5
