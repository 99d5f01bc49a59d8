"""Segments in a release: blocks of revenue, costs and gross profit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from hashpivot.filings import ReleaseRow, ReleaseTable

from ._sections import money, words

GROSS = re.compile(
    r"\s*\b(?:segment )?gross (?:\(loss\) |\(profit\) )?(?:profit|loss|margin)(?: \((?:loss|profit)\))?",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\b(?:total|consolidated)\b", re.IGNORECASE)


def segment_blocks(
    table: ReleaseTable,
) -> Iterator[tuple[ReleaseRow | None, ReleaseRow | None, ReleaseRow, str]]:
    """Revenue, cost, gross profit and name of each segment, each block ending in its gross profit."""
    block: list[ReleaseRow] = []
    for row in table.rows:
        if not money(table, row) or not GROSS.search(row.label):
            block.append(row)
            continue
        name = GROSS.sub("", row.label).strip(" ,-–—:") or _segment_heading(block)
        if name and not _WHOLE.search(name):
            amounts = [r for r in block if money(table, r)]
            costs = [r for r in amounts if re.match(r"(?:total )?(?:segment )?costs? of", words(r))]
            first_cost = next((i for i, r in enumerate(block) if words(r).startswith("cost")), len(block))
            revenues = [r for r in block[:first_cost] if money(table, r) and "revenue" in words(r)]
            yield (revenues[-1] if revenues else None), (costs[-1] if costs else None), row, name
        block = []


def parts_above(table: ReleaseTable, revenue: ReleaseRow | None) -> list[ReleaseRow]:
    """The rows of amounts between a segment's heading and its total revenue."""
    if revenue is None or "total" not in words(revenue):
        return []
    end = table.rows.index(revenue)
    start = max((i + 1 for i in range(end) if not table.rows[i].values), default=end)
    return [row for row in table.rows[start:end] if money(table, row)]


def _segment_heading(block: list[ReleaseRow]) -> str:
    headings = [row.label for row in block if not row.values and "segment" in row.label.lower()]
    return headings[-1] if headings else ""


def segment_ties(revenue: ReleaseRow, cost: ReleaseRow, profit: ReleaseRow) -> bool:
    """True if revenue less cost is the gross profit, within rounding, in every column all three have."""
    rows = [{v.column: v for v in row.values} for row in (revenue, cost, profit)]
    shared = rows[0].keys() & rows[1].keys() & rows[2].keys()
    return bool(shared) and all(
        abs(rows[0][c].value - abs(rows[1][c].value) - rows[2][c].value) <= 2 * step(rows[0][c].decimals)
        for c in shared
    )


def step(decimals: int | None) -> Decimal:
    """The smallest amount that rounding to `decimals` can tell apart."""
    return Decimal(1).scaleb(-decimals) if decimals is not None else Decimal(0)
