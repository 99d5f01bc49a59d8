"""The page of a backtest: self-contained, escaped, its pictures drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO
from xml.etree import ElementTree

import numpy as np
import pytest
from openpyxl import load_workbook
from rich.console import Console

from hashpivot.bitcoin import NetworkHistory
from hashpivot.report import render_backtest
from hashpivot.report.shared import format_money
from hashpivot.report.site import (
    backtest_workbook,
    duration_chart,
    freedom_chart,
    loss_chart,
    policies_table,
    price_map,
    profit_chart,
    sensitivity_chart,
    state_map,
    week_chart,
)
from hashpivot.report.site._week_chart import drawn_by_part
from hashpivot.report.terminal import print_backtest
from hashpivot.site import (
    AlwaysOn,
    Backtest,
    RollingHorizon,
    ThresholdRealTime,
    WhatIf,
    backtest,
    load_site,
    load_zone,
    power_months,
    shortfall_by_hour,
    what_if,
)

NETWORK = NetworkHistory.load()


@pytest.fixture(scope="module")
def done() -> Backtest:
    site = replace(load_site("west_texas"), name="<b>Site</b> & Co")
    return backtest(
        site, load_zone("LZ_WEST"), date(2023, 8, 1), date(2023, 9, 15), regime="lagged", network=NETWORK
    )


@pytest.fixture(scope="module")
def cases(done: Backtest) -> WhatIf:
    return what_if(done, factors=(0.5, 2.0))


def test_the_page_says_all_and_loads_nothing(done: Backtest) -> None:
    page = render_backtest(done)
    for title in done.titles.values():
        assert title in page
    assert "&lt;b&gt;Site&lt;/b&gt; &amp; Co" in page and "<b>Site" not in page
    assert "<script" not in page and "src=" not in page and "http" not in page.replace("http-equiv", "")
    assert page.count('class="chart"') == 7 and "2023-08" in page and "2023-09" in page


def test_the_page_tells_power_as_miners_report_it(done: Backtest) -> None:
    page = render_backtest(done)
    (august, _) = power_months(done)
    assert f"{august.drawn_mwh:,.0f}" in page and f"{august.uptime:.1%}" in page
    assert f"{august.net_power_usd_per_mwh:,.1f}" in page


def test_without_foresight_no_column_is_blank_and_the_uplift_is_said(done: Backtest) -> None:
    few = [AlwaysOn(), ThresholdRealTime(), RollingHorizon()]
    period = (date(2024, 3, 4), date(2024, 3, 6))
    short = backtest(load_site("west_texas"), load_zone("LZ_WEST"), *period, network=NETWORK, policies=few)
    page, shown = render_backtest(short), StringIO()
    print_backtest(short, Console(file=shown, width=120))
    for text in (page, shown.getvalue()):
        assert "Capture" not in text and "of flexibility" not in text
    assert "more than the simple policy" in page or "less than the simple policy" in page
    assert "Capture" in policies_table(done).header


def test_profit_is_split_into_what_the_site_has(done: Backtest) -> None:
    components = render_backtest(done).split('id="components"')[1].split("</section>")[0]
    assert '<th scope="row">mining</th>' in components and "battery" not in components


def test_the_same_backtest_gives_the_same_page(done: Backtest) -> None:
    assert render_backtest(done) == render_backtest(done)


def test_charts_are_svg_and_say_their_numbers(done: Backtest, cases: WhatIf) -> None:
    charts = [price_map(done), state_map(done, "rolling_horizon"), duration_chart(done), profit_chart(done)]
    charts += [week_chart(done, "rolling_horizon"), loss_chart(done)]
    charts += [sensitivity_chart(cases), freedom_chart(cases)]
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


def test_what_parts_draw_is_what_the_site_draws(done: Backtest) -> None:
    for name, operation in done.operations.items():
        drawn = sum(drawn_by_part(done, operation).values())
        np.testing.assert_allclose(drawn, done.pnl[name].drawn_mw)


def test_a_battery_and_panels_stand_between_parts_and_grid() -> None:
    """What the parts drew, less what panels and battery gave, is what the grid gave."""
    period = (date(2024, 8, 1), date(2024, 8, 10))
    done = backtest(load_site("mine_with_battery"), load_zone("LZ_WEST"), *period, network=NETWORK)
    operation = done.operations["rolling_horizon"]
    assert operation.plant is not None
    solar = done.hours.solar_mw - operation.plant.curtailed_mw
    drawn = sum(drawn_by_part(done, operation).values()) - operation.plant.discharge_mw - solar
    np.testing.assert_allclose(drawn, done.pnl["rolling_horizon"].drawn_mw, atol=1e-6)
    chart = week_chart(done, "rolling_horizon")
    ElementTree.fromstring(chart.svg())
    assert {"mw-battery", "c-grid"} <= set(chart.key)
    names = {each.name for each in what_if(done, factors=(1.5,)).freedoms}
    assert {"battery", "solar", "stopping"} <= names


def test_the_week_shown_is_the_one_that_brought_most(done: Backtest) -> None:
    more = done.pnl["rolling_horizon"].profit_usd - done.pnl["always_on"].profit_usd
    most = max(more[first : first + 168].sum() for first in range(0, len(more) - 167, 24))
    assert format_money(most) in week_chart(done, "rolling_horizon").words


def test_the_page_shows_cases_only_if_they_were_run(done: Backtest, cases: WhatIf) -> None:
    without, page = render_backtest(done), render_backtest(done, cases)
    assert 'id="what-if"' not in without and 'id="what-if"' in page
    assert page.count('class="chart"') == without.count('class="chart"') + 2


def test_the_workbook_holds_every_interval_and_case(done: Backtest, cases: WhatIf) -> None:
    content = backtest_workbook(done, cases)
    assert content == backtest_workbook(done, cases)
    book = load_workbook(BytesIO(content), read_only=True)
    rows = {name: list(book[name].values) for name in book.sheetnames}
    assert len(rows["Intervals"]) == done.hours.prices.hours + 1
    profit = rows["Intervals"][0].index("profit_usd")
    assert sum(row[profit] for row in rows["Intervals"][1:]) == pytest.approx(
        done.result("rolling_horizon").profit_usd, abs=done.hours.prices.hours * 0.005
    )
    assert len(rows["What if"]) == len(cases.records()) + 1
    by_hour = sum(sum(row[1:]) for row in rows["Short by hour"][1:])
    assert by_hour == pytest.approx(sum(map(sum, shortfall_by_hour(done).values())), abs=1)
