import re
from datetime import date
from html import unescape
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from hashpivot.core import Missing, Quarter
from hashpivot.desk import OutlookResult
from hashpivot.outlook import Spread, listed_inputs
from hashpivot.report import Chart, ahead_chart, outlook_answers, render_outlook, render_outlooks
from hashpivot.report.charts import MedianLine, PastBar
from hashpivot.report.charts._quarters_ahead import apart
from hashpivot.report.outlook import input_groups, input_name
from hashpivot.report.outlook._message import outlook_headline
from hashpivot.report.outlook._tables import breakeven_range, leaning_table, quarters_table
from hashpivot.testing import bundled_desk

MONEY = {
    "finance.cash_usd": 4e8, "finance.debt_usd": 1e9, "finance.bitcoin": 2e3, "finance.shares": 3e8,
}  # fmt: skip
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
    row = page.partition('id="case-2"')[2].partition("</section>")[0]
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


def test_cases_stand_together_each_with_its_colour(found: OutlookResult) -> None:
    row = rendered(found).partition('id="case-1"')[2].partition("</section>")[0]
    assert "Cases together" in row and row.count('class="c-case-1"') == 3  # two charts and the key
    assert '<i class="mid"></i>AI tenants 3 quarters late' in row and '<i class="c-case-1"></i>base' in row


def test_one_message_on_the_page_the_terminal_the_notebook_and_in_the_json(found: OutlookResult) -> None:
    sentence = found.outlook.summary.carrier.sentence
    assert found.to_dict()["carrier"]["sentence"] == sentence
    page = unescape(rendered(found))
    large, more = outlook_headline(found.outlook.summary)
    assert f"<h1>{large}</h1>" in page and more in page
    assert f"{large}; {more.removesuffix('.')}".strip("; ").lower().startswith(sentence.lower())
    assert sentence in unescape(found._repr_html_())
    console = Console(width=400, record=True, file=StringIO())
    found._show(console)
    assert sentence in console.export_text()


def test_the_page_goes_from_the_last_report_to_the_first_projection(found: OutlookResult) -> None:
    part = unescape(rendered(found)).partition('id="why"')[2].partition("</section>")[0]
    why = found.reconciliation
    assert not isinstance(why, Missing)
    assert f"{why.quarters[0].quarter}, reported" in part and f"{why.quarters[-1].quarter}, outlook" in part
    assert all(step.name in part for step in why.steps if abs(step.usd) >= 1e5)
    assert found.to_dict()["why"] == why.to_dict()


def test_contracts_stand_with_their_source_and_a_warning_where_no_filing_says_so(
    found: OutlookResult,
) -> None:
    part = unescape(rendered(found)).partition('id="contracts"')[2].partition("</section>")[0]
    assert len(found.contracts) == part.count("<tr>") - 1 > 0
    for contract in found.contracts:
        assert contract.customer in part and contract.source in part
    unverified = sum(contract.evidence == "secondary" for contract in found.contracts)
    assert part.count("not verified in a filing") == unverified
    assert [each["customer"] for each in found.to_dict()["contracts"]] == [
        c.customer for c in found.contracts
    ]


def test_what_is_not_known_takes_no_column(found: OutlookResult) -> None:
    table = quarters_table(found.outlook.summary)
    assert table.header == ("Quarter", "Revenue", "Gross profit", "Adj. EBITDA")
    assert "Cash" in table.notes[0]
    known = bundled_desk().outlook("CORZ", quarters=2, paths=100, assume=MONEY)
    assert "Cash" in quarters_table(known.outlook.summary).header


def test_a_breakeven_below_zero_is_called_any_hashprice(found: OutlookResult) -> None:
    assert breakeven_range(Spread(-3.0, 12.0, 40.5, 1.0)) == "any / 12.0 / 40.5"
    assert breakeven_range(Spread(None, None, None, None)) == "–"
    cells = [cell for row in leaning_table(found.outlook.summary).rows for cell in row]
    assert any("any" in cell for cell in cells)
    assert any("breakeven hashprice is below zero" in remark for remark in found.to_dict()["remarks"])


@pytest.mark.parametrize(
    ("heights", "placed"),
    [
        ([10.0, 100.0], [10.0, 100.0]),
        ([50.0, 51.0, 52.0], [50.0, 60.0, 70.0]),
        ([95.0, 98.0, 99.0], [80.0, 90.0, 100.0]),
        ([], []),
    ],
)
def test_labels_stand_apart_and_above_the_floor(heights: list[float], placed: list[float]) -> None:
    assert apart(heights, 10.0, 100.0) == placed


def test_several_companies_are_drawn_on_one_scale() -> None:
    peers = bundled_desk().outlooks(tickers=["CORZ", "BTBT"], quarters=2, paths=100)
    page = render_outlooks(peers.summaries, peers.absent, peers.names, peers.histories)
    row = page.partition('class="panels"')[2].partition("</section>")[0]
    charts = row.split("<svg")[1:]
    ticks = [re.findall(r'class="tick right" x="30"[^>]*>([^<]*)<', chart) for chart in charts]
    assert len(charts) == 2 and ticks[0] == ticks[1] and len(ticks[0]) > 2
    assert all("reported" in chart for chart in charts)
    for summary in peers.summaries:
        assert summary.carrier.sentence.partition(": ")[2] in unescape(page)


def test_a_bar_that_would_flatten_what_lies_ahead_is_cut_and_says_so() -> None:
    rows = [Spread(1e6, 2e6, 4e6, 2e6), Spread(1e6, 3e6, 5e6, 3e6)]
    past = [PastBar(Quarter(2026, 3), {"g-past": 4e6}), PastBar(Quarter(2026, 4), {"g-past": 9e9})]
    chart = ahead_chart("Revenue", QUARTERS, rows, 1e6, "USD million", past=past)
    assert "up to 9,000" in chart.body and chart.body.count("↑") == 1
    assert "2026Q4 reported 9,000.0" in chart.words
    heights = [float(h) for h in re.findall(r'height="([\d.]+)" class|height="([\d.]+)"', chart.body)[0] if h]
    assert heights and max(heights) < chart.height
    kept = ahead_chart("Revenue", QUARTERS, rows, 1e6, "USD million", past=past[:1])
    assert "↑" not in kept.body


def test_what_lies_ahead_is_stacked_up_to_the_median() -> None:
    rows = [Spread(1e6, 2e6, 4e6, 2e6), Spread(1e6, 4e6, 5e6, 3e6)]
    stack = {"l-self_mining": [1.5e6, 1e6], "l-ai_cloud": [0.5e6, 3e6]}
    chart = ahead_chart("Revenue", QUARTERS, rows, 1e6, "USD million", stack=stack)
    areas = re.findall(r'class="l-\w+ ahead" points="([^"]+)"', chart.body)
    median = re.findall(r'class="mid" points="([^"]+)"', chart.body)[0].split()
    assert len(areas) == 2 and areas[1].split()[:2] == median
    assert areas[0].split()[:2] == list(reversed(areas[1].split()[2:]))


def test_a_quarter_alone_has_a_band() -> None:
    chart = ahead_chart("Cash", QUARTERS[:1], [Spread(1e6, 2e6, 4e6, 2e6)], 1e6, "USD million")
    assert "<polygon" not in chart.body and 'class="fan"' in chart.body and 'class="mid"' in chart.body


def test_the_terminal_has_room_for_where_a_contract_was_read(found: OutlookResult) -> None:
    console = Console(width=120, record=True, file=StringIO())
    found._show(console)
    part = console.export_text().partition("AI contracts")[2]
    assert "Read in" in part.partition("\n\n")[0] and "columns: Read in" not in part
