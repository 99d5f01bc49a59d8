"""One company's quarter by line of business: revenue, cost, gross profit, and what is left over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from hashpivot.core import Figure, Line, Missing, Quarter, not_applicable, not_derivable, short_repr

from ..statements import CompanyStatements, Statement, TieStatus, combine, title_of


@short_repr
@dataclass(frozen=True)
class QuarterLines:
    """A quarter of one company by line; amounts in dollars.

    Args:
        revenue: Revenue by line, of one statement; empty if nothing by line is known.
        cost: Cost of revenue by line, of one statement that uses the same breakdown as `revenue`.
        segment: Gross profit by line as the company reports it.
        total_revenue: Revenue of the whole company.
        eliminations: Between segments (negative), of the sources of `revenue`; Missing if they give none.
        unattributed: Total less lines and eliminations; Missing if there is no total or no line.
        tie_status: How the lines compare with the total.
        missing: By measure (revenue, cost_of_revenue, segment_gross_profit), why there is nothing by line.
        silent: By the same measures, why a line has none where others have: its report was not read, or is
            silent.
        complete: True if no further line can have revenue: the lines tie with a reported total, or a longer
            period whose lines do shows no line besides them.
        split: Rows of `revenue` that are a part of their line: rent, power passed on, fit-out, resale.
    """

    ticker: str
    quarter: Quarter
    start: date
    end: date
    revenue: Mapping[Line, Figure]
    cost: Mapping[Line, Figure]
    segment: Mapping[Line, Figure]
    total_revenue: Figure | Missing
    eliminations: Figure | Missing
    unattributed: Figure | Missing
    tie_status: TieStatus
    missing: Mapping[str, Missing]
    silent: Mapping[str, Missing]
    split: tuple[Figure, ...] = ()
    complete: bool = False

    @property
    def ties(self) -> bool:
        """True if the lines add up to the total within rounding."""
        return self.tie_status == TieStatus.TIES

    @property
    def open_reason(self) -> str:
        """Why lines that are not shown may still have revenue, where the lines are not complete."""
        if self.tie_status == TieStatus.SUM:
            return "the total is the sum of the lines"
        if self.tie_status == TieStatus.UNKNOWN:
            return "no total is known to compare the lines with"
        return "the lines do not add up to the total"

    @cached_property
    def gross_profit(self) -> Mapping[Line, Figure | Missing]:
        """By line, for every line with revenue, cost or a reported gross profit."""
        return {line: profit for line in Line if (profit := self._gross_profit(line)) is not None}

    def why(self, measure: str, line: Line) -> Missing:
        """Return why a line has no revenue, cost of revenue or gross profit, computed or by segment."""
        if measure == "gross_profit":
            measure = "cost_of_revenue" if line in self.revenue else "revenue"
        if measure in self.missing:
            return self.missing[measure]
        if measure != "revenue":
            silent = self.silent[measure]
            beside = f"no {title_of(measure, line)} stands beside that of other lines"
            return replace(silent, reason=f"{beside}: {silent.reason}")
        if self.complete:
            return not_applicable(f"the lines add up to the total without {line.heading.lower()}")
        return not_derivable(f"no such line is shown and {self.open_reason}")

    def figures(self) -> Iterator[Figure]:
        """Revenue, cost and gross profit by line, those that are known."""
        yield from self.revenue.values()
        yield from self.cost.values()
        yield from (figure for figure in self.gross_profit.values() if isinstance(figure, Figure))

    def _gross_profit(self, line: Line) -> Figure | Missing | None:
        earned, cost, reported = (held.get(line) for held in (self.revenue, self.cost, self.segment))
        if earned and cost:
            terms = [(1, earned), (-1, cost)]
            return combine(terms, replace(earned, measure="gross_profit"), _depreciation(cost))
        if reported:
            like = replace(reported, measure="gross_profit")
            return combine([(1, reported)], like, "as reported by segment")
        if earned and earned.value:
            return self.why("cost_of_revenue", line)
        return self.why("revenue", line) if cost else None


def quarter_lines(statements: CompanyStatements, quarter: Quarter) -> QuarterLines:
    """Return everything known by line about one quarter of a company."""
    revenue = statements.quarter("revenue", quarter)
    base = revenue if isinstance(revenue, Statement) else None
    cost = statements.quarter("cost_of_revenue", quarter, lambda s: _comparable(base, s))
    segment = statements.quarter("segment_gross_profit", quarter, lambda s: _comparable(base, s))
    total, eliminated = total_revenue(statements, quarter), statements.eliminations(base) if base else None
    start, end = (base.start, base.end) if base else statements.bounds(quarter)
    parts = {"revenue": revenue, "cost_of_revenue": cost, "segment_gross_profit": segment}
    return QuarterLines(
        statements.ticker,
        quarter,
        start,
        end,
        _by_line(revenue),
        _by_line(cost),
        _by_line(segment),
        total,
        eliminated or _no_eliminations(revenue),
        _unattributed(revenue, total, eliminated),
        _tie_status(statements, quarter, base, total),
        {name: part for name, part in parts.items() if isinstance(part, Missing)},
        {name: statements.absent(name, quarter, every_line=True) for name in parts},
        base.split if base else (),
        base is not None and (base.tie_status == TieStatus.TIES or _all_lines(statements, base)),
    )


def _tie_status(
    statements: CompanyStatements, quarter: Quarter, base: Statement | None, total: Figure | Missing
) -> TieStatus:
    """How the lines compare with a total known apart from them; `SUM` if they are all the total is."""
    if base is None:
        return TieStatus.UNKNOWN
    apart = statements.quarter_on("total_revenue", quarter, base.basis)
    if base.tie_status == TieStatus.UNKNOWN and isinstance(total, Figure) and isinstance(apart, Missing):
        return TieStatus.SUM
    return base.tie_status


def _all_lines(statements: CompanyStatements, lines: Statement) -> bool:
    """True if there is no total to compare lines with, and a longer period shows that they are all."""
    return lines.tie_status == TieStatus.UNKNOWN and statements.shows_all_lines(lines)


def total_revenue(statements: CompanyStatements, quarter: Quarter) -> Figure | Missing:
    """Return the company's revenue: reported or derived, or the sum of its lines.

    The sum stands in if it says the same as the reported total with less rounding, or, with a note, if two
    or more lines other than zero are reported without a total beside them, and none is known to be missing;
    a single line if a longer period shows that there is no other.
    """
    lines = statements.quarter("revenue", quarter)
    if not isinstance(lines, Statement):
        return _single(statements.quarter("total_revenue", quarter))
    total = statements.quarter_on("total_revenue", quarter, lines.basis)
    terms = [(1, figure) for figure in lines.figures.values()]
    eliminated = statements.eliminations(lines)
    if eliminated:
        terms.append((1, eliminated))
    if isinstance(total, Missing):
        note = "sum of the lines reported; no total stands beside them"
        whole = _may_be_all(lines) or _all_lines(statements, lines)
        summed = _summed(terms, note) if whole else None
        other = statements.quarter("total_revenue", quarter)
        if isinstance(other, Statement) and not (summed and _agree(summed, other.figures[None])):
            by = other.basis or "that of other reports"
            return not_derivable(f"the total revenue known is stated on another basis than the lines: {by}")
        return summed or total
    reported = total.figures[None]
    rounding = max(figure.unit_step for _, figure in terms)
    finer = rounding < reported.unit_step and lines.grade <= total.grade
    summed = _summed(terms, "sum of the lines, which the rounded total confirms")
    return summed if finer and abs(summed.value - reported.value) <= reported.unit_step / 2 else reported


def _may_be_all(lines: Statement) -> bool:
    """True for two or more lines other than zero beside which none is known to be missing."""
    return len(lines.signature) > 1 and lines.tie_status != TieStatus.SHORT


def _agree(one: Figure, two: Figure) -> bool:
    """True if two figures differ by no more than their rounding."""
    return abs(one.value - two.value) <= (one.unit_step + two.unit_step) / 2


def _summed(terms: list[tuple[int, Figure]], note: str) -> Figure:
    return combine(terms, replace(terms[0][1], measure="total_revenue", line=None), note)


def _comparable(revenue: Statement | None, cost: Statement) -> bool:
    """True if costs use the breakdown of the revenue, so that they can be subtracted line by line.

    No cost may stand in a line without revenue. `other` is where companies fold lines away: costs under it
    fit only a revenue that shows no further line.
    """
    if revenue is None:
        return True
    if not cost.signature <= revenue.signature:
        return False
    return Line.OTHER not in cost.signature or cost.signature == revenue.signature


def _depreciation(cost: Figure) -> str:
    """What a cost says about depreciation; it holds for the profit after that cost too."""
    return "; ".join(note for note in cost.note.split("; ") if "depreciation" in note)


def _no_eliminations(revenue: Statement | Missing) -> Missing:
    return revenue if isinstance(revenue, Missing) else not_applicable("these lines have no eliminations")


def _unattributed(
    revenue: Statement | Missing, total: Figure | Missing, eliminated: Figure | None
) -> Figure | Missing:
    if isinstance(total, Missing) or isinstance(revenue, Missing):
        return total if isinstance(total, Missing) else not_applicable("no revenue by line is known")
    terms = [(1, total), *((-1, figure) for figure in revenue.figures.values())]
    if eliminated:
        terms.append((-1, eliminated))
    return combine(terms, replace(total, measure="unattributed"))


def _by_line(statement: Statement | Missing) -> dict[Line, Figure]:
    if isinstance(statement, Missing):
        return {}
    return {line: statement.figures[line] for line in Line if line in statement.figures}


def _single(statement: Statement | Missing) -> Figure | Missing:
    return statement if isinstance(statement, Missing) else statement.figures[None]
