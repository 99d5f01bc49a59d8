"""The revenue and cost sections of a release's income statement: which row is the total, which are parts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from hashpivot.filings import ReleaseRow, ReleaseTable, ReleaseValue

from ..rules import normal, row_rule, says_total_revenue

_REVENUE = r"(?:net )?(?:operating )?(?:revenues?|sales|turnover)(?: and other income)?"
_PLAIN_REVENUE = re.compile(rf"^{_REVENUE}(?:,? net)?[:,]?$")
_REVENUE_ROW = re.compile(r"\brevenues?\b|\bsales\b")
_COST_OF = r"(?:direct )?costs? (?:of|for) (?:the )?(?:net )?(?:revenues?|sales|goods sold|services)"
_TOTAL_COST = re.compile(
    rf"^(?:consolidated )?total {_COST_OF}|^total direct costs?$|^consolidated {_COST_OF}$"
)
_PLAIN_COST = re.compile(rf"^{_COST_OF}(?:$|,? \(|:|,? exclu|,? net)")
_COST_PART = re.compile(r"\s[-–—]\s*(?!exclu|deprec|amorti)\w")
"""A cost of revenue that goes on with a part's name: `Cost of revenue, excluding depreciation - mining`."""
_COST_ROW = re.compile(r"^(?:direct )?costs? (?:of|for|[-–—])|^total costs? of")
_END_OF_COSTS = re.compile(
    r"^total (?:operating |net )?(?:costs?|expenses?)\b|^operating[ /]*\(?(?:loss|income|profit)"
    r"|\b(?:income|loss|profit)\)? from operations"
)
_TOTAL = re.compile(r"^(?:total|consolidated)\b|^$")


@dataclass(frozen=True)
class Section:
    """A total and its parts.

    Args:
        total: The row with the reported total; None if the statement gives none.
        parts: The rows before it, from the top; subtotals among them.
    """

    total: ReleaseRow | None
    parts: tuple[ReleaseRow, ...]


def words(row: ReleaseRow) -> str:
    """The label in lower case, white space folded, colons dropped."""
    return normal(row.label).rstrip(":").strip()


def money(table: ReleaseTable, row: ReleaseRow) -> bool:
    """True for a row of amounts in the currency of its columns."""
    return bool(row.values) and all(v.unit == table.columns[v.column].currency for v in row.values)


def revenue_section(table: ReleaseTable) -> Section:
    """The revenue rows of a table; no total and no parts if it has none."""
    rows = table.rows
    end = _find(table, says_total_revenue)
    if end is None:
        return _revenue_without_total(table)
    start = max(
        (i + 1 for i in range(end) if not rows[i].values and _PLAIN_REVENUE.search(words(rows[i]))), default=0
    )
    return Section(rows[end], tuple(row for row in rows[start:end] if money(table, row)))


def cost_section(table: ReleaseTable, revenue: Section) -> Section:
    """The rows of cost of revenue below the revenue section."""
    rows = list(table.rows)
    last = revenue.total or (revenue.parts[-1] if revenue.parts else None)
    rows = rows[rows.index(last) + 1 :] if last in rows else rows
    end = next(
        (i for i, row in enumerate(rows) if _TOTAL_COST.search(words(row)) and money(table, row)), None
    )
    if end is not None:
        return Section(rows[end], tuple(row for row in rows[:end] if money(table, row)))
    plains = [row for row in rows if _PLAIN_COST.search(words(row)) and money(table, row)]
    plain = plains[0] if plains and not (len(plains) > 1 and _COST_PART.search(words(plains[0]))) else None
    return Section(plain, () if plain else _cost_without_total(table, rows, revenue))


def costs_negative(table: ReleaseTable, cost: Section) -> bool:
    """True if the statement shows its costs in parentheses."""
    expenses = [
        row for row in table.rows if (rule := row_rule("income", words(row))) and rule.sign == "expense"
    ]
    rows = [*cost.parts, *([cost.total] if cost.total else []), *expenses]
    values = [value.value for row in rows if money(table, row) for value in row.values if value.value]
    return sum(1 for value in values if value < 0) * 2 > len(values)


def adding_block(table: ReleaseTable, totals: dict[int, Decimal]) -> Section | None:
    """The rows that stand before a total equal to `totals` (by column), up to the heading above them."""
    rows = table.rows
    for end, row in enumerate(rows):
        known = {v.column: v for v in row.values}
        if not _TOTAL.search(words(row)) or not money(table, row) or not totals:
            continue
        if all(column in known and _near(known[column], value) for column, value in totals.items()):
            start = max((i + 1 for i in range(end) if not rows[i].values), default=0)
            parts = tuple(part for part in rows[start:end] if money(table, part))
            return Section(row, parts) if len(parts) > 1 else None
    return None


def operating_costs(table: ReleaseTable) -> frozenset[int]:
    """Numbers of the rows above operating income, or above the total of costs and expenses."""
    rows = table.rows
    ends = [i for i, row in enumerate(rows) if row.values and _END_OF_COSTS.search(words(row))]
    return frozenset(row.number for row in rows[: max(ends, default=0)])


def _near(shown: ReleaseValue, total: Decimal) -> bool:
    """True if both may be roundings of one number."""
    return abs(shown.value - total) < Decimal(1).scaleb(-shown.decimals)


def _revenue_without_total(table: ReleaseTable) -> Section:
    """A sum below a heading, a plain `Revenue` row, an unlabelled sum, or the only row of revenue."""
    summed = _sum_below_heading(table)
    if summed is not None:
        return summed
    plain = _find(table, _PLAIN_REVENUE.search)
    if plain is not None:
        return Section(table.rows[plain], ())
    found: list[ReleaseRow] = []
    for row in table.rows:
        text = words(row)
        if _COST_ROW.search(text) or row_rule("income", text):
            break
        if money(table, row) and found and text in ("", "total"):
            return Section(row, tuple(found))
        if money(table, row) and _REVENUE_ROW.search(text):
            found.append(row)
    return Section(found[0] if len(found) == 1 else None, ())


def _sum_below_heading(table: ReleaseTable) -> Section | None:
    """The rows below a heading `Revenue:` up to a row without a label that is their sum in every column."""
    rows = table.rows
    headings = [i for i, row in enumerate(rows) if not row.values and _PLAIN_REVENUE.search(words(row))]
    for heading in headings[:1]:
        found: list[ReleaseRow] = []
        for row in rows[heading + 1 :]:
            if not money(table, row) or row_rule("income", words(row)):
                return None
            if len(found) > 1 and words(row) in ("", "total") and _is_sum(row, found):
                return Section(row, tuple(found))
            found.append(row)
    return None


def _is_sum(total: ReleaseRow, rows: list[ReleaseRow]) -> bool:
    """True if the rows add up to the total in each of its columns, within a rounding step for each row."""
    by_column = [{value.column: value for value in row.values} for row in rows]
    return all(
        abs(
            sum((row[value.column].value for row in by_column if value.column in row), Decimal(0))
            - value.value
        )
        <= len(rows) * Decimal(1).scaleb(-value.decimals)
        for value in total.values
    )


def _cost_without_total(
    table: ReleaseTable, rows: list[ReleaseRow], revenue: Section
) -> tuple[ReleaseRow, ...]:
    """`Cost of ...` rows, and rows named like a revenue row, until the first other expense."""
    names = {words(row) for row in revenue.parts}
    found: list[ReleaseRow] = []
    for row in rows:
        text = words(row)
        if not row.values:
            continue
        if money(table, row) and (_COST_ROW.search(text) or text in names):
            found.append(row)
        elif found:
            break
    return tuple(found)


def _find(table: ReleaseTable, says: Callable[[str], object]) -> int | None:
    return next((i for i, row in enumerate(table.rows) if says(words(row)) and money(table, row)), None)
