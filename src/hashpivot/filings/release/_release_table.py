"""A financial table of a release: from its rows to dated columns and labelled numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from hashpivot.core import CellLocator, FiscalCalendar

from ._cell_number import Number
from ._grid_rows import Cell, GridRow, body_column, is_note
from ._header_cells import covering, dates_any, stands_near
from ._member_columns import WHOLE, Dated, member_columns
from ._month_rows import month_rows
from ._period_header import StatementKind, may_be_period, nearest_caption, read_period
from ._row_unit import row_unit
from ._types import MAIN_ROW, ReleaseColumn, ReleaseRow, ReleaseTable, ReleaseValue, release_value
from ._unit_note import UNKNOWN, UnitNote, read_currency, read_unit_note

UNDATED = "columns of a statement left out, as nothing says when their fiscal year or quarter ends"

_PARENTHESES = re.compile(r"\(([^()]{3,160})\)")
_LONG = 160
_BALANCE_ROW = re.compile(r"^total assets$|^total liabilities(?:,| and) ", re.IGNORECASE)
_CASH_ROW = re.compile(r"^(?:net|total) cash\b.*\bactivities\b", re.IGNORECASE)
_FLOW_STATEMENT = re.compile(
    r"\bstatements? of (?:(?:consolidated|comprehensive|net) )*(?:operations|income|earnings|loss(?:es)?|cash flows?)\b"
    r"|\bincome statements?\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Surroundings:
    """Context of a table that its own cells do not give.

    Args:
        before: Lines before the table, nearest last.
        calendar: The company's fiscal calendar, None if unknown.
        annual: True if the document is an annual report.
        currency: Of amounts whose table names none.
        problems: Takes `(kind, detail)` of what had to be left out.
        named: Takes the currencies that main statements name.
    """

    before: list[str]
    calendar: FiscalCalendar | None
    annual: bool
    currency: str
    problems: list[tuple[str, str]]
    named: set[str]


def read_table(
    lines: list[GridRow], number: int, around: Surroundings
) -> tuple[ReleaseTable | None, ReleaseTable | None]:
    """The table of these rows with the columns of the whole company, and with those of its members.

    The first is None if neither columns nor rows have a date, the second if the table has no column for
    each member beside one for the whole.
    """
    body = body_column(lines)
    found = (None, None) if body is None else _Builder(lines, number, body, around).tables()
    if found == (None, None):
        about = (around.before, around.calendar, around.currency, around.problems)
        return month_rows(lines, number, *about), None
    return found


class _Builder:
    def __init__(self, lines: list[GridRow], number: int, body: int, around: Surroundings) -> None:
        self.lines = lines
        self.number = number
        self.body = body
        self.around = around
        self.titles: list[str] = []
        self.header: list[list[Cell]] = []
        self.headers: dict[str, int] = {}
        self.undated: dict[int, str] = {}
        self.only_money = False
        self.placed: list[tuple[GridRow, str, str, list[tuple[int, Number]]]] = []

    def tables(self) -> tuple[ReleaseTable | None, ReleaseTable | None]:
        self._sort_lines()
        self.only_money = any(
            _BALANCE_ROW.search(label) or _CASH_ROW.search(label)
            for _, label, _, numbers in self.placed
            if numbers
        )
        periods = self._periods()
        self._tell_undated(periods)
        whole = {index: (*period, "") for index, period in self._dated(periods).items()}
        about = (*reversed(self.titles), *reversed(self.around.before))
        return self._table(whole), self._table(member_columns(self.undated, periods, about))

    def _table(self, dated: Dated) -> ReleaseTable | None:
        if not dated:
            return None
        note = _note([*reversed(self.titles), *self.headers, *reversed(self.around.before)])
        order = {index: place for place, index in enumerate(sorted(dated))}
        columns = tuple(
            ReleaseColumn(header, start, end, self._currency(index, note), member)
            for header, index in self.headers.items()
            if index in dated
            for start, end, member in (dated[index],)
        )
        rows = [
            ReleaseRow(
                line.number,
                label,
                line.indent,
                heading,
                self._values(line, (label, heading), numbers, order, columns, note),
                line.beside,
            )
            for line, label, heading, numbers in self.placed
        ]
        kept = tuple(
            row for row, source in zip(rows, self.placed, strict=True) if row.values or not source[3]
        )
        return ReleaseTable(self.number, (*self.around.before, *self.titles), note, columns, kept)

    def _sort_lines(self) -> None:
        """Each row is part of a header, a title, a heading, or holds numbers."""
        heading, fresh = "", True
        for line in self.lines:
            label = line.label(self.body)
            if line.numbers and not (line.only_years and self._may_be_header(label)):
                self.placed.append((line, label, heading, self._in_columns(line.numbers)))
                fresh = False
                continue
            over = line.over(self.body)
            if over and not dates_any(over) and all(is_note(text) for _, _, text in over):
                self.titles += [text for _, _, text in over]
            elif over:
                self._add_header(over, fresh)
                fresh = fresh or dates_any(over)
            if label and self._is_title(line, label):
                self.titles.append(label)
            elif label:
                heading = label
                self.placed.append((line, label, heading, []))

    def _may_be_header(self, label: str) -> bool:
        """True for a row of years without a label of its own, or before any other numbers."""
        return not label or is_note(label) or not any(numbers for _, _, _, numbers in self.placed)

    def _add_header(self, over: list[Cell], fresh: bool) -> None:
        if not fresh and dates_any(over):
            self.header = []
        if fresh or dates_any(over):
            self.header.append(over)

    def _is_title(self, line: GridRow, label: str) -> bool:
        column, width, _ = line.cells[0]
        return is_note(label) or (not self.placed and column + width > self.body + 1 and len(line.cells) == 1)

    def _in_columns(self, numbers: list[Number]) -> list[tuple[int, Number]]:
        """Each number with the index of its header, one each; a second is a footnote mark or unclear."""
        found: dict[int, Number] = {}
        for number in numbers:
            if not stands_near(self.header, number.column):
                continue
            over = [
                (cells, words)
                for cells in self.header
                if (words := covering(cells, number.column, self.header))
            ]
            header = " ".join(words for _, words in over)
            index = self.headers.setdefault(header, len(self.headers))
            self.undated[index] = " ".join(words for cells, words in over if not dates_any(cells))
            if number.stray:
                self._problem("parentheses that close but do not open, read as positive", number.text)
            if index not in found:
                found[index] = number
            elif number.value and not number.may_be_footnote:
                self._problem("two numbers of one row under one header, the first is used", header)
        return list(found.items())

    def _periods(self) -> dict[int, tuple[date | None, date]]:
        """Periods by header index."""
        caption = nearest_caption([*self.around.before, *self.titles])
        kind = self._kind()
        return {
            index: period
            for header, index in self.headers.items()
            if (period := read_period(header, caption, self.around.calendar, kind=kind)) is not None
        }

    def _tell_undated(self, periods: dict[int, tuple[date | None, date]]) -> None:
        """Note the columns of a statement whose headers name a year or quarter that cannot be dated."""
        if not any(MAIN_ROW.search(label) for _, label, _, numbers in self.placed if numbers):
            return
        for header, index in self.headers.items():
            if index not in periods and may_be_period(header):
                self._problem(UNDATED, header)

    def _kind(self) -> StatementKind:
        """Which statement it is, by its rows, else by its caption."""
        labels = [label for _, label, _, numbers in self.placed if numbers]
        caption = " ".join((*self.around.before, *self.titles))
        if any(map(_BALANCE_ROW.search, labels)):
            return StatementKind.BALANCE
        flows = any(map(_CASH_ROW.search, labels)) or _FLOW_STATEMENT.search(caption)
        return StatementKind.YEARLY if flows and self.around.annual else StatementKind.OTHER

    def _dated(self, periods: dict[int, tuple[date | None, date]]) -> dict[int, tuple[date | None, date]]:
        """Where several headers mean one period only the whole company's stays."""
        names = {index: header for header, index in self.headers.items()}
        kept = {}
        for index, period in periods.items():
            same = [
                other for other, span in periods.items()
                if span == period and read_currency(names[other]) == read_currency(names[index])
            ]  # fmt: skip
            whole = [other for other in same if WHOLE.search(names[other])]
            if len(same) == 1 or whole == [index]:
                kept[index] = period
            elif not whole:
                self._problem("columns of one period that cannot be told apart left out", names[index])
        return kept

    def _currency(self, index: int, note: UnitNote) -> str:
        header = next(header for header, found in self.headers.items() if found == index)
        marks = {
            named
            for _, _, _, numbers in self.placed
            for column, number in numbers
            if column == index and (named := read_currency(number.mark))
        }
        marked = next(iter(marks)) if len(marks) == 1 else "XXX" if marks else ""
        named = read_currency(header) or marked or note.currency
        if named and any(MAIN_ROW.search(label) for _, label, _, _ in self.placed):
            self.around.named.add(named)
        return named or self._by_default(index)

    def _by_default(self, index: int) -> str:
        """The document's currency, unless the column shows a dollar sign and that is no dollar."""
        signs = {n.mark for _, _, _, found in self.placed for column, n in found if column == index}
        dollars = self.around.currency.endswith("D") or self.around.currency == UNKNOWN
        return "USD" if "$" in signs and not dollars else self.around.currency

    def _values(
        self,
        line: GridRow,
        words: tuple[str, str],
        numbers: list[tuple[int, Number]],
        order: dict[int, int],
        columns: tuple[ReleaseColumn, ...],
        note: UnitNote,
    ) -> tuple[ReleaseValue, ...]:
        marked = self.only_money or any(number.mark for _, number in numbers)
        values = []
        for index, number in numbers:
            if index not in order:
                continue
            column = columns[order[index]]
            unit, scale = row_unit(*words, number, marked, column.currency, _of_column(note, column.header))
            locator = CellLocator(self.number, line.number, number.column)
            values.append(release_value(order[index], number, unit, scale, locator))
        return tuple(values)

    def _problem(self, kind: str, detail: str) -> None:
        self.around.problems.append((kind, f"{detail!r} in table {self.number}"))


def _note(texts: Iterable[str]) -> UnitNote:
    """The unit note of a table: each part from the nearest text that says something about it."""
    notes = [read_unit_note(part) for text in texts for part in _note_parts(text)]
    scaled = next((note for note in notes if note.scale is not None), UnitNote())
    currency = next((note.currency for note in notes if note.currency), "")
    shares = next((note.share_scale for note in notes if note.share_scale is not None), None)
    return UnitNote(scaled.scale, currency, scaled.scaled_shares, shares)


def _of_column(note: UnitNote, header: str) -> UnitNote:
    """The table's note with the scale that the column's own header names."""
    own = read_unit_note(header)
    return note if own.scale in (None, note.scale) else replace(note, scale=own.scale)


def _note_parts(text: str) -> list[str]:
    return [text] if len(text) <= _LONG else _PARENTHESES.findall(text)
