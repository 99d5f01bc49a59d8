"""The table of a company's page: lines, groups, shares and margins by quarter, as live formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from hashpivot.core import (
    GROUPS,
    Figure,
    Line,
    Missing,
    Quarter,
    not_applicable,
    not_derivable,
    not_in_ledger,
)
from hashpivot.formula import Term, total
from hashpivot.ledger import QuarterLines, TieStatus
from hashpivot.season import (
    Metric,
    effective_lines,
    group_gross_profit,
    group_margin,
    group_revenue,
    group_share,
)

from ._book import TIE, Book, Reconciliation
from ._figure_cells import FigureCells
from ._metric_cells import MetricCells
from ._sheet import DECIMAL, MONEY, SHARE, ComputedNumber, Sheet

FIRST_COLUMN = 2
"""Column of the oldest quarter; before it stand title and unit."""

Key = tuple[str, ...]
Content = Figure | Metric | Missing | Term | None
_Filling = Term | ComputedNumber | Missing | None
TOTAL: Key = ("total_revenue",)
PIVOT = ("ai", "chips")

_NAMES = {"mining": "Mining", "ai": "AI", "chips": "Chips", "other": "Other", "ai_chips": "AI and chips"}
_GROUPS: dict[str, tuple[str, ...]] = {group: (group,) for group in GROUPS} | {"ai_chips": PIVOT}
_MEASURES = {"revenue": "revenue", "cost": "cost_of_revenue", "gross_profit": "gross_profit"}
_NO_LINE = not_derivable("no such line is shown and the lines do not add up to the total")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of the table: a heading if it has no key.

    Args:
        reported: True if its contents are figures of the ledger, False if they are formulas over other rows.
        adds_up: The measure and the lines whose rows it adds up, empty cells included.
    """

    title: str
    key: Key = ()
    content: Callable[[QuarterLines], Content] = lambda _: None
    form: str = MONEY
    reported: bool = False
    strong: bool = False
    adds_up: tuple[str, tuple[Line, ...]] = ("", ())


class QuarterTable:
    """The rows of one company and where they stand.

    Args:
        book: Collects checks.
        page: The company's page.
        quarters: Oldest first.
        top: Row of the first row.
    """

    def __init__(self, book: Book, page: Sheet, quarters: Sequence[QuarterLines], top: int) -> None:
        self._book, self._page, self.quarters = book, page, quarters
        self._columns = {lines.quarter: FIRST_COLUMN + n for n, lines in enumerate(quarters)}
        self._cells: dict[tuple[Key, Quarter], Term | Missing] = {}
        self._used = {
            measure: [line for line in Line if any(line in getattr(lines, measure) for lines in quarters)]
            for measure in _MEASURES
        }
        self._placed = list(enumerate((*self._amounts(), *self._groups(), *self._ratios()), top))
        self._rows = {row.key: at for at, row in self._placed}
        self.top, self.bottom = top, top + len(self._placed)

    def row_of(self, key: Key) -> int | None:
        """The row of the sheet a key stands in; None if the table has none."""
        return self._rows.get(key)

    def cell(self, key: Key, quarter: Quarter) -> Term | Missing:
        """A filled cell, or why there is no number."""
        return self._cells.get((key, quarter), not_in_ledger("no figures of that quarter are in the ledger"))

    def outside(self, key: Key, quarter: Quarter) -> Term | Missing:
        """The same as other pages refer to it."""
        found = self.cell(key, quarter)
        if isinstance(found, Missing):
            return found
        return Term(self._page.outside(self._rows[key], self._columns[quarter]), found.value)

    def write(self, cells: FigureCells, metrics: MetricCells) -> None:
        """Fill the table and note its checks.

        Args:
            cells: Takes the figures.
            metrics: Takes the metrics, and gives their formulas.
        """
        for at, row in self._placed:
            for lines in self.quarters if row.reported else ():
                content = row.content(lines)
                if isinstance(content, Figure):
                    cells.reserve(content, at, self._columns[lines.quarter])
        for at, row in self._placed:
            self._write(at, row, cells, metrics)
        for lines in self.quarters:
            self._tie(lines)

    def _write(self, at: int, row: TableRow, cells: FigureCells, metrics: MetricCells) -> None:
        if not row.key:
            self._page.band(at, (row.title,), FIRST_COLUMN + len(self.quarters))
            return
        style: dict[str, object] = {"bold": True, "top": 1} if row.strong else {}
        self._page.text(at, 0, row.title, **style)
        self._page.text(at, 1, "USD" if row.form == MONEY else "", **style)
        for lines in self.quarters:
            content, column = row.content(lines), self._columns[lines.quarter]
            if isinstance(content, Figure):
                cell: Term | Missing | None = cells.write(content, at, column, **style)
            elif isinstance(content, Metric):
                span = self._span(*row.adds_up, lines.quarter)
                cell = self._fill(at, column, metrics.content(content, span), row.form, style)
                if isinstance(cell, Term):
                    metrics.put(content, cell)
            else:
                cell = self._fill(at, column, content, row.form, style)
            if cell is not None:
                self._cells[row.key, lines.quarter] = cell

    def _fill(
        self,
        at: int,
        column: int,
        content: Term | ComputedNumber | Missing | None,
        form: str,
        style: dict[str, object],
    ) -> Term | Missing | None:
        if isinstance(content, Missing):
            self._page.missing(at, column, content, **style)
            return content
        if content is None:
            self._page.text(at, column, "–", align="right", **style)
            return None
        if isinstance(content, ComputedNumber):
            self._page.number(at, column, content, form, **style)
        else:
            self._page.formula(at, column, content, form, **style)
        return Term(self._page.at(at, column), content.value)

    def _amounts(self) -> Iterable[TableRow]:
        titles = {"revenue": "Revenue", "cost": "Cost of revenue", "gross_profit": "Gross profit"}
        for measure, title in titles.items():
            yield TableRow(title)
            for line in self._used[measure]:
                yield TableRow(line.heading, (measure, line), self._of_line(measure, line), reported=True)
            if self._used[measure]:
                yield TableRow("All lines", (measure, "lines"), self._sum_of(measure))
            if measure == "revenue":
                yield from self._whole()

    def _whole(self) -> Iterable[TableRow]:
        if any(isinstance(lines.eliminations, Figure) for lines in self.quarters):
            yield TableRow("Eliminations", ("eliminations",), _eliminations, reported=True)
        if self._used["revenue"]:
            yield TableRow("Unattributed", ("unattributed",), lambda lines: lines.unattributed, reported=True)
        yield TableRow("Total revenue", TOTAL, lambda lines: lines.total_revenue, reported=True, strong=True)

    def _groups(self) -> Iterable[TableRow]:
        amounts = {"revenue": group_revenue, "gross_profit": group_gross_profit}
        for (measure, metric), title in zip(amounts.items(), ("Revenue", "Gross profit"), strict=True):
            yield TableRow(f"{title} by group")
            for g, groups in _GROUPS.items():
                used = tuple(line for line in self._used[measure] if line.group in groups)
                content = _of_group(metric, g)
                yield TableRow(_NAMES[g], (f"group_{measure}", g), content, adds_up=(measure, used))

    def _ratios(self) -> Iterable[TableRow]:
        yield TableRow("Share of total revenue")
        for g in _GROUPS:
            yield TableRow(_NAMES[g], ("share", g), _of_group(group_share, g), SHARE)
        yield TableRow("Gross margin")
        for line in self._used["gross_profit"]:
            margin = self._quotient(("gross_profit", line), ("revenue", line))
            yield TableRow(line.heading, ("margin", line), margin, SHARE)
        for g in _GROUPS:
            yield TableRow(f"{_NAMES[g]}, all", ("group_margin", g), _of_group(group_margin, g), SHARE)
        yield TableRow("Diversification")
        yield TableRow("Effective number of lines", ("effective_lines",), effective_lines, DECIMAL)

    def _of_line(self, measure: str, line: Line) -> Callable[[QuarterLines], Content]:
        def content(lines: QuarterLines) -> Content:
            held: Mapping[Line, Figure | Missing] = getattr(lines, measure)
            if line in held:
                return held[line]
            earned = lines.revenue.get(line)
            if lines.complete and not (earned and earned.value):
                return None
            return lines.why(_MEASURES[measure], line)

        return content

    def _sum_of(self, measure: str) -> Callable[[QuarterLines], Content]:
        def content(lines: QuarterLines) -> Content:
            if measure == "revenue" and not lines.revenue:
                return lines.missing.get("revenue", _NO_LINE)
            cells = [self._cells.get(((measure, line), lines.quarter)) for line in self._used[measure]]
            missing = next((cell for cell in cells if isinstance(cell, Missing)), None)
            if missing is not None and measure != "revenue":
                return missing
            return self._span(measure, self._used[measure], lines.quarter)

        return content

    def _span(self, measure: str, lines: Sequence[Line], quarter: Quarter) -> Term | None:
        """The sum down the rows of neighbouring lines; text in them counts as nothing."""
        if not lines:
            return None
        cells = [self._cells.get(((measure, line), quarter)) for line in lines]
        known = [cell for cell in cells if isinstance(cell, Term)]
        if len(lines) == len(known) == 1:
            return known[0]
        column = self._columns[quarter]
        first, last = (self._page.at(self._rows[measure, line], column) for line in (lines[0], lines[-1]))
        return Term(f"SUM({first}:{last})", sum(cell.value for cell in known))

    def _quotient(self, above: Key, below: Key) -> Callable[[QuarterLines], Content]:
        def content(lines: QuarterLines) -> Content:
            over, under = (self._cells.get((key, lines.quarter)) for key in (above, below))
            if not isinstance(over, Term) or not isinstance(under, Term):
                return over if isinstance(over, Missing) else under if isinstance(under, Missing) else None
            return over / under if under.value else not_applicable("revenue is zero")

        return content

    def _tie(self, lines: QuarterLines) -> None:
        """Lines and eliminations against a total known apart from them, half a rounding step each allowed."""
        if lines.tie_status in (TieStatus.SUM, TieStatus.UNKNOWN):
            return
        parts = [self.outside(key, lines.quarter) for key in (("revenue", "lines"), ("eliminations",))]
        wanted, known = self.outside(TOTAL, lines.quarter), [p for p in parts if isinstance(p, Term)]
        if not lines.revenue or isinstance(wanted, Missing) or not known:
            return
        figures = [*lines.revenue.values(), lines.total_revenue]
        step = sum(figure.unit_step for figure in figures if isinstance(figure, Figure))
        where = lines.ticker, str(lines.quarter)
        self._book.checks.append(Reconciliation(where, TIE, total(known), wanted, float(step) / 2))


def _of_group(metric: Callable[..., Metric], name: str) -> Callable[[QuarterLines], Metric]:
    """A metric of a group of lines, quarter by quarter."""
    return lambda lines: metric(lines, *_GROUPS[name])


def _eliminations(lines: QuarterLines) -> Content:
    return lines.eliminations if isinstance(lines.eliminations, Figure) else None
