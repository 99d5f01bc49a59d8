"""Levels of lines in the latest reported quarter, whether it was split or not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Line, Quarter
from hashpivot.ledger import View
from hashpivot.nowcast import CompanyNowcast, nowcast
from hashpivot.nowcast._nowcast import known_on
from hashpivot.nowcast.company import CompanyQuarter
from hashpivot.nowcast.company._levels import ReportedLevel, _fitted
from hashpivot.testing import MadeUpMiner

Q4 = Quarter(2024, 4)
DAY = date(2024, 12, 31)


def of(made: MadeUpMiner, history: NetworkHistory) -> CompanyNowcast:
    return nowcast(made.view(), history, Q4, as_of=DAY, track=tuple)["TEST"]


def test_a_later_total_moves_the_lines(miner: Callable[..., MadeUpMiner], history: NetworkHistory) -> None:
    """Lines of 20 + 15 million in 2024Q2, and half of it in total in 2024Q3."""
    made = miner().quarter("2024Q2", Line.HOSTING, 20e6).quarter("2024Q2", None, 35e6)
    made.quarter("2024Q2", Line.ENGINEERING, 15e6).quarter("2024Q3", None, 17.5e6)
    found = of(made, history)
    assert found.last is not None and found.last.quarter == Quarter(2024, 3)
    assert found.bridge[0].usd == pytest.approx(17.5e6)
    assert found.total.median_usd == pytest.approx(17.5e6, rel=0.1)
    assert {line.line for line in found.lines} == {Line.HOSTING, Line.ENGINEERING}
    assert "fitted to its total of 2024Q3" in found.total_basis


def test_a_line_left_out_of_a_breakdown_is_not_counted_twice(
    miner: Callable[..., MadeUpMiner], history: NetworkHistory
) -> None:
    """Mining and hosting in 2024Q2; in 2024Q3 hosting and the total: the rest is mining, not a new line."""
    made = miner().quarter("2024Q2").quarter("2024Q2", Line.HOSTING, 20e6)
    mined = float(made.view().quarter_lines("TEST", Quarter(2024, 2)).revenue[Line.SELF_MINING].value)
    made.quarter("2024Q2", None, mined + 20e6)
    made.quarter("2024Q3", Line.HOSTING, 20e6).quarter("2024Q3", None, mined * 0.9 + 20e6)
    found = of(made, history)
    assert {line.line for line in found.lines} == {Line.SELF_MINING, Line.HOSTING}
    assert sum(part.usd for part in found.parts) == pytest.approx(found.total.median_usd)


def test_a_total_of_another_kind_is_not_what_lines_add_up_to(
    miner: Callable[..., MadeUpMiner], history: NetworkHistory
) -> None:
    made = miner().quarter("2024Q2", None, 10e9).quarter("2024Q3", Line.HOSTING, 20e6)
    found = of(made, history)
    assert found.total.median_usd == pytest.approx(20e6, rel=0.1)
    assert "not comparable" in found.total_basis
    assert not found.bridge


def test_a_company_without_lines_says_so(miner: Callable[..., MadeUpMiner], history: NetworkHistory) -> None:
    found = of(miner().quarter("2024Q3", None, 30e6), history)
    assert found.total_basis.startswith("total level only")


def test_lines_fitted_to_a_total_move_by_what_is_not_known_of_them() -> None:
    sure, unsure = ReportedLevel(10e6, 0.0001, None), ReportedLevel(10e6, 0.16, None)
    fitted = _fitted({Line.HOSTING: sure, Line.AI_CLOUD: unsure}, 24e6)
    assert fitted[Line.HOSTING].usd == pytest.approx(10e6, rel=0.01)
    assert sum(level.usd for level in fitted.values()) == pytest.approx(24e6, rel=0.01)
    assert fitted[Line.AI_CLOUD].variance < 0.16
    far = _fitted({Line.HOSTING: sure, Line.AI_CLOUD: unsure}, 100e6)
    assert far[Line.AI_CLOUD].usd <= 20e6 * 1.001


def test_every_company_is_the_same_with_and_without_the_quarter_named(
    desk: View, history: NetworkHistory
) -> None:
    due = nowcast(desk, history)
    named = nowcast(desk, history, due.quarter)
    assert [c.to_dict() for c in named.companies.values()] == [c.to_dict() for c in due.companies.values()]
    one = next(iter(due))
    assert nowcast(desk, history, due.quarter, [one])[one].to_dict() == due[one].to_dict()


def test_parts_of_every_company_sum_to_its_total(desk: View, history: NetworkHistory) -> None:
    for company in nowcast(desk, history).companies.values():
        assert sum(part.usd for part in company.parts) == pytest.approx(company.total.median_usd)
        bridge = company.bridge
        assert not bridge or sum(s.usd for s in bridge[:-1]) == pytest.approx(bridge[-1].usd)


def test_the_last_report_is_the_latest_quarter_with_any_total(desk: View, history: NetworkHistory) -> None:
    hut = nowcast(desk, history, Quarter(2026, 3), ["HUT"], date(2026, 10, 1))["HUT"]
    assert hut.last is not None and str(hut.last.quarter) == "2026Q2"


def test_levels_and_what_belongs_to_no_line_sum_to_the_total(desk: View, history: NetworkHistory) -> None:
    information = known_on(desk, history, date(2026, 10, 1), Quarter(2026, 3))
    for ticker in information.view.tickers():
        levels = CompanyQuarter(information, ticker, Quarter(2026, 3)).levels
        if levels and levels.total:
            together = sum(level.usd for level in levels.lines.values()) + levels.rest_usd
            assert together == pytest.approx(float(levels.total.value), rel=1e-6), ticker


def test_a_total_of_another_kind_is_compared_with_no_report(
    miner: Callable[..., MadeUpMiner], history: NetworkHistory
) -> None:
    made = miner()
    for number in (2, 3, 4):
        made.quarter(f"2024Q{number}", Line.HOSTING, 20e6).quarter(f"2024Q{number}", None, 900e6)
    company = nowcast(made.view(), history, Q4, as_of=date(2025, 6, 30), track=tuple)["TEST"]
    assert company.turnover is not None and float(company.turnover.value) == 900e6
    assert company.reported is None and company.surprise is None
    assert company.to_dict()["turnover"] == company.turnover.id


def test_a_cloud_contract_larger_than_the_company_takes_its_halls(
    desk: View, history: NetworkHistory
) -> None:
    """Its rent, 485 million a quarter, was twice what its company earned in all."""
    before, after = (known_on(desk, history, day, Q4 + 5) for day in (date(2025, 10, 31), date(2025, 12, 31)))
    assert (before.kind("IREN"), after.kind("IREN")) == ("cloud", "halls")
    assert {after.kind("HIVE"), after.kind("CORZ")} == {"cloud", "halls"}
