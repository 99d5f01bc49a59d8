from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from hashpivot.core import GROUPS, InvalidInput, Missing, MissingLibrary, Quarter, UnwritableFile
from hashpivot.report import Chart, TargetRow, company_charts, target_chart
from hashpivot.report.charts._gross_profit_bridge import GrossProfitBridge, bridge, bridge_chart
from hashpivot.report.charts._target_timeline import LONGEST_CHART, STATES
from hashpivot.report.shared._svg_chart import chart_style
from hashpivot.season import Season, group_gross_profit

from ..conftest import SCRIPT

SVG = "{http://www.w3.org/2000/svg}"


def parsed(chart: Chart) -> etree._Element:
    return etree.fromstring(chart.svg().encode(), etree.XMLParser(resolve_entities=False, no_network=True))


dollars = st.integers(-(10**9), 10**9).map(float)
steps = st.dictionaries(st.sampled_from(GROUPS), dollars, min_size=1)


@given(dollars, steps)
def test_bridge_spans_from_one_end_to_the_other(before: float, changes: dict[str, float]) -> None:
    """Each step begins where the one before ended, and the last bar is as high as all of them together."""
    shown = GrossProfitBridge(Quarter(2024, 1), Quarter(2024, 4), before, changes, (), ())
    bars = list(parsed(bridge_chart(shown)).iter(f"{SVG}rect"))[1:]
    assert len(bars) == len(changes) + 2
    ends = [before]
    for usd in changes.values():
        ends.append(ends[-1] + usd)
    reach = max(0.0, *ends) - min(0.0, *ends) or 1.0
    heights = [float(bar.get("height")) * reach / 126 for bar in bars]
    wanted = [abs(before), *map(abs, changes.values()), abs(shown.after)]
    assert heights == pytest.approx(wanted, abs=reach * 0.001)
    assert shown.after == pytest.approx(ends[-1])


def test_golden_bridge_of_bit_digital_2025q2(seasons: dict[str, Season]) -> None:
    """Gross profit by segment, Forms 10-Q for 2025Q1 (with 2024Q1) and 2025Q2."""
    view = seasons["2025Q4"].view
    before, now = (view.quarter_lines("BTBT", Quarter.parse(q)) for q in ("2024Q1", "2025Q2"))
    found = bridge(before, now)
    assert isinstance(found, GrossProfitBridge) and not found.left_out
    for group in GROUPS:
        ends = [group_gross_profit(lines, group).value for lines in (before, now)]
        assert all(isinstance(end, int | float) for end in ends)
        assert found.steps.get(group, 0.0) == pytest.approx(ends[1] - ends[0])  # type: ignore[operator]
    assert round(found.steps["mining"] / 1e6, 1) == -8.4 and round(found.steps["ai"] / 1e6, 1) == 6.3
    assert str(found).startswith("2024Q1 $14.2m; mining −$8.4m; AI +$6.3m")


def test_no_bridge_without_mining_says_why(seasons: dict[str, Season]) -> None:
    view = seasons["2025Q4"].view
    found = bridge(*(view.quarter_lines("MARA", Quarter.parse(q)) for q in ("2024Q1", "2025Q2")))
    assert isinstance(found, Missing) and found.reason.startswith("2024Q1: ")


def test_company_charts(seasons: dict[str, Season]) -> None:
    drawn = {ticker: company_charts(seasons["2024Q4"], ticker) for ticker in ("RIOT", "MARA")}
    assert set(drawn["MARA"]) == {"revenue"}
    assert {"revenue", "bridge", "targets"} <= set(drawn["RIOT"])
    for chart in (chart for charts in drawn.values() for chart in charts.values()):
        tree = parsed(chart)
        assert tree.get("role") == "img" and tree.get("aria-label") == f"{chart.title}: {chart.words}"
        assert chart._repr_svg_() == chart.svg()
        assert "var(" not in chart.svg()
        written = [node.text for node in tree.iter(f"{SVG}text")]
        assert bool(chart.key) == (chart.title == "Revenue by quarter and line")
        assert written[0] == chart.title and set(chart.key.values()) <= set(written)


def test_unknown_company_is_named(seasons: dict[str, Season]) -> None:
    with pytest.raises(InvalidInput, match="'NOPE' is not part of season 2024Q4"):
        company_charts(seasons["2024Q4"], "NOPE")


def test_every_class_drawn_has_a_colour(seasons: dict[str, Season]) -> None:
    style = chart_style()
    for season in seasons.values():
        for company in season.companies:
            for chart in company_charts(season, company.ticker).values():
                kinds = {k for node in parsed(chart).iter(f"{SVG}rect") for k in node.get("class").split()}
                assert all(f".{kind}" in style for kind in kinds)


def row(**changes: object) -> TargetRow:
    first = TargetRow("Hash rate", "31 EH/s", date(2024, 3, 30), date(2024, 12, 31), "met", "10-K")
    return first._replace(**changes)  # type: ignore[arg-type]


def test_timeline_says_what_became_of_each_target() -> None:
    chart = target_chart([row(state=state) for state in STATES])
    assert chart is not None
    texts = [node.text for node in parsed(chart).iter(f"{SVG}text")]
    assert all(symbol in texts for symbol in STATES.values())
    assert "said 2024-03-30, due 2024-12-31, cannot be judged" in chart.words


def test_timeline_prefers_judged_targets() -> None:
    many = [row(state="cannot_be_judged", said_on=date(2025, 1, 1), value=f"{n} MW") for n in range(30)]
    chart = target_chart([*many, row()])
    assert chart is not None and "31 EH/s" in chart.words
    assert chart.words.count("said") == LONGEST_CHART


def test_no_timeline_without_due_dates() -> None:
    assert target_chart([row(due=None)]) is None
    assert target_chart([]) is None


def test_hostile_target_arrives_inert() -> None:
    chart = target_chart([row(metric=SCRIPT, value='"><script>', state=SCRIPT, source=SCRIPT)])
    assert chart is not None
    assert not list(parsed(chart).iter(f"{SVG}script", "script"))


def test_saved_as_svg(seasons: dict[str, Season], tmp_path: Path) -> None:
    chart = company_charts(seasons["2024Q4"], "RIOT")["revenue"]
    assert chart.save(tmp_path / "r.svg").read_text(encoding="utf-8") == chart.svg()


def test_saved_as_png_of_twice_the_size(seasons: dict[str, Season], tmp_path: Path) -> None:
    pytest.importorskip("resvg_py", reason="needs resvg_py (the extra `png`)")
    chart = company_charts(seasons["2024Q4"], "RIOT")["revenue"]
    png = chart.save(str(tmp_path / "r.PNG")).read_bytes()
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    size = [int.from_bytes(png[at : at + 4], "big") for at in (16, 20)]
    assert size == [2 * (chart.width + 16), 2 * chart.outer_height]


def test_says_why_a_chart_cannot_be_saved(
    seasons: dict[str, Season], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chart = company_charts(seasons["2024Q4"], "RIOT")["revenue"]
    with pytest.raises(InvalidInput, match=r"\.svg or \.png"):
        chart.save(tmp_path / "r.jpg")
    with pytest.raises(UnwritableFile):
        chart.save(tmp_path / "absent" / "r.svg")
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(MissingLibrary, match="a PNG needs resvg_py") as caught:
        chart.save(tmp_path / "r.png")
    assert "hashpivot[png]" in caught.value.hint
    assert not list(tmp_path.iterdir())
