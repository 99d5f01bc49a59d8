"""Every number of the page is followed to its evidence or its source; what is walked is the page alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from lxml import html

from hashpivot.report import SeasonReport, render_html
from hashpivot.season import THRESHOLDS

from ..conftest import QUARTERS

UNITS = r"m\b|bn\b|%|×| (?:MW|EH/s|quarters|days|GPUs)\b"
NUMBER = re.compile(rf"(?P<lead>[$<]?)(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<unit>{UNITS})?")
SCALE = {"m": 1e6, "bn": 1e9, "%": 0.01}
EVIDENCE = re.compile(r"#c\d+-(\d+|contracts|targets)")


@pytest.fixture(scope="module", params=QUARTERS)
def page(request: pytest.FixtureRequest, reports: dict[str, SeasonReport]) -> html.HtmlElement:
    return html.document_fromstring(render_html(reports[request.param]))


def text_of(node: html.HtmlElement) -> str:
    return " ".join(" ".join(node.itertext()).split())


def measured(text: str) -> Iterator[tuple[float, float, str]]:
    """Numbers that carry a unit: value, half of their last digit, and as written."""
    for found in NUMBER.finditer(text):
        if found["lead"] == "$" or found["unit"]:
            scale = SCALE.get((found["unit"] or "").strip(), 1.0)
            digits = found["digits"].replace(",", "")
            places = len(digits.partition(".")[2])
            yield float(digits) * scale, scale * 0.5 * 10**-places, found[0]


def sections(page: html.HtmlElement) -> list[html.HtmlElement]:
    return list(page.xpath("//section[@class='company']"))


def arrives(page: html.HtmlElement, link: str) -> bool:
    """True if a link leads to a figure with a source, or to a list of contracts or targets that has one."""
    if not EVIDENCE.fullmatch(link):
        return False
    target = page.get_element_by_id(link[1:])
    if link.endswith("-contracts"):
        return bool(target.xpath("following-sibling::div[1]//a"))
    if target.xpath(".//span[@class='grade']") or target.xpath(".//tbody/tr[td]"):
        return True
    operands = [str(operand) for operand in target.xpath("./ul/li/a/@href") if operand.startswith("#")]
    return bool(operands) and all(arrives(page, operand) for operand in operands)


def traced(page: html.HtmlElement, node: html.HtmlElement) -> bool:
    return any(arrives(page, str(link)) for link in node.xpath(".//a/@href"))


def test_every_number_at_the_top_is_a_link_to_its_evidence(page: html.HtmlElement) -> None:
    cells = page.xpath("//table[contains(@class, 'league')]/tbody/tr/td")
    shown = [cell for cell in cells if list(measured(text_of(cell)))]
    assert len(shown) > 5
    for cell in shown:
        assert traced(page, cell), text_of(cell)


def test_a_number_in_a_sentence_on_the_season_is_a_link_to_its_evidence(page: html.HtmlElement) -> None:
    """Only thresholds, which the method explains, stand in the title."""
    marks = {f"{threshold.above:.0%}" for threshold in THRESHOLDS}
    assert {written for _, _, written in measured(text_of(page.find(".//h1")))} <= marks
    for node in page.xpath("//header//p | //p[@class='finding']"):
        links = node.xpath(".//a")
        assert all(arrives(page, link.get("href")) for link in links), text_of(node)
        linked = [number for link in links for number in measured(text_of(link))]
        assert len(list(measured(text_of(node)))) == len(linked), text_of(node)


def test_a_verdict_that_moved_leads_to_the_numbers_of_both_quarters(page: html.HtmlElement) -> None:
    for node in page.xpath("//section[@aria-labelledby='moved-title']//li"):
        assert traced(page, node) or not list(measured(text_of(node))), text_of(node)


def test_every_number_of_a_chart_of_the_season_is_a_link(page: html.HtmlElement) -> None:
    labels = page.xpath("//div[@class='three']//svg//text[contains(@class, 'val')]")
    assert labels
    for label in labels:
        link = label.getparent()
        assert link.tag == "a" and arrives(page, link.get("href")), text_of(label)


def test_charts_of_the_season_name_unit_quarters_and_thresholds(page: html.HtmlElement) -> None:
    panels = page.xpath("//div[@class='three']/section[.//svg]")
    assert panels
    for panel in panels:
        assert re.search(r"\d{4}Q\d", text_of(panel.xpath("./p[@class='what']")[0]))
        assert panel.xpath(".//svg/@aria-label")
    marks = [text_of(text) for text in page.xpath("//div[@class='three']//svg//text")]
    assert any(mark.startswith("meaningful from 10%") for mark in marks)


def test_every_number_of_a_table_has_a_trace_in_its_row(page: html.HtmlElement) -> None:
    walked = 0
    for section in sections(page):
        for row in section.xpath(".//table[@class='lines' or @class='numbers']//tr[td[@class='n']]"):
            cells = [text_of(cell) for cell in row.xpath("./td[@class='n']")]
            if not any(re.search(r"\d", cell) for cell in cells) or re.fullmatch(r"\d{4}Q\d", cells[0]):
                continue
            walked += 1
            assert traced(page, row) or cells == ["0"], text_of(row)
        for cell in section.xpath(".//details[contains(@class, 'history')]//tbody/tr/td[contains(., '$')]"):
            walked += 1
            assert traced(page, cell), text_of(cell)
    assert walked > 100


def test_contracts_and_targets_name_their_source(page: html.HtmlElement) -> None:
    """By a link, an accession number, or a name with the day."""
    contracts = page.xpath("//table[contains(@class, 'contracts')]/tbody/tr/th")
    targets = page.xpath("//div[@class='targets']//tbody/tr/td[last()]")
    for cell in (*contracts, *targets):
        assert cell.xpath(".//a[starts-with(@href, 'http')]") or re.search(
            r"\d{4}-\d\d-\d\d|\d{10}-\d\d-\d{6}", text_of(cell)
        ), text_of(cell)


def test_numbers_in_prose_and_charts_are_numbers_of_the_evidence(page: html.HtmlElement) -> None:
    """What a sentence, a formula or a chart says is also found, to its last digit, where it is traced."""
    assert walk_prose(page) > 100


def test_the_walk_notices_a_number_from_nowhere(reports: dict[str, SeasonReport]) -> None:
    text = render_html(reports["2024Q4"])
    made_up = text.replace('<p class="headline">', '<p class="headline">$987.6m ', 8)
    with pytest.raises(AssertionError, match=r"\$987\.6m"):
        walk_prose(html.document_fromstring(made_up))


def walk_prose(page: html.HtmlElement) -> int:
    """How many numbers were followed."""
    walked = 0
    for section in sections(page):
        known = [number for node in traced_nodes(page, section) for number in measured(text_of(node))]
        for text in untraced(section):
            for value, half, written in measured(text):
                walked += 1
                near = (abs(value - other) <= half + other_half + 1e-9 for other, other_half, _ in known)
                assert any(near), f"{section.get('id')}: {written} in {text[:200]}"
    return walked


def traced_nodes(page: html.HtmlElement, section: html.HtmlElement) -> list[html.HtmlElement]:
    evidence = section.xpath(".//ol[@class='evidence']//li | .//div[@class='targets']//tbody/tr")
    rows = section.xpath(".//table//tr")
    return [*evidence, *(row for row in rows if traced(page, row) or row.xpath(".//a"))]


def untraced(section: html.HtmlElement) -> Iterator[str]:
    """Sentences, notes, methods and what charts say; the bridge has its evidence beside it (see below)."""
    for node in section.xpath(
        ".//p | .//ul[@class='notes']/li | .//span[@class='method'] | .//tr[@class='how']"
    ):
        yield text_of(node)
    for chart in section.xpath(".//svg[@class='chart'][not(ancestor::div[@class='since'])]"):
        yield str(chart.get("aria-label"))
        yield from (text_of(node) for node in chart.iter("text", "title"))


def test_charts_since_the_halving_have_their_evidence_beside_them(page: html.HtmlElement) -> None:
    for block in page.xpath("//div[@class='since'][.//svg]"):
        assert traced(page, block.find("p"))
