from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from hashpivot.core import Quarter
from hashpivot.desk import OutlookResult
from hashpivot.outlook import Spread, listed_inputs
from hashpivot.report import Chart, ahead_chart, outlook_answers, render_outlook
from hashpivot.report.charts import MedianLine, PastBar
from hashpivot.report.outlook import input_groups, input_name
from hashpivot.testing import bundled_desk

QUARTERS = (Quarter(2027, 1), Quarter(2027, 2))


@pytest.fixture(scope="module")
def found() -> OutlookResult:
    return bundled_desk().outlook("CORZ", ["ai_tenant_late"], quarters=6, paths=256, beside=["base"])


def rendered(found: OutlookResult) -> str:
    return render_outlook(found.outlook, found.calibration, found.studies)


class Tags(HTMLParser):
    """Counts tags and sees that they are closed."""

    VOID = frozenset({"meta", "rect", "line", "polygon", "polyline"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen[tag] = self.seen.get(tag, 0) + 1
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


def test_the_page_is_whole_small_and_loads_nothing(found: OutlookResult) -> None:
    page = rendered(found)
    tags = Tags()
    tags.feed(page)
    assert not tags.open
    assert "script" not in tags.seen and "img" not in tags.seen
    assert 'src="' not in page and "http://" not in page.replace("http://www.w3.org", "")
    assert page == rendered(found)
    assert len(page) < 400_000


def test_every_input_stands_on_the_page_named_and_with_its_origin(found: OutlookResult) -> None:
    page = unescape(rendered(found))
    inputs = listed_inputs(found.case, found.calibration.origins)
    for each in inputs:
        assert f">{input_name(each.key)}</th>" in page
        assert each.key not in page or each.key.startswith("finance.")  # an option names what is missing
    assert "no AI contract starts on time" in page


def test_assumed_inputs_are_counted_once(found: OutlookResult) -> None:
    groups = input_groups(found.case, found.calibration)
    assumed, number = found.input_count
    assert sum(len(group.inputs) for group in groups) == number
    assert sum(group.assumed for group in groups) == assumed
    assert rendered(found).count(f"{assumed} of {number} inputs are assumed") == 2
    assert found.to_dict()["inputs"] == {"assumed": assumed, "all": number}
    assert not any("inputs are assumed" in remark for remark in found.remarks)


def test_figures_lead_to_their_traces(found: OutlookResult) -> None:
    groups = input_groups(found.case, found.calibration, lambda figure: f"/figure/{figure}")
    parts = [part for group in groups for each in group.inputs for part in each.origin]
    assert any(p.address.startswith("/figure/CORZ/") for p in parts)
    assert all("@" not in part.words for part in parts)


def test_answers_say_what_the_numbers_say(found: OutlookResult) -> None:
    results = found.outlook.summary
    words = " ".join(outlook_answers(results))
    last = results.quarters[-1]
    assert f"{last.p_ai_chips_majority:.0%} in {last.quarter}" in words
    assert f"by {last.bitcoin_beta:.2f}%" in words


def test_the_page_opens_with_revenue_cash_and_what_decides(found: OutlookResult) -> None:
    page = rendered(found)
    first = page.partition('class="three"')[2].partition("</div>")[0]
    assert first.count("<section") == 3
    assert "What decides it" in first and "2026Q2 reported 164.2" in first
    assert ">halving, Apr 2028<" in rendered(bundled_twelve())


def bundled_twelve() -> OutlookResult:
    return bundled_desk().outlook("CORZ", paths=256)


def test_cases_stand_on_one_scale(found: OutlookResult) -> None:
    page = rendered(found)
    row = page.partition('class="panels"')[2].partition("</section>")[0]
    assert "AI tenants 3 quarters late" in row and ">base<" in row
    grids = [part.partition("<polygon")[0].partition("<line")[2] for part in row.split("<svg")[1:]]
    assert len(grids) == 2 and len({grid.count("grid") for grid in grids}) == 1


def test_a_page_is_written(found: OutlookResult, tmp_path: Path) -> None:
    path = found.to_html(tmp_path / "corz.html")
    assert "What decides it" in path.read_text(encoding="utf-8")


def test_a_chart_says_its_numbers_in_words_and_begins_with_what_was() -> None:
    rows = [Spread(-1e6, 2e6, 4e6, 2e6), Spread(0.0, 3e6, 9e6, 4e6)]
    past = [PastBar(Quarter(2026, 4), {"g-past": 5e6}), PastBar(Quarter(2026, 4), {"g-past": 1e6}, pale=True)]
    chart = ahead_chart("Cash", QUARTERS, rows, 1e6, "USD million", past=past)
    assert isinstance(chart, Chart)
    assert chart.words == (
        "2026Q4 reported 5.0; 2026Q4 nowcast 1.0; "
        "2027Q1 -1.0 to 4.0, median 2.0; 2027Q2 0.0 to 9.0, median 3.0"
    )
    assert chart.body.count("<polygon") == 1 and chart.body.count('class="g-past pale"') == 1
    assert "reported · nowcast" in chart.body


def test_what_has_no_numbers_is_not_drawn_at_zero() -> None:
    nothing = Spread(None, None, None, None)
    chart = ahead_chart("Cash", QUARTERS, [nothing, nothing], 1e6, "USD million")
    assert "<polygon" not in chart.body and chart.words == "no numbers" and "nan" not in chart.svg()


def test_courses_without_a_number_and_a_halving_out_of_sight_are_left_out() -> None:
    rows = [Spread(0.0, 0.0, 0.0, 0.0)] * 2
    course = MedianLine("debt", "c-debt", [None, None])
    chart = ahead_chart("Cash", QUARTERS, rows, 1.0, "USD", courses=[course], halving=date(2032, 4, 1))
    assert "halving" not in chart.body and ">debt" not in chart.body and "nan" not in chart.svg()
