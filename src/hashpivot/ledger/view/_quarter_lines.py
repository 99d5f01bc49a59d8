"""One company's quarter by line of business: revenue, cost, gross profit, and what is left over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from hashpivot.core import Figure, Line, Missing, Quarter, not_applicable, not_derivable

from ..statements import CompanyStatements, Statement, TieStatus, combine, title_of

_BY_LINE = ("revenue", "cost_of_revenue", "segment_gross_profit")


@dataclass(frozen=True, eq=False, repr=False)
class QuarterLines:
    """A quarter of one company by line; amounts in dollars, each worked out when it is first asked for.

    Args:
        statements: The company's statements.
        quarter: The quarter.
    """

    statements: CompanyStatements
    quarter: Quarter
    _parts: dict[str, Statement | Missing] = field(default_factory=dict, init=False)

    def __repr__(self) -> str:
        return f"QuarterLines({self.ticker}, {self.quarter})"

    @property
    def ticker(self) -> str:
        """The company."""
        return self.statements.ticker

    @property
    def start(self) -> date:
        """First day of the statement of `revenue`, or else of the company's fiscal quarter."""
        return self._period[0]

    @property
    def end(self) -> date:
        """Last day of the same."""
        return self._period[1]

    @cached_property
    def revenue(self) -> Mapping[Line, Figure]:
        """Revenue by line, of one statement; empty if nothing by line is known."""
        return _by_line(self._part("revenue"))

    @cached_property
    def cost(self) -> Mapping[Line, Figure]:
        """Cost of revenue by line, of one statement that uses the same breakdown as `revenue`."""
        return _by_line(self._part("cost_of_revenue"))

    @cached_property
    def segment(self) -> Mapping[Line, Figure]:
        """Gross profit by line as the company reports it."""
        return _by_line(self._part("segment_gross_profit"))

    @cached_property
    def total_revenue(self) -> Figure | Missing:
        """Revenue of the whole company."""
        return total_revenue(self.statements, self.quarter)

    @cached_property
    def eliminations(self) -> Figure | Missing:
        """Between segments (negative), of the sources of `revenue`; Missing if they give none."""
        eliminated = self.statements.eliminations(self._base) if self._base else None
        return eliminated or _no_eliminations(self._part("revenue"))

    @cached_property
    def unattributed(self) -> Figure | Missing:
        """Total less lines and eliminations; Missing if there is no total or no line."""
        return _unattributed(self._part("revenue"), self.total_revenue, self.eliminations)

    @cached_property
    def tie_status(self) -> TieStatus:
        """How the lines compare with the total."""
        return _tie_status(self.statements, self.quarter, self._base, self.total_revenue)

    @cached_property
    def missing(self) -> Mapping[str, Missing]:
        """By measure (revenue, cost_of_revenue, segment_gross_profit), why there is nothing by line."""
        return {name: part for name in _BY_LINE if isinstance(part := self._part(name), Missing)}

    @cached_property
    def silent(self) -> Mapping[str, Missing]:
        """By the same measures, why a line has none where others have: its report is unread or silent."""
        return {name: self.statements.absent(name, self.quarter, every_line=True) for name in _BY_LINE}

    @property
    def split(self) -> tuple[Figure, ...]:
        """Rows of `revenue` that are a part of their line: rent, power passed on, fit-out, resale."""
        return self._base.split if self._base else ()

    @cached_property
    def complete(self) -> bool:
        """True if no further line can have revenue.

        The lines tie with a reported total, or a longer period whose lines do shows no line besides them.
        """
        base = self._base
        return base is not None and (base.tie_status == TieStatus.TIES or _all_lines(self.statements, base))

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
        part = self._part(measure)
        if isinstance(part, Missing):
            return part
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

    def _part(self, measure: str) -> Statement | Missing:
        """The statement of one measure by line; of costs and gross profits one that fits the revenue."""
        if measure not in self._parts:
            fits = None if measure == "revenue" else lambda statement: _comparable(self._base, statement)
            self._parts[measure] = self.statements.quarter(measure, self.quarter, fits)
        return self._parts[measure]

    @property
    def _base(self) -> Statement | None:
        revenue = self._part("revenue")
        return revenue if isinstance(revenue, Statement) else None

    @property
    def _period(self) -> tuple[date, date]:
        base = self._base
        return (base.start, base.end) if base else self.statements.bounds(self.quarter)


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
    revenue: Statement | Missing, total: Figure | Missing, eliminated: Figure | Missing
) -> Figure | Missing:
    if isinstance(total, Missing) or isinstance(revenue, Missing):
        return total if isinstance(total, Missing) else not_applicable("no revenue by line is known")
    terms = [(1, total), *((-1, figure) for figure in revenue.figures.values())]
    if isinstance(eliminated, Figure):
        terms.append((-1, eliminated))
    return combine(terms, replace(total, measure="unattributed"))


def _by_line(statement: Statement | Missing) -> dict[Line, Figure]:
    if isinstance(statement, Missing):
        return {}
    return {line: statement.figures[line] for line in Line if line in statement.figures}


def _single(statement: Statement | Missing) -> Figure | Missing:
    return statement if isinstance(statement, Missing) else statement.figures[None]
