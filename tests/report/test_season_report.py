"""A report's figures are its desk's: the desk's network, and nothing later than the desk's day."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import hashpivot.report
from hashpivot import Desk
from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Companies, Missing, Quarter
from hashpivot.ledger import View, bundled
from hashpivot.nowcast import Nowcast, nowcast
from hashpivot.report import SeasonReport, format_money, render_html
from hashpivot.season import Comparison

AS_OF = date(2025, 3, 31)
COMPUTING = {"season", "latest_season", "compare", "nowcast", "outlook", "halvings", "next_halving", "load"}


def desk_of(network: NetworkHistory, as_of: date | None = None) -> Desk:
    return Desk(View(bundled(), as_of=as_of), network, Companies.load())


@pytest.fixture(scope="module")
def dear(network: NetworkHistory) -> NetworkHistory:
    """A made-up network: the bundled one at three times the price."""
    return NetworkHistory([day._replace(close_usd=day.close_usd and 3 * day.close_usd) for day in network])


def expected(report: SeasonReport) -> Nowcast:
    assert isinstance(report.nowcast, Nowcast)
    return report.nowcast


def test_the_page_shows_the_nowcast_of_the_desks_own_network(
    reports: dict[str, SeasonReport], dear: NetworkHistory
) -> None:
    report = desk_of(dear).season_report("2024Q4")
    page = render_html(report)
    alone = nowcast(report.season.view, dear, Quarter(2024, 4), ["RIOT"])["RIOT"].total.median_usd
    assert expected(report)["RIOT"].total.median_usd == alone
    assert f'<td class="n" data-t="Nowcast">{format_money(alone)}</td>' in page
    assert alone > 1.5 * expected(reports["2024Q4"])["RIOT"].total.median_usd


def test_earlier_seasons_stand_on_the_desks_own_network(
    reports: dict[str, SeasonReport], network: NetworkHistory
) -> None:
    """A network without the halving of 2024 has no base quarter after it: verdicts move otherwise."""
    unhalved = desk_of(network.until(date(2024, 3, 31))).season_report("2024Q4")
    for quarter, comparison in unhalved.earlier.items():
        usual = reports["2024Q4"].earlier[quarter]
        assert isinstance(comparison, Comparison) and isinstance(usual, Comparison)
        assert comparison.to_dict() != usual.to_dict()
    verdicts = {c.answers["profitability"][-1].verdict for c in comparison.companies}
    assert "before_halving" in verdicts


def test_a_page_as_of_a_day_knows_nothing_later(network: NetworkHistory) -> None:
    then = desk_of(network, AS_OF).season_report("2024Q4")
    ended = desk_of(network.until(AS_OF), AS_OF).season_report("2024Q4")
    assert expected(then).as_of <= AS_OF
    assert all(company.as_of <= AS_OF for company in expected(then).companies.values())
    assert render_html(then) == render_html(ended)


def test_a_day_no_nowcast_reaches_leaves_the_rest_of_the_page(network: NetworkHistory) -> None:
    report = desk_of(network.until(date(2025, 1, 31)), date(2026, 6, 30)).season_report("2024Q4")
    assert isinstance(report.nowcast, Missing)
    assert "There is no nowcast: 2026-06-30 is too long after the last day" in render_html(report)


def test_a_season_of_the_desk_is_not_made_again(network: NetworkHistory) -> None:
    made = desk_of(network).season("2023Q4")
    assert made.report is made.report and made.report.season is made.season
    assert list(made.report.earlier) == [Quarter(2023, 3), Quarter(2022, 4)]


def calls() -> Iterator[tuple[str, str]]:
    """Names of what `report` calls, with the module that does."""
    for path in sorted(Path(hashpivot.report.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                yield path.name, node.func.id if isinstance(node.func, ast.Name) else node.func.attr


def test_report_renders_and_computes_nothing() -> None:
    assert ("_render.py", "season_page") in set(calls())
    assert not [(module, name) for module, name in calls() if name in COMPUTING]
