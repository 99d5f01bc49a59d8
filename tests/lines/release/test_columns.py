"""Segments laid out in columns, one trap each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from hashpivot.lines import Reading
from hashpivot.testing import release_table

HEAD = "<p>AUSTIN, May 8, 2025 /PRNewswire/ -- Riot Platforms, Inc. (NASDAQ: RIOT) reports</p>"
PERIOD = "Three Months Ended March 31, 2025"
STATEMENT = """<p>Condensed Consolidated Statements of Operations (in thousands)</p><table>
<tr><td></td><td>Three Months Ended March 31, 2025</td></tr>
<tr><td>Total revenue</td><td>9,000</td></tr><tr><td>Net loss</td><td>(110)</td></tr></table>"""
ROWS = (
    ("Revenue from external customers", "7,000", "1,500", "8,500"),
    ("Intersegment revenue", "—", "300", "300"),
    ("Segment revenue", "7,000", "1,800", "8,800"),
    ("Other revenue", "", "", "500"),
    ("Elimination of intersegment revenue", "", "", "(300)"),
    ("Total consolidated revenue", "", "", "9,000"),
    ("Less: segment cost of revenue", "4,000", "1,600", "5,600"),
    ("Segment gross profit", "3,000", "200", "3,200"),
)
NAMES = ("", "Bitcoin Mining", "Engineering", "Total")


@pytest.fixture
def segments(reader: Callable[..., Reading]) -> Callable[..., Reading]:
    """Reads a release with a statement of 9,000 thousand revenue, and the parts given."""
    return partial(reader, HEAD, STATEMENT)


def by_line(reading: Reading, measure: str) -> dict[str, int]:
    (period,) = reading.periods
    return {row["line"] or row["label"]: row["value_usd"] // 1000 for row in period.to_dict()[measure]}


@pytest.mark.parametrize("note", ["(in thousands)", ""])
def test_a_period_in_the_title_and_segments_over_the_columns(segments, note: str) -> None:
    found = segments(f"<p>Segments {note}</p><p>{PERIOD}</p>", release_table(NAMES, *ROWS))
    assert by_line(found, "revenue") == {"self_mining": 7000, "engineering": 1500, "other": 500}
    assert by_line(found, "cost_of_revenue") == {"self_mining": 4000, "engineering": 1600}
    assert by_line(found, "segment_gross_profit") == {"self_mining": 3000, "engineering": 200}
    assert found.periods[0].revenue.ties
    assert not found.warnings


def test_a_locator_leads_to_the_segment_s_own_cell(segments) -> None:
    found = segments(f"<p>{PERIOD} (in thousands)</p>", release_table(NAMES, *ROWS))
    rows = found.periods[0].to_dict()["segment_gross_profit"]
    assert [row["locator"] for row in rows] == ["table:1/row:8/col:1", "table:1/row:8/col:2"]


def test_periods_over_the_segments(segments) -> None:
    upper = "<tr><td></td><td colspan=3>Three Months Ended March 31, 2025</td>"
    upper += "<td colspan=3>Three Months Ended March 31, 2024</td></tr>"
    rows = (
        ("", *NAMES[1:], *NAMES[1:]),
        ("Revenue", "7,000", "2,000", "9,000", "50", "40", "90"),
        ("Cost of revenue", "4,000", "1,500", "5,500", "20", "10", "30"),
        ("Gross profit", "3,000", "500", "3,500", "30", "30", "60"),
    )
    found = segments(
        "<p>Segments (in thousands)</p>", release_table(*rows).replace("<table>", f"<table>{upper}")
    )
    assert by_line(found, "revenue") == {"self_mining": 7000, "engineering": 2000}
    assert by_line(found, "segment_gross_profit") == {"self_mining": 3000, "engineering": 500}


def test_segments_that_do_not_add_up_to_the_statement_are_left_out(segments) -> None:
    rows = [("Total consolidated revenue", "", "", "9,400") if "consolidated" in r[0] else r for r in ROWS]
    found = segments(f"<p>{PERIOD} (in thousands)</p>", release_table(NAMES, *rows))
    assert by_line(found, "segment_gross_profit") == {}
    assert any("its segments are left out" in warning for warning in found.warnings)


def test_an_unknown_unit_is_not_proven_by_a_short_total(segments) -> None:
    short = STATEMENT.replace("9,000", "9")
    rows = (("Revenue", "7", "2", "9"), ("Gross profit", "3", "1", "4"))
    found = segments(short, f"<p>{PERIOD}</p>", release_table(NAMES, *rows))
    assert by_line(found, "segment_gross_profit") == {}


@pytest.mark.parametrize(
    "names",
    [
        ("", "Bitcoin Mining", "Engineering", "Hosting"),  # none is the whole
        ("", "Bitcoin Mining", "Total Engineering", "Total"),  # two may be
        ("", "Mining", "Mining", "Total"),  # two of one name
        ("", "Bitcoin Mining", "Adjustments", "Total"),  # a change is no segment
    ],
)
def test_columns_that_may_be_something_else_give_nothing(segments, names: tuple[str, ...]) -> None:
    found = segments(f"<p>{PERIOD} (in thousands)</p>", release_table(names, *ROWS))
    assert by_line(found, "segment_gross_profit") == {}


def test_two_periods_in_one_title_date_nothing(segments) -> None:
    title = "<p>Three and Nine Months Ended September 30, 2025 and 2024 (in thousands)</p>"
    assert by_line(segments(title, release_table(NAMES, *ROWS)), "segment_gross_profit") == {}


def test_changes_in_equity_are_no_segments(segments) -> None:
    names = ("", "Common stock", "Accumulated deficit", "Total")
    rows = (("Balance, December 31, 2024", "10", "20", "30"), ("Net loss", "—", "(110)", "(110)"))
    found = segments(f"<p>{PERIOD} (in thousands)</p>", release_table(names, *rows))
    assert by_line(found, "segment_gross_profit") == {}
    assert not [warning for warning in found.warnings if "segments" in warning]
