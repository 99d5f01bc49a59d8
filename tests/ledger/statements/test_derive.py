"""Interval arithmetic over random reports of a year whose quarters are known to the test."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from hashpivot.core import Figure, Line, Quarter, Source
from hashpivot.ledger import Figures, Statement, View

FIRST = Quarter(2023, 1)
COUNT = 8
MINING, HOSTING, OTHER = Line.SELF_MINING, Line.HOSTING, Line.OTHER
LINES = (MINING, HOSTING, OTHER)
KNOWN = date(2025, 3, 1)

amounts = st.integers(1, 10**9)
truths = st.lists(st.tuples(amounts, amounts, amounts), min_size=COUNT, max_size=COUNT)
# A report: quarters a..b-1 and its cut; True: hosting is folded into other.
intervals = st.tuples(st.integers(0, COUNT - 1), st.integers(1, 4)).map(
    lambda p: (p[0], min(COUNT, p[0] + p[1]))
)
reports = st.lists(st.tuples(intervals, st.booleans()), min_size=1, max_size=9, unique=True)


def row(line: Line, value: int, start: date, end: date, source: str) -> Figure:
    return Figure("TEST", "revenue", line, start, end, Decimal(value), "usd", str(line), source, "", KNOWN)


def report(truth: list[tuple[int, int, int]], span: tuple[int, int], folded: bool) -> list[Figure]:
    first, last = span
    start, end = (FIRST + first).start, (FIRST + (last - 1)).end
    mining, hosting, other = (sum(quarter[n] for quarter in truth[first:last]) for n in range(3))
    source = f"{first}-{last}-{folded}"
    if folded:
        return [row(MINING, mining, start, end, source), row(OTHER, hosting + other, start, end, source)]
    return [
        row(line, value, start, end, source)
        for line, value in zip(LINES, (mining, hosting, other), strict=True)
    ]


def view_of(figures: Iterable[Figure]) -> View:
    held = tuple(figures)
    sources = {f.source: Source(f.source, "TEST", "10-Q", KNOWN, "filed", "A") for f in held}
    return View(Figures(sources, held), companies={})


def reachable(spans: set[tuple[int, int]], index: int) -> bool:
    """True if the quarter can be had from at most four of the spans, by brute force over walks."""
    front = {index}
    for _ in range(4):
        front = {b if a == node else a for node in front for a, b in spans if node in (a, b)}
        if index + 1 in front:
            return True
    return False


@settings(max_examples=120, deadline=None)
@given(truths, st.lists(intervals, min_size=1, max_size=9, unique=True))
def test_every_derivable_quarter_is_derived_exactly(truth, spans):
    view = view_of(figure for span in spans for figure in report(truth, span, False))
    statements = view.company_statements("TEST")
    for index in range(COUNT):
        found = statements.quarter("revenue", FIRST + index)
        assert isinstance(found, Statement) == reachable(set(spans), index)
        if isinstance(found, Statement):
            assert [found.figures[line].value for line in LINES] == list(truth[index])
        else:
            assert found.reason and found.code in ("not_derivable", "not_in_ledger")


@settings(max_examples=60, deadline=None)
@given(truths, st.sets(st.sampled_from((0, 1, 2, 3)), min_size=3, max_size=3))
def test_the_quarters_of_a_year_sum_to_the_year(truth, reported):
    spans = [(0, 4), *((n, n + 1) for n in sorted(reported))]
    view = view_of(figure for span in spans for figure in report(truth, span, False))
    statements = view.company_statements("TEST")
    found = [statements.quarter("revenue", FIRST + n) for n in range(4)]
    for n, line in enumerate(LINES):
        assert sum(s.figures[line].value for s in found if isinstance(s, Statement)) == sum(
            q[n] for q in truth[:4]
        )


@settings(max_examples=150, deadline=None)
@given(truths, reports)
def test_breakdowns_are_never_mixed(truth, given_reports):
    view = view_of(f for span, folded in given_reports for f in report(truth, span, folded))
    statements = view.company_statements("TEST")
    for index in range(COUNT):
        found = statements.quarter("revenue", FIRST + index)
        if not isinstance(found, Statement):
            continue
        mining, hosting, other = truth[index]
        values = {line: figure.value for line, figure in found.figures.items()}
        whole = {MINING: mining, HOSTING: hosting, OTHER: other}
        assert values in (whole, {MINING: mining, OTHER: hosting + other})


@settings(max_examples=40, deadline=None)
@given(
    truths,
    st.lists(st.tuples(intervals, st.integers(0, 400)), min_size=1, max_size=8, unique_by=lambda p: p[0]),
)
def test_later_reports_never_change_an_earlier_view(truth, dated):
    def figures(pairs: Iterable[tuple[tuple[int, int], int]]) -> tuple[Figure, ...]:
        from dataclasses import replace

        return tuple(
            replace(f, known=KNOWN + timedelta(days=after))
            for span, after in pairs
            for f in report(truth, span, False)
        )

    day = KNOWN + timedelta(days=200)
    held = figures(dated)
    sources = {f.source: Source(f.source, "TEST", "10-Q", f.known, "filed", "A") for f in held}
    all_of_it = View(Figures(sources, held), as_of=day, companies={})
    earlier = View(Figures(sources, figures(p for p in dated if p[1] <= 200)), companies={})
    assert all_of_it.lines("TEST") == earlier.lines("TEST")


def test_fewest_operands_win():
    truth = [(10, 5, 1), (20, 6, 2), (30, 7, 3), (40, 8, 4)] * 2
    spans = [(0, 4), (0, 3), (0, 1), (1, 2), (2, 3)]
    view = view_of(figure for span in spans for figure in report(truth, span, False))
    assert view.figure("TEST/2023Q4/revenue/self_mining").formula == "{0} - {1}"


def test_all_pairs_of_a_path_must_fit():
    """Two exact neighbours with different cuts do not meet through a third one."""
    truth = [(10, 5, 1)] * COUNT
    figures = report(truth, (0, 4), False) + report(truth, (0, 3), True)
    view = view_of(figures)
    missing = view.quarter_lines("TEST", Quarter(2023, 4)).missing["revenue"]
    assert missing.code == "not_derivable"
    assert "no nine-month figure with the same breakdown" in missing.reason
    assert "hosting is not shown apart" in missing.reason


def test_an_explicit_zero_does_not_part_the_cuts():
    truth = [(10, 0, 1)] * COUNT
    view = view_of(report(truth, (0, 4), False) + report(truth, (0, 3), True))
    assert view.figure("TEST/2023Q4/revenue/self_mining").value == 10


def test_rounding_and_day_come_from_the_operands():
    from dataclasses import replace

    year = [replace(f, decimals=-3) for f in report([(10, 5, 1)] * COUNT, (0, 4), False)]
    nine = [
        replace(f, decimals=-5, known=date(2025, 6, 1)) for f in report([(10, 5, 1)] * COUNT, (0, 3), False)
    ]
    found = view_of(year + nine).figure("TEST/2023Q4/revenue/hosting")
    assert (found.decimals, found.known) == (-5, date(2025, 6, 1))


def test_ratios_are_not_subtracted(figure):
    rows = [
        figure(20, "2024-01-01", "2024-12-31", measure="hash_rate_average", source="y"),
        figure(15, "2024-01-01", "2024-09-30", measure="hash_rate_average", source="n"),
    ]
    view = view_of(rows)
    found = view.company_measure("TEST", Quarter(2024, 4), "hash_rate_average")
    assert found.code == "not_in_ledger" and "2024Q4" in found.needs


def test_segment_profits_are_derived_within_one_report_only(figure):
    def profit(value: int, end: str, source: str) -> Figure:
        return figure(value, "2024-01-01", end, line="hosting", measure="segment_gross_profit", source=source)

    year, nine = profit(100, "2024-12-31", "year"), profit(70, "2024-09-30", "nine")
    apart = view_of([year, nine]).quarter_lines("TEST", Quarter(2024, 4))
    assert not apart.segment and not apart.gross_profit
    assert "no nine-month figure in the report" in apart.missing["segment_gross_profit"].reason
    together = view_of([year, profit(60, "2024-09-30", "year"), nine])
    assert together.quarter_lines("TEST", Quarter(2024, 4)).segment[HOSTING].value == 40
