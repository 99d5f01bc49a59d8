"""From an address, or the id of one exact figure, to the figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from hashpivot.core import (
    MEASURES,
    Figure,
    Line,
    Missing,
    Quarter,
    UnknownFigure,
    not_derivable,
    not_in_ledger,
)

from ..statements import SUM_NOTE, CompanyStatements, choose, combine
from ..store import Alias, follow
from ._address import Address, near_hint
from ._quarter_lines import QuarterLines


class Answers(Protocol):
    """What is asked of a view to resolve an address; `View` has it all."""

    def alias(self, figure_id: str) -> Alias | None:
        """Return the alias of an old id."""

    def has(self, ticker: str) -> bool:
        """True if there is any figure of a company."""

    def held_tickers(self) -> list[str]:
        """Return the companies of which anything is held."""

    def company_statements(self, ticker: str) -> CompanyStatements:
        """Return a company's statements."""

    def quarter_lines(self, ticker: str, quarter: Quarter) -> QuarterLines:
        """Return a company's quarter by line."""

    def company_measure(self, ticker: str, quarter: Quarter, measure: str) -> Figure | Missing:
        """Return a measure of the whole company."""

    def figures(self, ticker: str, measure: str | None = None) -> list[Figure]:
        """Return the reported figures of a company and measure."""

    def figures_at(self, ticker: str, measure: str, address: str) -> Sequence[Figure]:
        """Return the reported figures of a company and measure that have an address."""

    def lines(self, ticker: str) -> list[Figure]:
        """Return every quarter's figures by line."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The figure of an address.

    Args:
        figure: The figure.
        aliases: Those that led from the id asked for to this figure's; none if it has that id.
    """

    figure: Figure
    aliases: tuple[Alias, ...] = ()


def resolve(view: Answers, address: Address) -> Resolved:
    """Return the one figure of an address in a view, as `find`.

    Raises:
        UnknownFigure: If there is none; with the nearest addresses as a hint.
    """
    resolved = find(view, address)
    if isinstance(resolved, Missing):
        raise UnknownFigure(
            f"no figure {address.text!r}: {resolved.reason}", hint=_advice(view, address, resolved)
        )
    return resolved


def find(view: Answers, address: Address) -> Resolved | Missing:
    """Return the one figure of an address in a view, or why there is none.

    An id that no figure has leads to its successor, if an alias gives one.
    """
    if not address.exact:
        best = _best(view, address)
        return best if isinstance(best, Missing) else Resolved(best)
    figure = _exact(view, address)
    if figure:
        return Resolved(figure)
    aliases = follow(view.alias, address.text)
    successor = _exact(view, Address.parse(aliases[-1].successor)) if aliases else None
    if successor:
        return Resolved(successor, aliases)
    return not_in_ledger("it may belong to a view of another day or vintage")


def _exact(view: Answers, address: Address) -> Figure | None:
    return next((figure for figure in _candidates(view, address) if figure.id == address.text), None)


def _best(view: Answers, address: Address) -> Figure | Missing:
    statements, measure, line = view.company_statements(address.ticker), address.measure, address.line
    if address.quarter:
        return _of_quarter(view, address, address.quarter)
    if address.start and address.end:
        period = address.start, address.end
        nothing = statements.absent(measure, Quarter.of_period_end(address.end), line)
        same_period = statements.of_period(measure, *period)
        best = choose((s for s in same_period if line in s.figures), statements.order)
        if best and address.qualifier:
            return _part(best.split, address, nothing)
        return best.figures[line] if best else _sum_of_quarters(view, address, period, nothing)
    moment = statements.moment(measure, address.end) if address.end else None
    return moment or (
        statements.absent(measure, Quarter.of_period_end(address.end))
        if address.end
        else not_in_ledger("nothing is known about it")
    )


_MOST_QUARTERS = 4  # a year; longer periods are not asked for as one


def _sum_of_quarters(
    view: Answers, address: Address, period: tuple[date, date], nothing: Missing
) -> Figure | Missing:
    """The sum of the two to four whole quarters that make up a period no report gives as one."""
    if address.qualifier or not MEASURES[address.measure].additive:
        return nothing
    quarters = _whole_quarters(view.company_statements(address.ticker), *period)
    parts = [_of_quarter(view, address, quarter) for quarter in quarters]
    figures = [part for part in parts if isinstance(part, Figure)]
    if not figures:
        return nothing
    lacking = [(q, part) for q, part in zip(quarters, parts, strict=True) if isinstance(part, Missing)]
    if lacking:
        names = ", ".join(str(quarter) for quarter, _ in lacking)
        needs = next((part.needs for _, part in lacking if part.needs), "")
        return not_derivable(
            f"no report gives the whole period, and of its quarters {names} is missing", needs
        )
    like = replace(figures[0], start=period[0], end=period[1])
    return combine([(1, figure) for figure in figures], like, "sum of the quarters")


def _whole_quarters(statements: CompanyStatements, start: date, end: date) -> list[Quarter]:
    """The quarters that fill a period, oldest first; none if whole quarters do not, or more than a year's."""
    last = Quarter.of_period_end(end)
    for count in range(2, _MOST_QUARTERS + 1):
        first = last - (count - 1)
        if statements.bounds(first)[0] == start and statements.bounds(last)[1] == end:
            return list(first.through(last))
    return []


def _of_quarter(view: Answers, address: Address, quarter: Quarter) -> Figure | Missing:
    line, measure = address.line, address.measure
    if line is None:
        return view.company_measure(address.ticker, quarter, measure)
    lines = view.quarter_lines(address.ticker, quarter)
    if address.qualifier:
        silent = view.company_statements(address.ticker).absent(measure, quarter, line)
        return _part(lines.split if measure == "revenue" else (), address, silent)
    tables: dict[str, Mapping[Line, Figure | Missing]] = {
        "revenue": lines.revenue,
        "cost_of_revenue": lines.cost,
        "gross_profit": lines.gross_profit,
        "segment_gross_profit": lines.segment,
    }
    answer = tables.get(measure, {}).get(line)
    if answer is not None:
        return answer
    return lines.why(measure, line)


def _part(split: Iterable[Figure], address: Address, silent: Missing) -> Figure | Missing:
    """The part of a line with the address's qualifier: its row, or the sum of several."""
    rows = [f for f in split if f.line == address.line and f.qualifier == address.qualifier]
    if not rows:
        part = address.qualifier.replace("_", "-")
        return replace(silent, reason=f"no {part} is shown apart in this line")
    if len(rows) == 1:
        return rows[0]
    summed = combine([(1, row) for row in rows], rows[0], SUM_NOTE + " and ".join(row.label for row in rows))
    return replace(summed, qualifier=address.qualifier)


def _candidates(view: Answers, address: Address) -> Iterator[Figure]:
    """Every figure that might have the address: reported ones, sums within statements, the best answer."""
    question = address.question
    yield from view.figures_at(address.ticker, address.measure, question)
    statements = view.company_statements(address.ticker)
    for statement in statements.statements(address.measure):
        figure = statement.figures.get(address.line)
        if figure and figure.formula and not address.qualifier and figure.address == question:
            yield figure
    best = _best(view, address)
    if isinstance(best, Figure):
        yield best
    if address.quarter and MEASURES[address.measure].flow and not address.qualifier:
        statement_or_none = statements.quarter(address.measure, address.quarter)
        if not isinstance(statement_or_none, Missing) and address.line in statement_or_none.figures:
            yield statement_or_none.figures[address.line]


def _advice(view: Answers, address: Address, missing: Missing) -> str:
    if not view.has(address.ticker):
        return near_hint(address.ticker, view.held_tickers())
    known = {figure.address for figure in view.figures(address.ticker)}
    known |= {figure.address for figure in view.lines(address.ticker)}
    near = near_hint(address.question, sorted(known))
    return f"it would be in the {missing.needs}; {near}" if missing.needs else near
