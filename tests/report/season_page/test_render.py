from __future__ import annotations

import re

import pytest
from lxml import html

from hashpivot.core import InvalidInput, Missing
from hashpivot.report import SeasonReport, format_money, format_value, render_html
from hashpivot.report.shared._link import safe_url
from hashpivot.season import THRESHOLDS, Season

from ..conftest import QUARTERS


@pytest.fixture(scope="session")
def pages(reports: dict[str, SeasonReport]) -> dict[str, str]:
    return {quarter: render_html(report) for quarter, report in reports.items()}


@pytest.fixture(params=QUARTERS)
def quarter(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def tree(pages: dict[str, str], quarter: str) -> html.HtmlElement:
    return html.document_fromstring(pages[quarter])


def _text(node: html.HtmlElement) -> str:
    return " ".join(str(node.text_content()).split())


def test_page_is_well_formed(pages: dict[str, str], quarter: str) -> None:
    text = pages[quarter]
    assert text.startswith("<!DOCTYPE html>")
    for name in ("table", "tr", "td", "details", "section", "svg", "li", "ul", "ol", "span", "article"):
        assert len(re.findall(rf"<{name}[ >]", text)) == text.count(f"</{name}>"), name
    ids = html.document_fromstring(text).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_page_loads_nothing(tree: html.HtmlElement) -> None:
    assert not tree.xpath("//script | //link | //img | //iframe | //object | //form | //base | //@src")
    assert all(link.startswith(("#", "http://", "https://")) for link in tree.xpath("//@href"))
    assert not re.search(r"url\(|@import", tree.findtext(".//style"))


def test_inner_links_arrive(tree: html.HtmlElement) -> None:
    inner = {str(link)[1:] for link in tree.xpath("//@href") if str(link).startswith("#")}
    assert inner and inner <= set(tree.xpath("//@id"))


def test_every_company_has_its_row_and_section(
    tree: html.HtmlElement, seasons: dict[str, Season], quarter: str
) -> None:
    tickers = [company.ticker for company in seasons[quarter].companies]
    assert [_text(link) for link in tree.xpath("//table[@class='league']/tbody/tr/th/a")] == tickers
    assert [_text(span) for span in tree.xpath("//section[@class='company']/h2/span")] == tickers


def test_league_says_what_the_season_says(
    tree: html.HtmlElement, seasons: dict[str, Season], quarter: str
) -> None:
    rows = tree.xpath("//table[@class='league']/tbody/tr")
    for row, company in zip(rows, seasons[quarter].companies, strict=True):
        cells = {cell.get("data-t"): cell for cell in row.findall("td")}
        revenue = company.revenue
        if isinstance(revenue, Missing):
            assert cells["Revenue"].find("span").get("title") == revenue.reason
        else:
            assert _text(cells["Revenue"]) == format_money(revenue.value)
        profit = next(m for m in company["profitability"].metrics if m.name == "mining_gross_profit_usd")
        assert _text(cells["Gross profit, mining"]) == format_value(profit)


def test_grid_says_what_the_season_says(
    tree: html.HtmlElement, seasons: dict[str, Season], quarter: str
) -> None:
    rows = tree.xpath("//table[@class='grid']/tbody/tr")
    for row, company in zip(rows, seasons[quarter].companies, strict=True):
        cells = {cell.get("data-t"): cell for cell in row.findall("td")}
        for answer in company.answers:
            badge = cells[answer.question].find("a")
            symbol, words = _text(badge).split(" ", 1)
            assert words == answer.verdict.replace("_", " ") and symbol in "●◐○□–"
            article = tree.get_element_by_id(badge.get("href")[1:])
            assert _text(article.find("h3")).lower().startswith(answer.question)


def test_every_figure_behind_an_answer_is_in_the_evidence(
    tree: html.HtmlElement, seasons: dict[str, Season], quarter: str
) -> None:
    for section, company in zip(
        tree.xpath("//section[@class='company']"), seasons[quarter].companies, strict=True
    ):
        shown = {_text(code) for code in section.xpath(".//details[@class='evidence']/ol/li/code[1]")}
        wanted = {figure.address for answer in company.answers for figure in answer.figures}
        assert wanted | {figure.address for figure in company.lines.figures()} <= shown


def test_raised_numbers_lead_to_the_right_figure(
    tree: html.HtmlElement, seasons: dict[str, Season], quarter: str
) -> None:
    sections = tree.xpath("//section[@class='company']")
    for section, company in zip(sections, seasons[quarter].companies, strict=True):
        for answer, article in zip(company.answers, section.xpath(".//article"), strict=True):
            known = [
                metric
                for metric in answer.metrics
                if not isinstance(metric.value, Missing) and not metric.name.startswith("check_")
            ]
            rows = article.xpath("./table[@class='numbers']/tbody/tr")
            for metric, row in zip(known, rows, strict=True):
                wanted = {figure.address for figure in metric.figures}
                links = row.xpath(".//sup/a[not(@title)]/@href")
                found = {_text(tree.get_element_by_id(str(link)[1:]).find("code")) for link in links}
                assert found <= wanted and len(found) == min(3, len(wanted))


def test_every_leaf_of_the_evidence_names_its_source(
    tree: html.HtmlElement, seasons: dict[str, Season], quarter: str
) -> None:
    unlinked = {s.name or s.key for s in seasons[quarter].view.sources.values() if not s.url}
    leaves = tree.xpath("//details[@class='evidence']//li[not(ul)]")
    assert leaves
    for leaf in leaves:
        linked = leaf.xpath("./a[starts-with(@href, 'http')]")
        told = re.search(r"\d{10}-\d\d-\d{6}", _text(leaf)) or any(name in _text(leaf) for name in unlinked)
        assert linked or told, _text(leaf)
        assert leaf.xpath("./span[@class='grade']")[0].text in {"A", "B", "C"}


def test_derived_figures_show_formula_and_operands(tree: html.HtmlElement) -> None:
    derived = tree.xpath("//details[@class='evidence']/ol/li[span[@class='kind']='derived']")
    assert derived
    for item in derived:
        operands = [_text(part).split()[0] for part in item.xpath("./ul/li")]
        formula = _text(item).split(" = ", 1)[1]
        assert operands and all(value in formula for value in operands)


def test_every_colour_of_a_revenue_chart_is_in_its_legend(tree: html.HtmlElement) -> None:
    for figure in tree.xpath("//figure[figcaption]"):
        drawn = set(figure.xpath(".//svg//rect/@class"))
        assert drawn == set(figure.xpath("./p[@class='legend']//i/@class"))


def test_nothing_missing_is_shown_without_a_reason(tree: html.HtmlElement) -> None:
    missing = tree.xpath("//table//td/span[@class='nd']")
    assert missing and all(span.get("title") for span in missing)
    assert not [cell for cell in tree.xpath("//td") if not _text(cell)]


def test_thresholds_are_on_the_page(tree: html.HtmlElement) -> None:
    method = _text(tree.get_element_by_id("method"))
    assert all(f"from {t.above:.0%}: {t.why}" in method for t in THRESHOLDS)


def test_golden_riot_2024q4(pages: dict[str, str]) -> None:
    """Form 10-K 2024 less the nine months of Form 10-Q: total revenue, self-mining, gross profit of it."""
    page = html.document_fromstring(pages["2024Q4"])
    section = next(
        s for s in page.xpath("//section[@class='company']") if _text(s.find("h2")).endswith("RIOT")
    )
    row = section.xpath(".//table[@class='lines']/tbody/tr[th='Self-mining']")[0]
    shown = [re.sub(r"(?<=[m%]).*", "", _text(cell)) for cell in row.findall("td")]
    assert shown == ["$126.4m", "$65.9m", "$60.4m", "47.8%"]
    assert "$142,558,000" in _text(section.xpath(".//details[@class='evidence']")[0])


def test_same_report_same_bytes(
    reports: dict[str, SeasonReport], pages: dict[str, str], quarter: str
) -> None:
    assert render_html(reports[quarter]) == pages[quarter]


def test_a_season_alone_is_refused_with_the_way_to_its_report(seasons: dict[str, Season]) -> None:
    with pytest.raises(InvalidInput, match="season_report"):
        render_html(seasons["2024Q4"])  # type: ignore[arg-type]


def test_size_stays_below_a_megabyte_and_a_half_for_twenty_companies(
    pages: dict[str, str], seasons: dict[str, Season], quarter: str
) -> None:
    assert len(pages[quarter].encode()) / len(seasons[quarter].companies) < 1_500_000 / 20


def test_hostile_text_arrives_inert(hostile_report: SeasonReport) -> None:
    hostile, page = hostile_report.season, render_html(hostile_report)
    tree = html.document_fromstring(page)
    assert not tree.xpath("//script | //img | //*[@onclick or @onerror]")
    assert all(safe_url(str(link)) or str(link).startswith("#") for link in tree.xpath("//@href"))
    assert "‮" not in page and "\x1b" not in page and "\x07" not in page
    assert "<script>alert(1)</script>" in tree.xpath("string(//section[@class='company'][1])")
    assert "[bold red]loud" in page and all(company["growth"].contracts for company in hostile.companies)
    assert "javascript:alert(3)" in page and 'href="javascript' not in page
    assert len(page) < 150_000


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://www.sec.gov/x.htm", True),
        ("http://a.example/?q=1&r=2", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        ("data:text/html,x", False),
        ("//a.example/x", False),
        ("https:///x", False),
        ("https://[::1", False),
        ("https://a.example/\nx", False),
        ("https://a.example/ x", False),
        ("SEC 8-K 0000950103-25-012168", False),
        ("", False),
    ],
)
def test_safe_url(url: str, safe: bool) -> None:
    assert safe_url(url) is safe
