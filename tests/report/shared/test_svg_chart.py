from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from hashpivot.core import Line, Missing, Quarter, not_in_ledger
from hashpivot.report.charts._revenue_by_line import Column, legend, revenue_chart
from hashpivot.report.shared._svg_chart import UNSPLIT
from hashpivot.season import Season

SVG = etree.XMLParser(resolve_entities=False, no_network=True)

amounts = st.dictionaries(st.sampled_from([*map(str, Line), UNSPLIT]), st.floats(1, 1e10), max_size=5)


@given(st.lists(amounts, min_size=1, max_size=8))
def test_bars_are_as_high_as_their_amounts(columns: list[dict[str, float]]) -> None:
    last = Quarter(2024, 4)
    shown = [Column(last - n, parts, sum(parts.values())) for n, parts in enumerate(columns)]
    tree = etree.fromstring(revenue_chart(shown).inline(), SVG)
    bars = [[float(rect.get("height")) for rect in group.iter("rect")] for group in tree.iter("g")]
    highest = max(sum(parts.values()) for parts in columns) or 1
    for heights, parts in zip(bars, columns, strict=True):
        assert sum(heights) == pytest.approx(
            132 * sum(parts.values()) / highest, abs=0.05 * len(parts) + 1e-6
        )


def test_chart_describes_itself_and_marks_what_is_missing() -> None:
    columns = [
        Column(Quarter(2024, 3), {}, not_in_ledger("nothing <reported>")),
        Column(Quarter(2024, 4), {"self_mining": 9e7, "ai_cloud": 1e7}, 1e8),
    ]
    tree = etree.fromstring(revenue_chart(columns).inline(), SVG)
    words = "2024Q3 not in ledger; 2024Q4 $100.0m (self-mining $90.0m, AI cloud $10.0m)"
    assert tree.get("aria-label") == f"Revenue by quarter and line: {words}"
    assert tree.get("role") == "img"
    assert legend(columns) == {"l-self_mining": "self-mining", "l-ai_cloud": "AI cloud"}
    assert "–" in "".join(tree.itertext())


def test_columns_add_up_to_the_total(seasons: dict[str, Season]) -> None:
    """Where the lines tie, or fall short of the total, the bar is as high as the total."""
    checked = 0
    for season in seasons.values():
        for company in season.companies:
            column = Column.of(company.lines)
            if not isinstance(column.total, Missing) and not company.lines.eliminations:
                checked += 1
                assert math.isclose(sum(column.parts.values()), column.total, rel_tol=0.005)
    assert checked > 10
