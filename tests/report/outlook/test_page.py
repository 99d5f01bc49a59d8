from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.ledger import View, bundled
from hashpivot.outlook import Calibration, Outlook, Spread, build_case, outlook, tornado
from hashpivot.report import Chart, fan_chart, outlook_answers, render_outlook, write_outlook


@pytest.fixture(scope="module")
def found() -> tuple[Outlook, Calibration]:
    case, calibration = build_case(View(bundled()), NetworkHistory.load(), "CORZ", ["ai_tenant_late"])
    return outlook(case, quarters=6, paths=256, remarks=calibration.remarks), calibration


class Tags(HTMLParser):
    """Counts tags and sees that they are closed."""

    VOID = frozenset({"meta", "rect", "line", "polygon"})

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


def test_the_page_is_whole_and_loads_nothing(found: tuple[Outlook, Calibration]) -> None:
    page = render_outlook(*found)
    tags = Tags()
    tags.feed(page)
    assert not tags.open
    assert "script" not in tags.seen and "img" not in tags.seen
    assert 'src="' not in page and "http://" not in page.replace("http://www.w3.org", "")
    assert page == render_outlook(*found)


def test_every_input_stands_on_the_page_with_its_origin(found: tuple[Outlook, Calibration]) -> None:
    page = unescape(render_outlook(*found))
    for key, origin in found[1].origins.items():
        assert f"<code>{key}</code>" in page
        assert " ".join(origin.split())[:60] in page
    assert "track record: 3 of 5" in page
    assert "no AI contract starts on time" in page


def test_answers_say_what_the_numbers_say(found: tuple[Outlook, Calibration]) -> None:
    results = found[0].summary
    words = " ".join(outlook_answers(results))
    last = results.quarters[-1]
    assert f"{last.p_ai_chips_majority:.0%} in {last.quarter}" in words
    assert f"{1 - last.p_shortfall:.0%} of paths" in words
    assert f"by {last.bitcoin_beta:.2f}%" in words


def test_a_page_with_a_tornado_is_written(found: tuple[Outlook, Calibration], tmp_path: Path) -> None:
    effects = tornado(found[0].case, quarters=4, samples=32)
    path = write_outlook(*found, tmp_path / "corz.html", effects)
    assert "What moves the outcome" in path.read_text(encoding="utf-8")


def test_a_fan_says_its_numbers_in_words() -> None:
    rows = [Spread(-1e6, 2e6, 4e6, 2e6), Spread(0.0, 3e6, 9e6, 4e6)]
    chart = fan_chart("Cash", ["2027Q1", "2027Q2"], rows, 1e6, "USD million")
    assert isinstance(chart, Chart)
    assert chart.words == "2027Q1 -1.0 to 4.0, median 2.0; 2027Q2 0.0 to 9.0, median 3.0"
    assert chart.body.count("<polygon") == 1
    assert "10% to 90% of paths" in chart.svg()


def test_a_fan_of_zeros_can_be_drawn() -> None:
    zero = Spread(0.0, 0.0, 0.0, 0.0)
    assert "nan" not in fan_chart("Cash", ["2027Q1"], [zero], 1e6, "USD million").svg()


def test_a_fan_below_zero_names_zero_once() -> None:
    rows = [Spread(-300.0, -200.0, -5.0, -150.0)] * 2
    body = fan_chart("Income", ["2027Q1", "2027Q2"], rows, 1.0, "USD").body
    assert body.count(">0<") == 1
    assert ">0.0<" not in body and ">-300<" in body
