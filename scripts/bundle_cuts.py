"""Which of the transcribed rows may be added up, and which stand beside the others, with the reason."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations

from bundle_rows import Remark, Row, by, remark, told_of

from hashpivot.core import Figure
from hashpivot.ledger import DETAIL

_ZERO = Decimal(0)

# (company, measure, pattern of the label) -> why the row stands beside the statement and is never added up.
_BESIDE = (
    ("APLD", "revenue", "discontinued", "outside the total: it counts continuing operations only"),
    ("APLD", "cost_of_revenue", "tenant fit-out", "only part of the line's cost (rental is missing)"),
)


def cut(rows: list[Row]) -> list[Remark]:
    """Mark rows that may not be added up with the others of their source, period and measure, and say why."""
    remarks = []
    whole = {_where(row) for row in rows if not _attributable(row)}
    for row in rows:
        f = row.figure
        monthly = f.start is not None and (f.end - f.start).days < 45
        cause = "unaudited monthly update" if monthly and row.form != "update" else ""
        cause = cause or "; ".join(told_of(_BESIDE, row.ticker, f.measure, f.label))
        if f.measure == "net_income" and re.match(r"net loss\b(?! \()", f.label.lower()) and f.value > 0:
            cause = cause or "the label says loss, the value is positive"
        if _attributable(row) and _where(row) in whole:
            cause = "attributable to some holders only; the whole net income is known"
        if cause:
            remarks.append(_beside(row, cause))
    keyed = by(rows, lambda r: (r.url, r.ticker, r.figure.measure, r.figure.start, r.figure.end))
    totals = {
        (r.url, r.ticker, r.figure.start, r.figure.end): r.figure
        for r in rows
        if r.figure.measure == "total_revenue" and r.figure.cut == "main"
    }
    for (url, ticker, measure, start, end), group in keyed.items():
        total = totals.get((url, ticker, start, end))
        if measure == "revenue" and total:
            gone = sum(
                (r.figure.value for r in keyed.get((url, ticker, "eliminations", start, end), [])), _ZERO
            )
            remarks += _overlaps([r for r in group if r.figure.cut == "main"], total, gone)
    return remarks


def _attributable(row: Row) -> bool:
    return row.figure.measure == "net_income" and "attributable" in row.figure.label


def _where(row: Row) -> tuple[str, str, date | None, date]:
    return row.ticker, row.figure.measure, row.figure.start, row.figure.end


def _overlaps(rows: list[Row], total: Figure, gone: Decimal) -> list[Remark]:
    """Where rows add up to more than the total, keep the finest set that ties and put the others beside."""
    for size in range(len(rows), 0, -1):
        for chosen in combinations(rows, size):
            left = total.value - gone - sum((r.figure.value for r in chosen), _ZERO)
            rounding = sum((r.figure.unit_step for r in chosen), total.unit_step) / 2
            if size == len(rows) and left > -rounding:
                return []
            if abs(left) <= rounding:
                rest = [row for row in rows if not any(row is other for other in chosen)]
                return [_beside(row, "overlaps rows that already add up to the total") for row in rest]
    return [remark(row.figure, "adds up to more than the total, no set of rows ties") for row in rows]


def _beside(row: Row, cause: str) -> Remark:
    row.figure = replace(row.figure, cut=DETAIL, note="; ".join(filter(None, (row.figure.note, cause))))
    return remark(row.figure, cause)
