"""A total that is the sum of its lines: no equation to claim or deny; what proves them to be all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hashpivot.core import Figure, Line, Missing, PlainLocator, Quarter, Source
from hashpivot.ledger import Figures, QuarterLines, TieStatus, View
from hashpivot.season.answers import revenue_answer

KNOWN = date(2025, 1, 1)
FIRST, SECOND = Quarter(2024, 1), Quarter(2024, 2)
YEAR = (date(2024, 1, 1), date(2024, 12, 31))
HALF = (date(2024, 1, 1), date(2024, 6, 30))
Span = tuple[date, date]


def rows(span: Span, total: int | None, basis: str = "", **lines: int) -> list[Figure]:
    """The lines of a period and, if given, its total, all of one source."""
    source = f"{span[0]}..{span[1]}"
    amounts: list[tuple[Line | None, int]] = [(Line(name), value) for name, value in lines.items()]
    if total is not None:
        amounts.append((None, total))
    return [
        Figure(
            "TEST",
            "revenue" if line else "total_revenue",
            line,
            *span,
            Decimal(value),
            "usd",
            str(line),
            source,
            PlainLocator(str(line)),
            KNOWN,
            breakdown=f"main{basis}" if line else basis,
        )
        for line, value in amounts
    ]


def span(quarter: Quarter) -> Span:
    return quarter.start, quarter.end


def view(*groups: list[Figure]) -> View:
    figures = [figure for group in groups for figure in group]
    sources = {f.source: Source(f.source, "TEST", "10-Q", KNOWN, "filed", "A") for f in figures}
    return View(Figures(sources, tuple(figures)), companies={})


def lines(*groups: list[Figure], quarter: Quarter = FIRST) -> QuarterLines:
    return view(*groups).quarter_lines("TEST", quarter)


def test_two_lines_without_a_total_are_summed_and_not_said_to_tie() -> None:
    found = lines(rows(span(FIRST), None, self_mining=90, hosting=10))
    assert isinstance(found.total_revenue, Figure) and found.total_revenue.value == 100
    assert found.tie_status is TieStatus.SUM and not found.ties and not found.complete
    why = found.why("revenue", Line.AI_CLOUD)
    assert why.code == "not_derivable" and "the total is the sum of the lines" in why.reason


def test_the_answer_says_so() -> None:
    answer = revenue_answer(view(rows(span(FIRST), None, self_mining=90, hosting=10)), "TEST", FIRST)
    assert "total revenue is the sum of the lines: no total stands beside them" in answer.notes
    assert answer.verdict == "not_judged" and "do not add up" not in answer.headline


def test_a_single_line_alone_is_no_total() -> None:
    found = lines(rows(span(FIRST), None, self_mining=90))
    assert isinstance(found.total_revenue, Missing) and found.tie_status is TieStatus.UNKNOWN


def test_a_year_that_shows_no_other_line_makes_a_single_line_the_total() -> None:
    found = lines(rows(span(FIRST), None, self_mining=90), rows(YEAR, 400, self_mining=400))
    assert isinstance(found.total_revenue, Figure) and found.total_revenue.value == 90
    assert found.tie_status is TieStatus.SUM and found.complete
    assert found.why("revenue", Line.AI_CLOUD).code == "not_applicable"


def test_another_line_of_the_year_earned_in_other_quarters_makes_it_the_total_too() -> None:
    other = rows(span(SECOND), 110, self_mining=100, ai_cloud=10)
    year = rows(YEAR, 410, self_mining=400, ai_cloud=10)
    assert lines(rows(span(FIRST), None, self_mining=90), other, year).complete
    more = rows(YEAR, 420, self_mining=400, ai_cloud=20)
    assert isinstance(lines(rows(span(FIRST), None, self_mining=90), other, more).total_revenue, Missing)


def test_a_year_on_another_basis_proves_nothing() -> None:
    """IFRS and US GAAP are never mixed."""
    year = rows(YEAR, 400, self_mining=400)
    found = lines(rows(span(FIRST), None, "@IFRS", self_mining=90), year)
    assert isinstance(found.total_revenue, Missing) and not found.complete


def test_lines_that_leave_a_rest_are_not_complete() -> None:
    found = lines(rows(span(FIRST), 200, self_mining=90, hosting=10), rows(HALF, 300, self_mining=300))
    assert found.tie_status is TieStatus.SHORT and not found.complete
    assert "do not add up" in found.why("revenue", Line.AI_CLOUD).reason
