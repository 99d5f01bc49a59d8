"""Rows of the tables by quarter: a title, a sparkline and a cell a quarter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hashpivot.company import Amount, LineTable, MeasureTable, ShareCounts, absence_of, figures_in, number_in
from hashpivot.core import Figure, Kind

from ..shared import Cell, EvidenceList, clean, format_change, format_share, unit_scale
from ._sparkline import sparkline


@dataclass(frozen=True, slots=True)
class QuarterCell:
    """A cell of a table by quarter.

    Args:
        cell: What it says, or why it says nothing.
        derived: True if no report gives the number as it stands.
    """

    cell: Cell
    derived: bool


@dataclass(frozen=True, slots=True)
class QuarterRow:
    """A row of a table by quarter.

    Args:
        title: What it is.
        unit: Its unit.
        spark: A sparkline; empty for growth and margins.
        cells: One a quarter.
        kind: `line`, `total`, or `sub` for a row that belongs to the one above.
    """

    title: str
    unit: str
    spark: str
    cells: list[QuarterCell]
    kind: str = "line"


@dataclass(frozen=True, slots=True)
class QuarterTableView:
    """A table by quarter.

    Args:
        title: Its heading.
        quarters: The quarters, with what the company calls them.
        rows: Its rows.
        silent: Titles of the measures without a value in any of the quarters.
    """

    title: str
    quarters: dict[str, str]
    rows: list[QuarterRow]
    silent: list[str]

    @property
    def names(self) -> list[str]:
        """The quarters in short, as a phone shows them beside each number: `24Q3`."""
        return [quarter[2:] for quarter in self.quarters]


def line_rows(table: LineTable, evidence: EvidenceList) -> list[QuarterRow]:
    """Return each line's revenue, growth, gross profit and margin; rows without any number are left out."""
    rows: list[QuarterRow] = []
    for row in table.rows():
        if row.line is None and table.unattributed:
            rows.append(amount_row("Unattributed", "usd", table.unattributed, evidence))
        cells = row.quarters
        kind = "line" if row.line else "total"
        rows.append(amount_row(row.title, "usd", [cell.revenue for cell in cells], evidence, kind))
        rows += _known_sub_rows(
            (
                ("on the quarter", "", [cell.growth_qoq for cell in cells], format_change),
                ("on the year", "", [cell.growth_yoy for cell in cells], format_change),
                ("gross profit", "usd", [cell.gross_profit for cell in cells], unit_scale("usd").write),
                ("gross margin", "", [cell.margin for cell in cells], format_share),
            ),
            evidence,
        )
    return rows


def measure_rows(table: MeasureTable, evidence: EvidenceList) -> list[QuarterRow]:
    """Return the measures that have a number in any of the quarters."""
    return [
        amount_row(row.measure.title, row.measure.unit, row.amounts, evidence) for row in table.known_rows()
    ]


def share_rows(shares: ShareCounts, evidence: EvidenceList) -> list[QuarterRow]:
    """Return the share count as reported, adjusted for splits, and its growth; nothing if none is known."""
    if not any(isinstance(count, Figure) for count in shares.reported):
        return []
    rows = [amount_row("Shares outstanding, as reported", "shares", shares.reported, evidence)]
    if shares.splits:
        rows.append(amount_row("adjusted for splits", "shares", shares.adjusted, evidence))
    growth = (("on the year, adjusted for splits", "", shares.growth_yoy, format_change),)
    return [*rows, *_known_sub_rows(growth, evidence)]


def amount_row(
    title: str, unit: str, amounts: Sequence[Amount], evidence: EvidenceList, kind: str = "line"
) -> QuarterRow:
    """Return a row of amounts of one unit; their figures are added to the evidence."""
    scale = unit_scale(unit)
    cells = [quarter_cell(amount, scale.write, evidence) for amount in amounts]
    return QuarterRow(title, scale.words, sparkline([number_in(a) for a in amounts]), cells, kind)


def quarter_cell(amount: Amount, write: Callable[[Decimal], str], evidence: EvidenceList) -> QuarterCell:
    """Return the cell of an amount; its figures are added to the evidence."""
    why = absence_of(amount)
    if why is not None:
        return QuarterCell(Cell(why.code.words, clean(why.reason) or "no reason is known"), derived=False)
    number = number_in(amount)
    assert number is not None
    reported = isinstance(amount, Figure) and amount.kind is Kind.REPORTED
    return QuarterCell(Cell(write(number), "", evidence.refs(figures_in(amount))), derived=not reported)


_SubRow = tuple[str, str, Sequence[Amount], Callable[[Decimal], str]]


def _known_sub_rows(rows: Sequence[_SubRow], evidence: EvidenceList) -> list[QuarterRow]:
    return [
        QuarterRow(
            title,
            unit_scale(unit).words if unit else "",
            "",
            [quarter_cell(amount, write, evidence) for amount in amounts],
            "sub",
        )
        for title, unit, amounts, write in rows
        if any(absence_of(amount) is None for amount in amounts)
    ]
