"""From a release's rows to facts: the concepts, dimensions and signs XBRL would have given them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import partial

from hashpivot.filings import Context, Fact, Release, ReleaseRow, ReleaseTable, ReleaseValue

from ..rules import Costs, row_rule, understood
from ._columns import members, speaks_of_segments
from ._operating import operating_numbers
from ._sections import (
    Section,
    adding_block,
    cost_section,
    costs_negative,
    money,
    operating_costs,
    revenue_section,
    words,
)
from ._segments import parts_above, segment_blocks, segment_ties, step
from ._statement_tables import (
    ANCHORS,
    Span,
    Spans,
    is_aside,
    is_balance,
    is_cash_flow,
    is_income,
    is_other_view,
    statements_of,
    total_assets,
)

REVENUE, COST, GROSS_PROFIT = "us-gaap:Revenues", "us-gaap:CostOfRevenue", "us-gaap:GrossProfit"
ASSETS, ADJUSTED_EBITDA = "us-gaap:Assets", "release:AdjustedEBITDA"
_MOST_NAMED = 5  # cells in one warning; a page of notes in place of numbers has hundreds
_INCOME, _BALANCE, _CASH_FLOW, _OTHER = 0, 100, 200, 1000
_WHOLE = re.compile(r"\b(?:total|consolidated)\b", re.IGNORECASE)
_DISCONTINUED = re.compile(r"\bdiscontinued\b", re.IGNORECASE)
_PRODUCT, _SEGMENT = "srt:ProductOrServiceAxis", "us-gaap:StatementBusinessSegmentsAxis"

Dims = tuple[tuple[str, str], ...]


class RowFact(Fact):
    """A number of a release as a fact.

    Its `table` counts statements, not tables of the page (the locator does): all parts of the income
    statement have one number, however many tables it was read from.
    """

    __slots__ = ("_label", "_note", "_row", "_table")
    value: Decimal

    def __init__(
        self,
        concept: str,
        row: ReleaseRow,
        period: Span,
        dims: Dims,
        value: ReleaseValue,
        amount: Decimal,
        table: int,
        note: str = "",
    ) -> None:
        context = Context(f"{period}{dims}", "", *period, dims)
        place = (value.locator, 0, False)
        super().__init__(concept, context, value.unit, amount, value.text, False, value.decimals, place, None)
        self._label = row.label
        self._row = row.number
        self._note = note
        self._table = table

    @property
    def label(self) -> str:
        """The row's label."""
        return self._label

    @property
    def table(self) -> int:
        """Number of its statement."""
        return self._table

    @property
    def note(self) -> str:
        """What its number includes, if the label says so."""
        return self._note

    @property
    def row(self) -> int:
        """Row in its table of the page."""
        return self._row


@dataclass
class ReleaseFacts:
    """The facts of a release, the periods of its income statement, and what does not agree in it."""

    facts: list[Fact] = field(default_factory=list)
    stated: set[tuple[date, date]] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)


def release_facts(release: Release) -> ReleaseFacts:
    """All facts of a release's tables.

    The income statement is, for each period, the table that looks most like one: by its caption, then by
    what it holds. Other tables of the same period add segments and measures; where their totals differ from
    the statement's, the statement counts and a warning says so.
    """
    return _Reader(release).read()


class _Reader:
    def __init__(self, release: Release) -> None:
        self.tables = release.tables
        self.segment_tables = release.segment_tables
        self.filed = release.filed
        self.out = ReleaseFacts()
        self.seen: set[tuple[str, Span, str]] = set()
        self.used: set[tuple[int, int]] = set()  # tables and rows that gave a fact
        self.totals: dict[tuple[str, Span, str], RowFact] = {}
        self.scaled = any(table.note.scale for table in self.tables if table.is_main)

    def read(self) -> ReleaseFacts:
        own = [table for table in self.tables if not self._other_view(table)]
        stated = [table for table in own if table.note.scale is not None or not self.scaled]
        for table, spans in statements_of(stated, is_income):
            self._income(table, spans)
            self.out.stated |= {(start, end) for start, end, _ in spans if start is not None}
        proven = [table for table in own if self._unit_known(table)]
        for table, spans in statements_of(proven, is_balance):
            assets = total_assets(table)
            if assets is not None:
                self._emit(table, assets, ASSETS, _BALANCE, spans)
            self._rows(table, "balance", _BALANCE, spans)
        for activities in ("Operating", "Investing", "Financing"):
            for table, spans in statements_of(proven, partial(is_cash_flow, activities=activities)):
                self._rows(table, "cash_flow", _CASH_FLOW, spans)
                for row in table.rows:
                    self._emit(table, row, f"release:Row{table.number}n{row.number}", _CASH_FLOW, spans)
        for number, table in enumerate(self.tables, _OTHER):
            self._operating(table, number)
            if table in proven and not (is_aside(table) or is_other_view(table)):
                self._compare(table)
                self._segments(table, number)
                self._measures(table, number)
        for table in self.segment_tables:
            if not is_aside(table):
                self._segment_columns(table)
        self.out.warnings += self._unread()
        return self.out

    def _other_view(self, table: ReleaseTable) -> bool:
        """True, with a warning, for an income statement or balance sheet of the company as it is not."""
        if not is_other_view(table) or not (is_income(table) or is_balance(table)):
            return False
        self.out.warnings.append(
            f"table {table.number} is pro forma, non-GAAP or as previously reported: its results are left out"
        )
        return True

    def _unread(self) -> list[str]:
        """Cells of understood rows that show digits but no plain number, in one sentence."""
        cells = [
            f"{row.label!r} at {cell.locator} ({cell.header}) shows {cell.text!r}"
            for table in self.tables
            for row in table.rows
            if row.unread and (table.is_main or self._is_understood(table, row))
            for cell in row.unread
        ]
        if not cells:
            return []
        more = f" and {len(cells) - _MOST_NAMED} more" if len(cells) > _MOST_NAMED else ""
        return [f"dated cells without a plain number left out: {'; '.join(cells[:_MOST_NAMED])}{more}"]

    def _is_understood(self, table: ReleaseTable, row: ReleaseRow) -> bool:
        return (table.number, row.number) in self.used or bool(understood(row.label, row.heading))

    def _unit_known(self, table: ReleaseTable) -> bool:
        """False, with a warning, for a table that names no unit where main statements are scaled.

        A total that agrees with the income statement's proves the unit.
        """
        if table.note.scale is not None or not self.scaled:
            return True
        pairs = self._pairs(table)
        if any(step(kept.decimals) > abs(abs(kept.value) - abs(v.value)) for _, v, kept in pairs):
            return True
        if table.is_main:
            self.out.warnings.append(f"table {table.number} names no unit but the statements do: left out")
        return False

    def _income(self, table: ReleaseTable, spans: Spans) -> None:
        if table.note.scale is None and all(v.value == v.shown for row in table.rows for v in row.values):
            self.out.warnings.append(
                f"table {table.number} names no unit: its amounts are taken as they stand"
            )
        revenue = revenue_section(table)
        cost = cost_section(table, revenue)
        turned = costs_negative(table, cost)
        above = operating_costs(table)
        self._section(table, revenue, REVENUE, spans, _PRODUCT, turned=False)
        self._section(table, cost, COST, spans, _PRODUCT, turned=turned)
        for row in table.rows:
            if row not in (*revenue.parts, *cost.parts, revenue.total, cost.total):
                costs = Costs(turned, row.number in above)
                self._mapped(table, row, "income", _INCOME, spans, costs)

    def _section(
        self,
        table: ReleaseTable,
        section: Section,
        concept: str,
        spans: Spans,
        axis: str,
        *,
        turned: bool,
    ) -> None:
        for row in section.parts:
            self._emit(table, row, concept, _INCOME, spans, _member(axis, row.label), turned)
        if section.total:
            self._emit(table, section.total, concept, _INCOME, spans, (), turned)

    def _rows(self, table: ReleaseTable, statement: str, place: int, spans: Spans | None) -> None:
        for row in table.rows:
            self._mapped(table, row, statement, place, spans, Costs())

    def _measures(self, table: ReleaseTable, place: int) -> None:
        """Measures that stand in any table; of rows that differ only the one of the whole company counts."""
        by_concept: dict[str, list[ReleaseRow]] = defaultdict(list)
        for row in table.rows:
            rule = row_rule("anywhere", words(row)) if row.values else None
            if rule is not None and money(table, row):
                by_concept[rule.concept].append(row)
        for concept, rows in by_concept.items():
            whole = rows
            if _differ(rows):
                whole = [row for row in rows if _WHOLE.search(f"{row.heading} {row.label}")]
            if _differ(whole) or not whole:
                if not all(self._is_known(table, concept, row) for row in rows):
                    places = ", ".join(f"{row.label!r} at {row.values[0].locator}" for row in rows)
                    self.out.warnings.append(f"rows that mean the same differ, none is read: {places}")
                continue
            for row in whole:
                self._mapped(table, row, "anywhere", place, None, Costs())

    def _is_known(self, table: ReleaseTable, concept: str, row: ReleaseRow) -> bool:
        """True if the measure of all periods of a row was read elsewhere."""
        columns = [(table.columns[value.column], value.unit) for value in row.values]
        return all((concept, (c.start, c.end), unit) in self.seen for c, unit in columns)

    def _mapped(
        self,
        table: ReleaseTable,
        row: ReleaseRow,
        statement: str,
        place: int,
        spans: Spans | None,
        costs: Costs,
    ) -> None:
        rule = row_rule(statement, words(row))
        discontinued = statement == "cash_flow" and _DISCONTINUED.search(row.heading)
        if rule is None or discontinued or not money(table, row):
            if rule is not None and not discontinued:
                self._tell_mixed(table, row)
            return
        shown = rule.values(words(row), [value.value for value in row.values], costs)
        self._emit(table, row, rule.concept.format(n=row.number), place, spans, amounts=shown)

    def _tell_mixed(self, table: ReleaseTable, row: ReleaseRow) -> None:
        """Say which row of a statement is left out as some of its numbers, not all, are amounts."""
        other = [value for value in row.values if value.unit != table.columns[value.column].currency]
        if 0 < len(other) < len(row.values):
            why = f"{other[0].text!r} at {other[0].locator} is no amount like the others"
            self.out.warnings.append(f"{row.label!r} is left out: {why}")

    def _emit(
        self,
        table: ReleaseTable,
        row: ReleaseRow,
        concept: str,
        place: int,
        spans: Spans | None,
        dims: Dims = (),
        turned: bool = False,
        amounts: list[Decimal] | None = None,
    ) -> None:
        """A fact for each value in `spans` (None: all); the first of a concept and period counts."""
        shown = amounts or [-v.value if turned and v.value else v.value for v in row.values]
        for value, amount in zip(row.values, shown, strict=True):
            column = table.columns[value.column]
            span = (column.start, column.end)
            if not money(table, row) or (spans is not None and (*span, column.currency) not in spans):
                continue
            key = (concept, span, value.unit)
            if not dims and key in self.seen:
                self._tell_other(row, value, self.totals[key])
                continue
            fact = RowFact(concept, row, span, dims, value, amount, place)
            self.out.facts.append(fact)
            self.used.add((table.number, row.number))
            if not dims:
                self.seen.add(key)
                self.totals[key] = fact

    def _tell_other(self, row: ReleaseRow, value: ReleaseValue, kept: RowFact) -> None:
        """Say where another table shows another adjusted EBITDA, perhaps that of a segment."""
        known = kept.concept == ADJUSTED_EBITDA
        if known and abs(kept.value - value.value) > step(kept.decimals) + step(value.decimals):
            self.out.warnings.append(
                f"{kept.start}..{kept.end}: {row.label!r} is {value.value:,} at {value.locator} "
                f"but {kept.value:,} at {kept.locator}, which is used"
            )

    def _operating(self, table: ReleaseTable, place: int) -> None:
        """Bitcoin, hash rate, power; what is held or installed is an instant whatever the column says."""
        for number in operating_numbers(table, self.filed, self.out.warnings):
            span = (number.start, number.end)
            key = (number.concept, span, number.value.unit)
            value = number.value
            fact = RowFact(number.concept, number.row, span, (), value, value.value, place, number.note)
            first = self.totals.setdefault(key, fact)
            if first is fact:
                self.out.facts.append(fact)
            elif first.value != fact.value:
                self.out.warnings.append(
                    f"{number.row.label!r} is {value.text} at {value.locator} "
                    f"but {first.text} at {first.locator}, which is used"
                )

    def _segments(self, table: ReleaseTable, place: int) -> None:
        """Gross profit by segment with its revenue and cost; rows that break down total revenue."""
        for revenue, cost, profit, name in segment_blocks(table):
            dims = _member(_SEGMENT, name)
            for row in parts_above(table, revenue):
                split = _member(f"release:T{table.number}ProductOrServiceAxis", row.label)
                self._emit(table, row, REVENUE, place, None, (*dims, *split))
            self._emit(table, profit, GROSS_PROFIT, place, None, dims)
            if revenue is not None and cost is not None and segment_ties(revenue, cost, profit):
                self._emit(table, revenue, REVENUE, place, None, dims)
                self._emit(table, cost, COST, place, None, dims)
        if not is_income(table):
            block = adding_block(table, self._known_totals(table))
            for row in block.parts if block else ():
                self._emit(
                    table,
                    row,
                    REVENUE,
                    place,
                    None,
                    _member(f"release:T{table.number}ProductOrServiceAxis", row.label),
                )

    def _segment_columns(self, table: ReleaseTable) -> None:
        """Revenue, cost and gross profit of segments that have a column each."""
        axis = f"release:T{table.number}SegmentsAxis"
        found = members(table, self._stated)
        known = any((REVENUE, (c.start, c.end), c.currency) in self.totals for c in table.columns)
        if known and not found and speaks_of_segments(table):
            why = "its total is not the revenue of the statement, its segments are left out"
            self.out.warnings.append(f"table {table.number}: {why}")
        for member in found:
            dims = _member(axis, member.name)
            shown = {REVENUE: member.revenue, COST: member.cost, GROSS_PROFIT: member.profit}
            for concept, row in shown.items():
                if row is not None:
                    named = replace(row, label=member.name)
                    self._emit(member.table, named, concept, _OTHER + table.number, None, dims)

    def _stated(self, table: ReleaseTable, value: ReleaseValue) -> Decimal | None:
        """The statement's revenue for the period and currency of a value."""
        column = table.columns[value.column]
        fact = self.totals.get((REVENUE, (column.start, column.end), value.unit))
        return None if fact is None else fact.value

    def _known_totals(self, table: ReleaseTable) -> dict[int, Decimal]:
        found = {}
        for place, column in enumerate(table.columns):
            fact = self.totals.get((REVENUE, (column.start, column.end), column.currency))
            if fact is not None:
                found[place] = fact.value
        return found

    def _compare(self, table: ReleaseTable) -> None:
        """Say where another table's totals differ from the statement's, or are not in it."""
        self._tell_missing(table)
        for row, value, kept in self._pairs(table):
            if abs(abs(kept.value) - abs(value.value)) > step(kept.decimals) + step(value.decimals):
                self.out.warnings.append(
                    f"{kept.start}..{kept.end}: {row.label!r} is {value.value:,} at {value.locator} "
                    f"but {kept.value:,} at {kept.locator}, which is used"
                )

    def _tell_missing(self, table: ReleaseTable) -> None:
        """Say what results a table shows of periods whose statement shows none, as when a page parts it."""
        stated = {(start, end) for start, end in self.out.stated}
        for concept, row in _totals_of(table):
            spans = {(table.columns[v.column].start, table.columns[v.column].end) for v in row.values}
            read = {span for kind, span, _ in self.totals if kind == concept}
            if spans & stated and not spans & read:
                place = row.values[0].locator
                self.out.warnings.append(
                    f"{row.label!r} at {place} is in no statement that was read: left out"
                )

    def _pairs(self, table: ReleaseTable) -> Iterator[tuple[ReleaseRow, ReleaseValue, RowFact]]:
        """Totals of a table with the statement's own for the same period."""
        for concept, row in _totals_of(table):
            for value in row.values:
                column = table.columns[value.column]
                kept = self.totals.get((concept, (column.start, column.end), value.unit))
                if kept is not None:
                    yield row, value, kept


def _differ(rows: list[ReleaseRow]) -> bool:
    """True if two rows show different numbers in one column."""
    shown: dict[int, set[Decimal]] = defaultdict(set)
    for row in rows:
        for value in row.values:
            shown[value.column].add(abs(value.value))
    return any(len(values) > 1 for values in shown.values())


def _totals_of(table: ReleaseTable) -> Iterator[tuple[str, ReleaseRow]]:
    total = revenue_section(table).total
    if total is not None and _WHOLE.search(total.label):
        yield REVENUE, total
    for row in table.rows:
        rule = row_rule("income", words(row)) if money(table, row) else None
        if rule is not None and rule.concept in ANCHORS:
            yield rule.concept, row


def _member(axis: str, label: str) -> Dims:
    return ((axis, f"release:{label.replace(':', ' ').strip()}"),)
