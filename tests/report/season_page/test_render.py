from __future__ import annotations

import re
from html import unescape

import pytest
from lxml import html

from hashpivot.core import Absence, InvalidInput, Missing
from hashpivot.report import SeasonReport, format_money, format_value, render_html
from hashpivot.report.shared import league_order, metric_of, pivot_of, verdict_words
from hashpivot.report.shared.formats import safe_url
from hashpivot.season import NOT_JUDGED, THRESHOLDS, CompanySeason, Season

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


def league_rows(tree: html.HtmlElement) -> list[html.HtmlElement]:
    return list(tree.xpath("//table[contains(@class, 'league')]/tbody/tr"))


def in_order(season: Season) -> list[CompanySeason]:
    """The companies as the page sorts them."""
    pairs = [(company, pivot_of(company, season.view)) for company in season.companies]
    return [company for company, _ in sorted(pairs, key=league_order)]


def cells_of(row: html.HtmlElement) -> dict[str, html.HtmlElement]:
    return {cell.get("data-t"): cell for cell in row.findall("td")}


def test_every_company_has_its_row_and_section(
    tree: html.HtmlElement, seasons: dict[str, Season], quarter: str
) -> None:
    tickers = [company.ticker for company in in_order(seasons[quarter])]
    assert [_text(row.find("th/a")) for row in league_rows(tree)] == tickers
    assert [_text(span) for span in tree.xpath("//section[@class='company']/h2/span")] == tickers


def test_league_is_sorted_as_its_head_says(tree: html.HtmlElement) -> None:
    heads = tree.xpath("//table[contains(@class, 'league')]/thead//th")
    (sorted_by,) = [n for n, head in enumerate(heads) if head.get("aria-sort")]
    assert heads[sorted_by].get("aria-sort") == "descending" and not tree.xpath("//thead//button")
    shares = [_text(row[sorted_by]).split("%")[0] for row in league_rows(tree)]
    known = [float(share.removeprefix("≥")) for share in shares if share != "–"]
    assert known == sorted(known, reverse=True)
    assert shares == [*shares[: len(known)], *["–"] * (len(shares) - len(known))]


def test_league_says_what_the_season_says(
    tree: html.HtmlElement, seasons: dict[str, Season], quarter: str
) -> None:
    for row, company in zip(league_rows(tree), in_order(seasons[quarter]), strict=True):
        cells, revenue = cells_of(row), company.revenue
        if isinstance(revenue, Missing):
            title = cells["Revenue"].find("span").get("title")
            assert title == f"{revenue.code.words}: {revenue.reason}"
        else:
            assert _text(cells["Revenue"]) == format_money(revenue.value)
        margin = metric_of(company["profitability"], "mining_gross_margin_share")
        shown = _text(cells["Mining margin"])
        assert shown == ("–" if isinstance(margin.value, Missing) else format_value(margin))
        assert _text(cells["Verdict"]) == company["revenue"].verdict.replace("_", " ")
        assert _text(cells["Checks"]) == f"{company.checks_held} of {company.checks_total}"


def test_cards_say_what_the_answers_say(
    tree: html.HtmlElement, seasons: dict[str, Season], quarter: str
) -> None:
    sections = tree.xpath("//section[@class='company']")
    for section, company in zip(sections, in_order(seasons[quarter]), strict=True):
        for answer, card in zip(company.answers, section.xpath(".//article"), strict=True):
            assert _text(card.find("h3")) == f"{answer.question.capitalize()} {verdict_words(answer.verdict)}"
            assert _text(card.xpath("./p[@class='headline']")[0]) == answer.headline
            basis = _text(card.xpath("./p[contains(@class, 'basis')]")[0])
            assert basis.startswith(f"{answer.inputs_held} of {answer.inputs_total} inputs")
            assert (card.get("class") == "unjudged") == (answer.verdict == NOT_JUDGED)
            for missing in answer.absent[:1] if answer.verdict == NOT_JUDGED else ():
                assert missing.needs.partition(": ")[0] in _text(card)


def test_quarters_have_the_companys_own_name(tree: html.HtmlElement, quarter: str) -> None:
    names = {
        _text(row.find("th/a")): _text(row.xpath("./th/span[@class='fiscal']")[0])
        for row in league_rows(tree)
    }
    assert all(re.fullmatch(r"FQ[1-4] \d{4}|FY\d{4}|TP .*", name) for name in names.values())
    if quarter == "2024Q4":
        assert names["CLSK"] == "FQ1 2025" and names["RIOT"] == "FQ4 2024"


def test_companies_without_figures_are_one_line(
    reports: dict[str, SeasonReport], pages: dict[str, str]
) -> None:
    for quarter, report in reports.items():
        tree = html.document_fromstring(pages[quarter])
        (line,) = tree.xpath("//p[@class='rest']")
        assert all(ticker in _text(line) for ticker in report.without)
        assert f"hashpivot coverage --season {quarter} --missing" in _text(line)
        known = len(report.season.companies)
        meta = _text(tree.xpath("//header/p[@class='meta']")[0])
        assert f"{known} of {known + len(report.without)} miners" in meta


def test_nothing_is_called_not_disclosed_that_no_filing_was_read_for(
    pages: dict[str, str], seasons: dict[str, Season], quarter: str
) -> None:
    reasons = {
        metric.value.reason
        for company in seasons[quarter].companies
        for answer in company.answers
        for metric in answer.metrics
        if isinstance(metric.value, Missing) and metric.value.code is Absence.NOT_DISCLOSED
    }
    reasons.add("the announcement does not say")
    text = unescape(re.sub(r"</?(?:span|b)[^>]*>", "", pages[quarter]))
    for found in re.finditer(r"(\d+ )?not disclosed(?:[:,] (?P<reason>.{0,240}))?", text):
        assert found[1] or any(found["reason"].startswith(reason[:60]) for reason in reasons), found[0]


def test_every_figure_behind_an_answer_is_in_the_evidence(
    tree: html.HtmlElement, seasons: dict[str, Season], quarter: str
) -> None:
    sections = tree.xpath("//section[@class='company']")
    for section, company in zip(sections, in_order(seasons[quarter]), strict=True):
        shown = {_text(code) for code in section.xpath(".//ol[@class='evidence']/li/code[1]")}
        wanted = {figure.address for answer in company.answers for figure in answer.figures}
        assert wanted | {figure.address for figure in company.lines.figures()} <= shown


def test_raised_numbers_lead_to_the_right_figure(
    tree: html.HtmlElement, seasons: dict[str, Season], quarter: str
) -> None:
    sections = tree.xpath("//section[@class='company']")
    for section, company in zip(sections, in_order(seasons[quarter]), strict=True):
        for answer, article in zip(company.answers, section.xpath(".//article"), strict=True):
            known = [
                metric
                for metric in answer.metrics
                if not isinstance(metric.value, Missing) and not metric.name.startswith("check_")
            ]
            rows = article.xpath(".//table[@class='numbers']/tbody/tr")
            for metric, row in zip(known, rows, strict=True):
                wanted = {figure.address for figure in metric.figures}
                links = row.xpath(".//sup/a[not(@title)]/@href")
                found = {_text(tree.get_element_by_id(str(link)[1:]).find("code")) for link in links}
                assert found <= wanted and len(found) == min(3, len(wanted))


def test_every_leaf_of_the_evidence_names_its_source(
    tree: html.HtmlElement, seasons: dict[str, Season], quarter: str
) -> None:
    unlinked = {s.name or s.key for s in seasons[quarter].view.sources.values() if not s.url}
    leaves = tree.xpath("//ol[@class='evidence']//li[not(ul)][not(a[starts-with(@href, '#')])]")
    assert leaves
    for leaf in leaves:
        linked = leaf.xpath("./a[starts-with(@href, 'http')]")
        told = re.search(r"\d{10}-\d\d-\d{6}", _text(leaf)) or any(name in _text(leaf) for name in unlinked)
        assert linked or told, _text(leaf)
        assert leaf.xpath("./span[@class='grade']")[0].text in {"A", "B", "C"}


def test_derived_figures_show_formula_and_operands(tree: html.HtmlElement) -> None:
    derived = tree.xpath("//ol[@class='evidence']/li[span[@class='kind']='derived']")
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
    missing = tree.xpath("//table//span[@class='abs']")
    kinds = tuple(kind.words for kind in Absence)
    assert missing and all(_text(span) == "–" and span.get("role") == "img" for span in missing)
    assert all(span.get("title").startswith((*kinds, "total revenue")) for span in missing)
    assert not [cell for cell in tree.xpath("//td[not(.//svg)]") if not _text(cell)]


def test_thresholds_are_on_the_page(tree: html.HtmlElement) -> None:
    method = _text(tree.get_element_by_id("method"))
    assert all(f"from {t.above:.0%}: {t.why}" in method for t in THRESHOLDS)


def test_golden_riot_2024q4(pages: dict[str, str]) -> None:
    """Form 10-K 2024 less the nine months of Form 10-Q: total revenue, self-mining, gross profit of it."""
    page = html.document_fromstring(pages["2024Q4"])
    section = next(
        s for s in page.xpath("//section[@class='company']") if _text(s.find("h2")).endswith("RIOT")
    )
    row = section.xpath(".//table[@class='lines']/tbody/tr[th//summary='Self-mining']")[0]
    shown = [re.sub(r"(?<=[m%]).*", "", _text(cell)) for cell in row.findall("td")]
    assert shown == ["$126.4m", "$65.9m", "$60.4m", "47.8%"]
    assert "$142,558,000" in _text(section.xpath(".//ol[@class='evidence']")[0])


def test_same_report_same_bytes(
    reports: dict[str, SeasonReport], pages: dict[str, str], quarter: str
) -> None:
    assert render_html(reports[quarter]) == pages[quarter]


def test_a_season_alone_is_refused_with_the_way_to_its_report(seasons: dict[str, Season]) -> None:
    with pytest.raises(InvalidInput, match="season_report"):
        render_html(seasons["2024Q4"])  # type: ignore[arg-type]


def test_size_stays_below_a_megabyte_and_a_fifth_for_26_companies(
    pages: dict[str, str], seasons: dict[str, Season], quarter: str
) -> None:
    """What stands on every page, its style and its method, counts once."""
    tree = html.document_fromstring(pages[quarter])
    once = sum(len(html.tostring(part)) for part in (tree.find(".//style"), tree.get_element_by_id("method")))
    per_company = (len(pages[quarter].encode()) - once) / len(seasons[quarter].companies)
    assert once + 26 * per_company < 1_200_000


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
