"""What is held of a quarter, by grade, and how far reports reach."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from hashpivot import Desk
from hashpivot.core import Company, InvalidInput, Line, NoData, Quarter, UnknownKey
from hashpivot.coverage import CELL_PARTS, Part, coverage, parse_window
from hashpivot.ledger import Figures, View

from .conftest import DAY, WINDOW, holding

Q = Quarter(2024, 4)


def test_each_part_is_told_apart(cover) -> None:
    held = [
        ("total_revenue", Q),
        ("operating_cash_flow", Q),
        ("cash", Q),
        ("net_income", Q),
        ("bitcoin_mined", Q),
    ]
    (cell,) = cover(holding(held, grade="B"), [Q])["TEST"].quarters
    assert [part for part in CELL_PARTS if cell.holdings[part]] == [
        Part.TOTAL,
        Part.INCOME,
        Part.CASH_FLOW,
        Part.BALANCE,
        Part.OPERATING,
    ]
    assert {cell.holdings[part].worst for part in CELL_PARTS if cell.holdings[part]} == {"B"}
    assert (cell.fiscal, cell.form, cell.owed) == ("FY2024", "10-K", True)


def test_a_part_counts_what_is_held_of_what_the_company_ever_showed(cover) -> None:
    figures = holding(
        [("net_income", Q), ("net_income", Q - 1), ("operating_income", Q - 1), ("revenue", Q - 1)]
    )
    before, now = cover(figures, [Q - 1, Q])["TEST"].quarters
    assert (now.holdings[Part.INCOME].held, now.holdings[Part.INCOME].of) == (1, 2)
    assert (before.holdings[Part.INCOME].held, before.holdings[Part.INCOME].of) == (2, 2)
    assert not now.holdings[Part.LINES] and before.holdings[Part.LINES]


def test_best_and_worst_grade_and_the_latest_day_it_became_known(cover) -> None:
    good = holding([("net_income", Q), ("revenue", Q)])
    poor = holding([("operating_income", Q)], grade="C")
    later = tuple(replace(f, source="other", known=date(2025, 6, 1)) for f in poor.figures)
    (source,) = poor.sources.values()
    both = good | Figures({"other": replace(source, key="other")}, later)
    (cell,) = cover(both, [Q])["TEST"].quarters
    income = cell.holdings[Part.INCOME]
    assert (income.best, income.worst, income.known) == ("A", "C", date(2025, 6, 1))


def test_a_cost_is_whole_only_if_every_line_with_revenue_has_one(cover) -> None:
    figures = holding([("revenue", Q), ("cost_of_revenue", Q), ("total_revenue", Q)])
    revenue = next(f for f in figures.figures if f.measure == "revenue")
    hosting = replace(revenue, line=Line.HOSTING, value=Decimal(1))
    cell = cover(Figures(figures.sources, (*figures.figures, hosting)), [Q])["TEST"].quarters[0]
    assert (cell.holdings[Part.COST].held, cell.holdings[Part.COST].of) == (1, 2)
    unlocked = {unlock.metric for hole in cover(figures, [Q]).holes for unlock in hole.unlocks}
    assert "loss_making_revenue_share" not in unlocked


def test_a_months_update_is_operating_data_of_the_quarter_it_lies_in(cover) -> None:
    figures = holding([("bitcoin_mined", Q), ("revenue", Q - 3)])
    mined = next(f for f in figures.figures if f.measure == "bitcoin_mined")
    month = replace(mined, start=date(2024, 7, 1), end=date(2024, 7, 31))
    cells = cover(Figures(figures.sources, (*figures.figures, month)), [Q - 2, Q - 1, Q])["TEST"].quarters
    assert [bool(cell.holdings[Part.OPERATING]) for cell in cells] == [False, True, True]


def test_a_quarter_whose_deadline_has_not_passed_is_owed_only_if_something_is_held(cover) -> None:
    figures = holding([("revenue", Q), ("net_income", Q + 1)])
    day = (Q + 1).end + timedelta(days=1)
    assert [c.owed for c in cover(figures, [Q, Q + 1, Q + 2], day)["TEST"].quarters] == [True, True, False]


def test_how_far_reports_reach_in_a_sentence(cover) -> None:
    newest = cover(holding([("revenue", Q)]))["TEST"].newest
    assert str(newest) == (
        "no report of TEST later than 2024Q4 is in the ledger; next: 10-Q for 2025Q1, was due 2025-05-15"
    )
    early = cover(holding([("revenue", Q)]), day=date(2025, 5, 1))["TEST"].newest
    assert not early.overdue and str(early).endswith("due 2025-05-15")
    assert newest.to_dict()["read"] is False


def test_a_company_owes_the_quarters_in_which_it_was_listed_whether_or_not_it_has_figures(network) -> None:
    view = View(holding([("revenue", Q)]), companies={})
    days = {"listed_from": date(2024, 4, 1), "listed_to": date(2024, 10, 31)}
    known = {"NONE": Company("NONE", "None Inc.", **days)}
    covered = coverage(view, network, known, day=DAY)
    assert set(covered) == {"NONE", "TEST"} and covered["NONE"].share(Part.TOTAL) == (0, 2)
    assert {str(hole.report.quarter) for hole in covered.holes if hole.report.ticker == "NONE"} >= {"2024Q3"}
    assert "no report of NONE with revenue" in str(covered["NONE"].newest)
    with pytest.raises(UnknownKey):
        covered["OTHER"]


def test_the_window_is_nine_quarters_to_the_newest_held(cover, network) -> None:
    view = View(holding([("revenue", Q)]), companies={})
    assert coverage(view, network, {}, day=DAY).window == tuple((Q - 8).through(Q))
    with pytest.raises(NoData):
        coverage(View(Figures(), companies={}), network, {})


@pytest.mark.parametrize("text", ["2025Q1..2024Q4", "2024Q5", "", "1990Q1..2026Q2", "2024Q1..2024Q2..2024Q3"])
def test_a_wrong_window_is_named(text: str) -> None:
    with pytest.raises(InvalidInput, match="quarter"):
        parse_window(text)


def test_a_window_is_read() -> None:
    assert parse_window("2024Q1..2025Q3") == WINDOW
    assert parse_window("q4 2024") == (Q,)


def test_nothing_of_a_later_day_is_seen() -> None:
    from hashpivot.testing import bundled_desk

    day = date(2025, 3, 31)
    covered = bundled_desk(as_of=day).coverage().coverage
    assert covered.day == day and covered.window[-1] <= Quarter(2025, 1)
    known = [h.known for c in covered.companies for q in c.quarters for h in q.holdings.values() if h.known]
    assert known and max(known) <= day
    assert all(hole.due <= day for hole in covered.holes)


def test_bundled_coverage_agrees_with_the_view(desk: Desk) -> None:
    covered = desk.coverage()
    for ticker in ("RIOT", "CORZ", "MARA"):
        quarters = set(desk.view.quarters(ticker))
        for cell in covered[ticker].quarters:
            shown = bool(cell.holdings[Part.TOTAL] or cell.holdings[Part.LINES])
            assert shown == (cell.quarter in quarters)
            lines = desk.view.quarter_lines(ticker, cell.quarter)
            assert bool(cell.holdings[Part.LINES]) == bool(lines.revenue)


def test_miners_come_first(desk: Desk) -> None:
    roles = [company.role for company in desk.coverage().companies]
    assert roles == sorted(roles, key=lambda role: role != "miner")
