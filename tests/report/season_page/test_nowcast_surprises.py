from __future__ import annotations

import re

import pytest
from lxml import html

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Quarter, not_derivable
from hashpivot.nowcast import nowcast
from hashpivot.report import (
    SeasonReport,
    nowcast_bridge_chart,
    nowcast_chart,
    render_html,
    surprise_words,
)
from hashpivot.report.season_page._nowcast_surprises import surprises
from hashpivot.season import Season


@pytest.fixture(scope="module")
def page(reports: dict[str, SeasonReport]) -> html.HtmlElement:
    return html.document_fromstring(render_html(reports["2024Q4"]))


def rows(page: html.HtmlElement) -> list[html.HtmlElement]:
    return list(page.xpath("//table[contains(@class, 'surprises')]/tbody/tr"))


def words(node: html.HtmlElement) -> str:
    return " ".join(" ".join(node.itertext()).split())


def test_every_reported_number_leads_to_its_evidence(page: html.HtmlElement) -> None:
    told = [row for row in rows(page) if "not yet" not in words(row)]
    assert len(told) > 5
    for row in told:
        (link,) = row.xpath("./td[4]//a/@href")
        figure = page.get_element_by_id(link[1:])
        assert figure.xpath(".//span[@class='grade'] | ./ul/li/a[starts-with(@href, '#')]")


def test_every_nowcast_lists_what_it_stands_on(page: html.HtmlElement) -> None:
    listed = {words(head): head.getnext() for head in page.xpath("//details[contains(@class, 'stands')]/h4")}
    assert set(listed) == {words(row.find("th")) for row in rows(page)}
    for ticker, inputs in listed.items():
        assert re.search(rf"{ticker}/\S+@[0-9a-f]{{8}}", words(inputs)), ticker
        assert "network history to" in words(inputs)


def test_no_nowcast_knows_its_report(reports: dict[str, SeasonReport]) -> None:
    report = reports["2024Q4"]
    for ticker, row in surprises(report.nowcast).rows.items():
        reported = report.season[ticker].revenue
        assert row.inside is not None
        assert reported and row.as_of < reported.known


def test_companies_without_a_nowcast_have_a_reason(reports: dict[str, SeasonReport]) -> None:
    shown = surprises(reports["2024Q4"].nowcast)
    tickers = {company.ticker for company in reports["2024Q4"].season.companies}
    assert shown.rows.keys() | shown.missing.keys() == tickers
    assert all(shown.missing.values())


def test_without_any_nowcast_the_section_says_why() -> None:
    shown = surprises(not_derivable("the quarter is too early"))
    assert shown.words == "There is no nowcast: the quarter is too early."
    assert not (shown.rows or shown.missing or shown.chart)


def test_the_chart_says_in_words_what_it_shows(seasons: dict[str, Season]) -> None:
    view, history = seasons["2024Q4"].view, NetworkHistory.load()
    found = nowcast(view, history, Quarter(2024, 4), ["RIOT", "CORZ"])
    chart = nowcast_chart(found)
    assert "RIOT $" in chart.words and "reported" in chart.words
    assert chart.body.count("<rect") == 4
    bridge = nowcast_bridge_chart(found["RIOT"])
    assert bridge is not None
    assert "bitcoin price +" in bridge.words
    assert re.fullmatch(r"[+−][\d.]+%, (in|out)side", surprise_words(found["RIOT"]))


def test_a_company_that_never_reported_has_no_bridge(seasons: dict[str, Season]) -> None:
    view, history = seasons["2024Q4"].view, NetworkHistory.load()
    found = nowcast(view, history, Quarter(2024, 3), ["ARBK"])
    assert nowcast_bridge_chart(found["ARBK"]) is None
    assert surprise_words(found["ARBK"]) == "not reported yet"
