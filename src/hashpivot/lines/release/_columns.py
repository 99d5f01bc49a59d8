"""Segments laid out in columns: revenue, cost, gross profit of each, if the table ties to the statement."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from hashpivot.filings import ReleaseRow, ReleaseTable, ReleaseValue

from ._sections import money, words
from ._segments import GROSS, segment_ties, step

_REVENUE = re.compile(
    r"^(?:total )?(?:consolidated )?(?:segment )?(?:net )?(?:revenues?|sales)(?: from external customers)?$"
    r"|^external (?:customers? )?(?:revenues?|sales)$"
)
_COST = re.compile(
    r"^(?:less:? )?(?:total )?(?:segment )?(?:direct )?costs? of (?:revenues?|sales|goods sold)\b"
)
_BETWEEN_SEGMENTS = re.compile(r"\binter-?segment\b|\beliminat")
_SCALES = (0, 3, 6)
_FEWEST_DIGITS = 4  # a total this long does not agree by chance


@dataclass(frozen=True)
class SegmentColumn:
    """One segment of one period.

    Args:
        name: As the column says.
        table: The table with this column only.
        revenue: From customers outside, if the table shows it.
        cost: Of revenue; None if not shown or if it does not lead to the gross profit.
        profit: Gross profit, if shown.
    """

    name: str
    table: ReleaseTable
    revenue: ReleaseRow | None
    cost: ReleaseRow | None
    profit: ReleaseRow | None


Total = Callable[[ReleaseTable, ReleaseValue], Decimal | None]
"""The income statement's revenue for the period and currency of a value."""


def members(table: ReleaseTable, total: Total) -> list[SegmentColumn]:
    """The segments of a table; none if its own total is not the statement's.

    Revenue that stands in the total column only, such as `Other revenue`, is a member too.
    """
    found: list[SegmentColumn] = []
    for place, whole in enumerate(table.columns):
        view = None if whole.member else _scaled_view(table, _only(table, place), total)
        if view is None:
            continue
        scale, own = view
        found += (
            _member(column.member, _only(table, other, scale))
            for other, column in enumerate(table.columns)
            if column.member and replace(column, header=whole.header, member="") == whole
        )
        found += [SegmentColumn(row.label, own, row, None, None) for row in _beside(own, found)]
    return found


def speaks_of_segments(table: ReleaseTable) -> bool:
    """True if it shows revenue and gross profit."""
    labels = [row for row in table.rows if row.values]
    return any(_REVENUE.search(words(row)) for row in labels) and any(GROSS.search(r.label) for r in labels)


def _scaled_view(table: ReleaseTable, own: ReleaseTable, total: Total) -> tuple[int, ReleaseTable] | None:
    """The power of ten its numbers lack and the total column with it applied; None if it does not tie."""
    rows = [row for row in own.rows if _REVENUE.search(words(row)) and row.values]
    for scale in _SCALES if table.note.scale is None else (0,):
        for row in reversed(rows):
            value = _times(row.values[0], scale)
            stated = total(own, value)
            long = len(row.values[0].value.as_tuple().digits) >= _FEWEST_DIGITS
            if (
                stated is not None
                and (scale == 0 or long)
                and abs(stated - value.value) < step(value.decimals)
            ):
                return scale, _times_all(own, scale)
    return None


def _member(name: str, table: ReleaseTable) -> SegmentColumn:
    rows = [row for row in table.rows if money(table, row)]
    profit = next((row for row in rows if GROSS.search(row.label)), None)
    revenues = [row for row in rows if _REVENUE.search(words(row))]
    cost = next((row for row in rows if _COST.search(words(row))), None)
    ties = revenues and cost and profit and segment_ties(revenues[-1], cost, profit)
    return SegmentColumn(name, table, revenues[0] if revenues else None, cost if ties else None, profit)


def _beside(own: ReleaseTable, found: list[SegmentColumn]) -> Iterator[ReleaseRow]:
    """Rows of revenue in the total column alone, above the total: no segment shows a number in them."""
    ends = [i for i, row in enumerate(own.rows) if row.values and _REVENUE.search(words(row))]
    taken = {row.number for member in found for row in member.table.rows if row.values}
    for row in own.rows[ends[0] + 1 : ends[-1]]:
        if row.values and row.number not in taken and not _BETWEEN_SEGMENTS.search(words(row)):
            yield row


def _only(table: ReleaseTable, column: int, scale: int = 0) -> ReleaseTable:
    """The table with one column, its numbers times a power of ten."""
    rows = (replace(row, values=tuple(v for v in row.values if v.column == column)) for row in table.rows)
    kept = tuple(replace(row, values=tuple(replace(v, column=0) for v in row.values)) for row in rows)
    return _times_all(replace(table, columns=(table.columns[column],), rows=kept), scale)


def _times_all(table: ReleaseTable, scale: int) -> ReleaseTable:
    if not scale:
        return table
    rows = (replace(row, values=tuple(_times(v, scale) for v in row.values)) for row in table.rows)
    return replace(table, rows=tuple(rows))


def _times(value: ReleaseValue, scale: int) -> ReleaseValue:
    return replace(value, value=value.value * 10**scale, decimals=value.decimals - scale)
