"""Which of the transcribed rows may be added up, and which stand beside the others, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations

from hashpivot.core import Figure
from hashpivot.ledger import DETAIL

from .rows import Remark, Row, by, remark, told_of

_LITTLE = Decimal("0.05")
_PADDED = "a little more than the lines of its own source: other income may be in it"
_TWICE = "the same amount under another label"

# (company, measure, pattern of the label) -> why the row stands beside the statement and is never added up.
_BESIDE = (
    ("APLD", "revenue", "discontinued", "outside the total: it counts continuing operations only"),
    ("APLD", "cost_of_revenue", "tenant fit-out", "only part of the line's cost (rental is missing)"),
    ("GLXY", "segment_gross_profit", "segment adjusted", "of a segment with more than the line's revenue"),
    ("HUT", "revenue", "roll-forward", "only part of the line"),
    ("WYFI", "gross_profit", "Segment gross profit, total", "the segments' only, without other revenue"),
)
# (company, measure, last day of the period) -> the same of a row that its label does not tell.
_BESIDE_ON = {
    ("APLD", measure, date(2025, 2, 28)): "with cloud, sold since; what is left without it is derived"
    for measure in ("total_revenue", "total_cost_of_revenue")
}


def cut(rows: list[Row]) -> list[Remark]:
    """Mark rows that may not be added up with the others of their source, period and measure, and say why."""
    return [*_apart(rows), *_against_totals(rows)]


def _apart(rows: list[Row]) -> Iterator[Remark]:
    """Rows that stand beside the others for what they are."""
    whole = {_where(row) for row in rows if not _attributable(row)}
    for row in rows:
        f = row.figure
        monthly = f.start is not None and (f.end - f.start).days < 45
        cause = "unaudited monthly update" if monthly and row.form != "update" else ""
        cause = cause or "; ".join(told_of(_BESIDE, row.ticker, f.measure, f.label))
        cause = cause or _BESIDE_ON.get((row.ticker, f.measure, f.end), "")
        if f.measure == "net_income" and re.match(r"net loss\b(?! \()", f.label.lower()) and f.value > 0:
            cause = cause or "the label says loss, the value is positive"
        if _attributable(row) and _where(row) in whole:
            cause = "attributable to some holders only; the whole net income is known"
        if cause:
            yield _beside(row, cause)


def _against_totals(rows: list[Row]) -> Iterator[Remark]:
    """Rows, or the total, that stand beside the others because the rows do not add up to it."""
    main = [row for row in rows if row.figure.breakdown == "main"]
    keyed = by(main, lambda r: (r.url, r.ticker, r.figure.start, r.figure.end, r.figure.measure))
    for (*place, measure), totals in keyed.items():
        lines = keyed.get((*place, "revenue"), [])
        if measure == "total_revenue" and lines:
            gone = _sum(keyed.get((*place, "eliminations"), []))
            if _sum(lines) > totals[-1].figure.value - gone:
                twice = _twice(lines)
                yield from (_beside(row, _TWICE) for row in twice)
                lines = [row for row in lines if row.figure.breakdown != DETAIL]
            yield from _overlaps(lines, totals[-1].figure, gone)
            told = [row for row in main if row.figure.measure == measure]
            yield from (
                _beside(total, _PADDED)
                for total in totals
                if _padded(total, lines, gone) and not _confirmed(total, told)
            )


def _twice(lines: list[Row]) -> list[Row]:
    """Rows with the same line and amount as an earlier one of their source and period."""
    groups = by(lines, lambda row: (row.figure.line, row.figure.value))
    return [row for group in groups.values() if group[0].figure.value for row in group[1:]]


def _sum(rows: Iterable[Row]) -> Decimal:
    return sum((row.figure.value for row in rows), Decimal(0))


def _padded(total: Row, lines: list[Row], gone: Decimal) -> bool:
    """True for a secondary source's total that is a little more than its own two or more lines."""
    whole = total.figure.value - gone
    left = whole - _sum(lines)
    rounding = sum((row.figure.unit_step for row in lines), total.figure.unit_step) / 2
    return total.grade == "C" and len(lines) > 1 and rounding < left <= _LITTLE * whole


def _confirmed(total: Row, others: list[Row]) -> bool:
    """True if another source gives the same total for the period."""
    f = total.figure
    same = (row.figure for row in others if row.url != total.url and _where(row) == _where(total))
    return any(abs(other.value - f.value) <= max(other.unit_step, f.unit_step) / 2 for other in same)


def _attributable(row: Row) -> bool:
    return row.figure.measure == "net_income" and "attributable" in row.figure.label


def _where(row: Row) -> tuple[str, str, date | None, date]:
    return row.ticker, row.figure.measure, row.figure.start, row.figure.end


def _overlaps(rows: list[Row], total: Figure, gone: Decimal) -> list[Remark]:
    """Where rows add up to more than the total, keep the finest set that ties and put the others beside."""
    for size in range(len(rows), 0, -1):
        for chosen in combinations(rows, size):
            left = total.value - gone - _sum(chosen)
            rounding = sum((r.figure.unit_step for r in chosen), total.unit_step) / 2
            if size == len(rows) and left > -rounding:
                return []
            if abs(left) <= rounding:
                rest = [row for row in rows if not any(row is other for other in chosen)]
                return [_beside(row, "overlaps rows that already add up to the total") for row in rest]
    return [remark(row.figure, "adds up to more than the total, no set of rows ties") for row in rows]


def _beside(row: Row, cause: str) -> Remark:
    row.figure = replace(row.figure, breakdown=DETAIL, note="; ".join(filter(None, (row.figure.note, cause))))
    return remark(row.figure, cause)
