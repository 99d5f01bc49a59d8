"""The charts of a whole season: what they draw is what they say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from hashpivot.core import Quarter
from hashpivot.report.charts import PaidRow, SignedRow, TurnedRow, paid_chart, signed_chart, turned_chart
from hashpivot.report.charts.season._rows import axis_marks
from hashpivot.report.charts.season._spark_bars import spark_bars
from hashpivot.season import Season

NOW, BASE = Quarter(2025, 4), Quarter(2024, 1)


def tree(chart: object) -> etree._Element:
    return etree.fromstring(chart.inline())  # type: ignore[attr-defined]


def numbers(node: etree._Element, name: str) -> float:
    return float(node.get(name))


@given(st.floats(0, 1), st.floats(0, 1))
def test_ring_and_dot_stand_as_far_apart_as_the_shares(before: float, now: float) -> None:
    rows = [TurnedRow("ONE", now, before), TurnedRow("TWO", 1.0, 0.0)]
    drawn = tree(turned_chart(rows, NOW, BASE, 0.1))
    rings = [numbers(c, "cx") for c in drawn.iter("circle") if c.get("class") == "then"]
    dots = [numbers(c, "cx") for c in drawn.iter("circle") if c.get("class") == "now"]
    scale = dots[1] - rings[1]
    assert dots[0] - rings[0] == pytest.approx((now - before) * scale, abs=0.11)


def test_what_does_not_recur_is_paler_and_the_threshold_is_named() -> None:
    drawn = tree(turned_chart([TurnedRow("APLD", 0.671, None, 0.095, "#c1-1")], NOW, BASE, 0.1))
    kinds = [circle.get("class") for circle in drawn.iter("circle")]
    assert kinds == ["now pale", "now"]
    words = [text.text for text in drawn.iter("text")]
    assert "67.1%, 9.5% recurring" in words and "meaningful from 10%" in words
    assert drawn.get("aria-label").endswith("APLD 67.1%, 9.5% recurring")


def test_a_change_that_is_not_known_is_a_dash_not_a_bar() -> None:
    drawn = tree(paid_chart([PaidRow("CORZ", None, 14.3e6, "mining not known")], NOW, BASE))
    assert [rect.get("class") for rect in drawn.iter("rect")] == ["g-ai"]
    assert "–" in [text.text for text in drawn.iter("text")]
    assert "mining not known, AI and chips +$14.3m" in drawn.get("aria-label")


@given(st.lists(st.tuples(st.floats(1e5, 1e9), st.floats(1e5, 1e9)), min_size=1, max_size=8))
def test_a_bar_beyond_the_mark_is_more_than_once(pairs: list[tuple[float, float]]) -> None:
    rows = [SignedRow("X", signed, revenue) for signed, revenue in pairs]
    drawn = tree(signed_chart(rows, NOW))
    ends = [numbers(rect, "x") + numbers(rect, "width") for rect in drawn.iter("rect")]
    marks = [numbers(line, "x1") for line in drawn.iter("line") if line.get("class") == "bound"]
    for (signed, revenue), end, mark in zip(pairs, ends, marks, strict=True):
        assert (end > mark) == (signed > revenue) or abs(end - mark) < 0.21


def test_without_revenue_there_is_no_ratio() -> None:
    assert SignedRow("X", 1e6, None).times == "–"
    assert SignedRow("X", 1e6, 5e5).times == "2.0×" and SignedRow("X", 1e5, 1e6).times == "0.10×"


@given(st.floats(-1e9, 0), st.floats(1, 1e9))
def test_axis_marks_are_round_and_hold_zero(low: float, high: float) -> None:
    marks = axis_marks(low, high, 3)
    assert 0 in marks and len(marks) <= 6
    assert all(low - 1e-6 * (high - low) <= mark <= high + 1e-6 * (high - low) for mark in marks)


def test_spark_bars_mark_the_halving_only_if_it_is_in_their_quarters(seasons: dict[str, Season]) -> None:
    season = seasons["2025Q4"]
    view, ticker = season.view, season.companies[0].ticker
    quarters = [view.quarter_lines(ticker, quarter) for quarter in (NOW - 8).through(NOW)]
    assert spark_bars(quarters, BASE).count('class="halving"') == 1
    assert "halving" not in spark_bars(quarters, Quarter(2020, 1)) + spark_bars(quarters, None)
