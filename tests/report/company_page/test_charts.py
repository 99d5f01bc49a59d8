from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from hashpivot.company import MegawattPoint, MegawattTimeline
from hashpivot.core import Figure, not_in_ledger
from hashpivot.report.company_page._line_multiples import line_multiples
from hashpivot.report.company_page._megawatt_chart import megawatt_chart
from hashpivot.report.company_page._sparkline import sparkline
from hashpivot.testing import bundled_desk

DAY = date(2025, 8, 1)


@pytest.fixture(scope="module")
def charts() -> list[str]:
    profile = bundled_desk().company("CORZ", quarters=12).profile
    return [chart.body for chart in line_multiples(profile)]


def bars(body: str) -> list[float]:
    return [float(height) for height in re.findall(r'<rect class="l-[^>]* height="([\d.]+)"', body)]


def test_all_lines_have_one_scale(charts: list[str]) -> None:
    profile = bundled_desk().company("CORZ", quarters=12).profile
    largest = [
        max(float(cell.revenue.value) for cell in row.quarters if isinstance(cell.revenue, Figure))
        for row in profile.lines.lines
        if any(isinstance(cell.revenue, Figure) and cell.revenue.value for cell in row.quarters)
    ]
    per_dollar = [max(bars(body)) / most for body, most in zip(charts, largest, strict=True)]
    assert per_dollar == pytest.approx([80 / max(largest)] * len(largest), rel=0.02)


def test_the_halving_is_marked_and_derived_bars_are_pale(charts: list[str]) -> None:
    assert all("halving" in body for body in charts)
    assert any(" drv" in body for body in charts)


def test_a_sparkline_leaves_a_gap_and_goes_below_zero() -> None:
    drawn = sparkline([Decimal(2), None, Decimal(-2)])
    assert re.findall(r"M(\d+) ([\d.]+)h5v([\d.]+)", drawn) == [("0", "0.0", "10.0"), ("12", "10.0", "10.0")]


@pytest.mark.parametrize("values", [[], [None], [Decimal(1)], [Decimal(0), Decimal(0)]])
def test_nothing_to_compare_gives_no_sparkline(values: list[Decimal | None]) -> None:
    assert sparkline(values) == ""


def timeline(*contracted: MegawattPoint, starts: tuple[MegawattPoint, ...] = ()) -> MegawattTimeline:
    none = not_in_ledger("none")
    return MegawattTimeline(DAY, contracted, none, none, (), Decimal(0), starts, ())


def test_megawatts_step_up_and_say_their_last_level() -> None:
    first, second = (
        MegawattPoint(date(2024, 6, 3), Decimal(200), "Cloudco"),
        MegawattPoint(date(2025, 2, 1), Decimal(590), "Cloudco again <b>"),
    )
    chart = megawatt_chart(
        timeline(first, second, starts=(MegawattPoint(date(2026, 6, 30), Decimal(590), "x"),))
    )
    assert chart and "contracted 590" in chart.body and "announced starts 590" in chart.body
    assert "<b>" not in chart.body and "200 MW 2024-06-03" in chart.words


def test_no_megawatts_no_chart() -> None:
    assert megawatt_chart(timeline()) is None
