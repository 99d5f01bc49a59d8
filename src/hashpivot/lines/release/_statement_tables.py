"""Which tables of a release are its main statements."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal

from hashpivot.filings import ReleaseRow, ReleaseTable

from ..rules import row_rule
from ._sections import Section, cost_section, revenue_section, words

_STATEMENT = re.compile(
    r"balance sheets?|statements? of (?:consolidated )?(?:financial (?:position|condition)|cash flows?)|"
    r"statements? of (?:\w+ )*(?:operations|income|loss|profit|earnings)|income statement",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\bdiscontinued\b|\bpro ?-?forma\b|\bacquire[ed]", re.IGNORECASE)
_NOT_STATEMENT = re.compile(
    r"non-gaap|reconcil|pro ?forma|adjusted ebitda|highlights|selected|segment", re.IGNORECASE
)
_OTHER_VIEW = re.compile(
    r"\bpro ?-?forma\b|\bas (?:previously|originally) reported\b"
    r"|^(?:(?:unaudited|condensed|consolidated|selected) )*non-gaap\b",
    re.IGNORECASE,
)
ANCHORS = ("us-gaap:OperatingIncomeLoss", "us-gaap:NetIncomeLoss")

_LONGEST_NAME = 120  # letters; a sentence may speak of a statement too

_BOTH_SIDES = re.compile(r"^total liabilities(?:,| and) |^total equity and liabilities")
_RESULT_ROWS = (
    re.compile(r"^net[ /]+\(?(?:loss|income|profit|earnings)"),
    re.compile(r"\bbefore (?:provision|income tax|tax)"),
    re.compile(r"^(?:provision|\(?benefit\)?|income tax|taxes on income)"),
)

Span = tuple[date | None, date]
Spans = set[tuple[date | None, date, str]]
"""Periods with their currency."""


def statements_of(
    tables: Iterable[ReleaseTable], wanted: Callable[[ReleaseTable], bool]
) -> Iterator[tuple[ReleaseTable, Spans]]:
    """The tables of one kind of statement, likeliest first, each with the periods no likelier one covers.

    Beside a table under the name of a statement one without name counts only if it is as full: a summary of
    an investee or an acquired company shows revenue and a loss too, of other periods.
    """
    covered: Spans = set()
    found = sorted(filter(wanted, tables), key=_likeness, reverse=True)
    named = any(map(_is_named, found))
    for table in found:
        if named and not _is_named(table) and not _shows_shares(table):
            continue
        spans = {(c.start, c.end, c.currency) for c in table.columns} - covered
        covered |= spans
        if spans:
            yield table, spans


def is_aside(table: ReleaseTable) -> bool:
    """True for a table about something else than the company as it is: discontinued, pro forma, acquired."""
    return bool(_ASIDE.search(" ".join(table.caption[-2:])))


def is_other_view(table: ReleaseTable) -> bool:
    """True for a statement that its name calls pro forma, non-GAAP or as previously reported."""
    names = [line for line in table.caption if len(line) <= _LONGEST_NAME and _STATEMENT.search(line)]
    return any(map(_OTHER_VIEW.search, names[-1:]))


def is_income(table: ReleaseTable) -> bool:
    """True if it has periods, total revenue, and operating or net income or two other results.

    Under the name of a statement a total with the rows that add up to it is enough.
    """
    found = {rule.concept for row in table.rows if row.values and (rule := row_rule("income", words(row)))}
    revenue = revenue_section(table)
    if not any(column.start for column in table.columns) or revenue.total is None:
        return False
    labels = [words(row) for row in table.rows if row.values]
    kinds = sum(1 for kind in _RESULT_ROWS if any(map(kind.search, labels))) + _shows_shares(table)
    return bool(found & set(ANCHORS)) or kinds > 1 or (_is_named(table) and _adds_up(revenue))


def _adds_up(section: Section) -> bool:
    """True if in every column of its total the parts, two or more, add up to it exactly."""
    assert section.total is not None
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for row in section.parts:
        for value in row.values:
            sums[value.column] += value.value
    return len(section.parts) > 1 and all(sums[v.column] == v.value for v in section.total.values)


def is_balance(table: ReleaseTable) -> bool:
    """True if it has instants and total assets, and is called a balance sheet or adds up both sides."""
    if not all(column.start is None for column in table.columns) or total_assets(table) is None:
        return False
    return _is_named(table) or any(_BOTH_SIDES.search(words(row)) for row in table.rows if row.values)


def total_assets(table: ReleaseTable) -> ReleaseRow | None:
    """The row of total assets: by its label, or the first of two equal rows without one."""
    rows = [row for row in table.rows if row.values]
    labelled = next((row for row in rows if words(row) == "total assets"), None)
    if labelled is not None:
        return labelled
    bare = [row for row in rows if not words(row)]
    amounts = [tuple((value.column, value.value) for value in row.values) for row in bare]
    return next((row for row, held in zip(bare, amounts, strict=True) if amounts.count(held) > 1), None)


def is_cash_flow(table: ReleaseTable, activities: str) -> bool:
    """True if it has net cash of these activities: `Operating`, `Investing` or `Financing`."""
    wanted = f"us-gaap:NetCashProvidedByUsedIn{activities}Activities"
    rules = (row_rule("cash_flow", words(row)) for row in table.rows if row.values)
    return any(rule is not None and rule.concept.startswith(wanted) for rule in rules)


def _is_named(table: ReleaseTable) -> bool:
    """True if a short line above it is a statement's name."""
    return any(len(line) <= _LONGEST_NAME and _STATEMENT.search(line) for line in table.caption)


def _shows_shares(table: ReleaseTable) -> bool:
    """True if it has amounts per share or a share count, as a company's own income statement does."""
    return any(value.unit.endswith("shares") for row in table.rows for value in row.values)


def _likeness(table: ReleaseTable) -> tuple[bool, bool, bool, int, int]:
    """How much a table looks like the statement itself; of equals the earlier one."""
    caption = " ".join(table.caption)
    named = _is_named(table)
    cost = cost_section(table, revenue_section(table))
    return (
        named or not _NOT_STATEMENT.search(caption),
        named,
        bool(cost.total or cost.parts),
        len(table.rows),
        -table.number,
    )
