"""A financial table of a release: from its rows to dated columns and labelled numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from hashpivot.core import CellLocator, FiscalCalendar

from ..source import MAX_HEADER_ROWS, MAX_TITLES
from ._cell_number import Number, Text, is_mark, is_raised_mark
from ._grid_rows import Cell, GridRow, body_column, is_note, result_row
from ._header_cells import covering, dates_any, no_period_over, stands_near
from ._member_columns import WHOLE, Dated, member_columns
from ._month_rows import month_rows
from ._period_header import (
    NOT_A_PERIOD,
    StatementKind,
    may_be_month,
    may_be_period,
    names_day,
    names_period,
    nearest_caption,
    period_words,
    read_period,
)
from ._row_unit import row_unit
from ._types import (
    MAIN_ROW,
    ReleaseColumn,
    ReleaseRow,
    ReleaseTable,
    ReleaseValue,
    UnreadCell,
    release_value,
    without_doubtful_points,
)
from ._unit_note import UNKNOWN, UnitNote, read_currency, read_unit_note

UNDATED = "columns of a statement left out, as nothing says when their fiscal year or quarter ends"
_DAMAGED = "columns left out, as their heads are no periods"
FORECAST = "columns of a statement that end after the release was published left out"
SHIFTED = "tables left out, as their heads may stand a column beside their numbers"
TWO_UNITS = "two units are named over one table, the nearest is used"
RIVAL = "numbers that share their head with a cell that shows no plain number left out"
POINTS = "a statement whose points may part thousands left out"
_THREE_PLACES = re.compile(r"(?<!\d)\d{1,3}\.\d{3}(?!\d)")
_NOTE_MARK = re.compile(r"[(\[]\w{1,2}[)\]]")
_FEWEST_POINTS = 2
_MILLIONS = 6  # digits

_PARENTHESES = re.compile(r"\(([^()]{3,160})\)")
_LONG = 160
_BALANCE_ROW = re.compile(r"^total assets$|^total liabilities(?:,| and) ", re.IGNORECASE)
_CASH_ROW = re.compile(r"^(?:net|total) cash\b.*\bactivities\b", re.IGNORECASE)
_FLOW_STATEMENT = re.compile(
    r"\bstatements? of (?:(?:consolidated|comprehensive|net) )*"
    r"(?:operations|income|earnings|loss(?:es)?|cash flows?)\b"
    r"|\bincome statements?\b",
    re.IGNORECASE,
)
_BLOCK = re.compile(
    r"^(?:for )?(?:the )?"
    r"(?:(?:fiscal )?(?:quarters?|years?)|[\w-]+ (?:months?|weeks?))(?: periods?)? ended\b",
    re.IGNORECASE,
)
"""The title of a block of rows about one period, below years that stand over all blocks or beside its own."""


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
        filed: Day the document was published, None if unknown.
        off_calendar: True if the document's quarters are known to be none of the calendar year.
    """

    before: list[str]
    calendar: FiscalCalendar | None
    annual: bool
    currency: str
    problems: list[tuple[str, str]]
    named: set[str]
    filed: date | None = None
    off_calendar: bool = False


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


@dataclass(slots=True)
class _Placed:
    """A row under its header: numbers by the index of their header, and cells that show no plain number."""

    line: GridRow
    label: str
    heading: str
    numbers: list[tuple[int, Number]]
    unread: list[tuple[int, Text]]


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
        self.any_numbers = False
        self.placed: list[_Placed] = []
        self._over: dict[int, tuple[str, str] | None] = {}
        self._block = ""
        self._outside = False
        self._shifted = ""

    def tables(self) -> tuple[ReleaseTable | None, ReleaseTable | None]:
        self._sort_lines()
        self.only_money = any(
            _BALANCE_ROW.search(row.label) or _CASH_ROW.search(row.label)
            for row in self.placed
            if row.numbers
        )
        if self._points_part_thousands():
            self._problem(POINTS, self._money_texts()[0])
            return None, None
        periods = self._past(self._periods())
        if self._heads_beside_numbers(periods):
            return None, None
        self._tell_undated(periods)
        self._tell_other_units()
        whole = {index: (*period, "") for index, period in self._dated(periods).items()}
        about = (*reversed(self.titles), *reversed(self.around.before))
        return self._table(whole), self._table(member_columns(self.undated, periods, about))

    def _money_texts(self) -> list[str]:
        """The numbers as shown that are neither percentages nor zero."""
        numbers = (number for row in self.placed for _, number in row.numbers)
        return [number.text for number in numbers if number.value and not number.percent]

    def _points_part_thousands(self) -> bool:
        """True for a statement whose numbers all have three digits behind a point: `5.000` is likely 5,000.

        Not where amounts are in millions, as three decimals are thousands there.
        """
        texts = self._money_texts()
        if len(texts) < _FEWEST_POINTS or not self._is_main() or not all(map(_THREE_PLACES.search, texts)):
            return False
        return self._unit_note().scale != _MILLIONS

    def _heads_beside_numbers(self, periods: dict[int, tuple[date | None, date]]) -> bool:
        """True if all may be one column off.

        A head has no numbers below it and numbers have no head, or a head like those over numbers stands over
        the labels.
        """
        if not periods or not self._holds_results():
            return False
        if self._shifted:
            self._problem(SHIFTED, self._shifted)
            return True
        dated = [cells for cells in self.header if dates_any(cells)]
        over = [self._words_over(left) for left, _, text in (dated[-1] if dated else []) if text]
        bare = [
            words[0] for words in over if words and words[0] not in self.headers and self._period(words[0])
        ]
        names = list(self.headers)
        plain = {index for row in self.placed for index, number in row.numbers if not number.percent}
        headless = self._outside or any(
            not period_words(names[index]).says and not NOT_A_PERIOD.search(names[index].lower())
            for index in plain - periods.keys()
        )
        if bare and headless:
            self._problem(SHIFTED, bare[0])
        return bool(bare and headless)

    def _holds_results(self) -> bool:
        return self._is_main() or bool(result_row([row.line for row in self.placed]))

    def _tell_other_units(self) -> None:
        """Note a table over which, or in whose rows, two scales are named."""
        inside = [line.cells[0][2] for line in self.lines if len(line.cells) == 1]
        texts = (*self.titles, *inside, *self.headers, *self.around.before)
        notes = [text for text in texts if is_note(text)]
        scales = {_note([text]).scale for text in notes} - {None}
        if len(scales) > 1 and self._holds_results():
            self._problem(TWO_UNITS, notes[0])

    def _unit_note(self) -> UnitNote:
        return _note([*reversed(self.titles), *self.headers, *reversed(self.around.before)])

    def _table(self, dated: Dated) -> ReleaseTable | None:
        if not dated:
            return None
        note = self._unit_note()
        names = list(self.headers)
        currencies = self._currencies(note)
        order = {index: place for place, index in enumerate(sorted(dated))}
        columns = tuple(
            ReleaseColumn(names[index], start, end, currencies[index], member)
            for index in order
            for start, end, member in (dated[index],)
        )
        rows = without_doubtful_points(
            (
                ReleaseRow(
                    row.line.number,
                    row.label,
                    row.line.indent,
                    row.heading,
                    self._values(row, order, columns, note),
                    row.line.beside,
                    tuple(self._unread(row, names, order)),
                )
                for row in self.placed
            ),
            columns,
        )
        kept = tuple(
            row
            for row, source in zip(rows, self.placed, strict=True)
            if row.values or row.unread or not source.numbers
        )
        return ReleaseTable(self.number, (*self.around.before, *self.titles), note, columns, kept)

    def _sort_lines(self) -> None:
        """Each row is part of a header, a title, a heading, or holds numbers."""
        heading, fresh = "", True
        blocks = self._blocks()
        for line in self.lines:
            label = line.label(self.body)
            is_header = line.only_years and self._may_be_header(label)
            is_unread = line.only_unread and not self._all_notes(line) and any(map(dates_any, self.header))
            if (line.numbers and not is_header) or is_unread:
                numbers = self._in_columns(line.numbers)
                unread = self._unread_columns(line.unread, {index for index, _ in numbers})
                numbers = self._without_rivals(numbers, unread)
                self.placed.append(_Placed(line, label, heading, numbers, unread))
                self.any_numbers = self.any_numbers or bool(numbers)
                fresh = False
                continue
            over = [cell for cell in line.over(self.body) if not is_mark(cell[2])]
            if line.cells[0] not in over and _is_head_like(label, over):
                self._shifted = label
            if over and not dates_any(over) and all(is_note(text) for _, _, text in over):
                self.titles += [text for _, _, text in over]
            elif over:
                self._add_header(over, fresh)
                fresh = fresh or dates_any(over)
            if line.number in blocks:
                self._block, heading = label, ""
                self._over.clear()
            elif label and self._is_title(line, label):
                self.titles.append(label)
            elif label:
                heading = label
                self.placed.append(_Placed(line, label, heading, [], []))
        del self.titles[MAX_TITLES:]

    def _blocks(self) -> set[int]:
        """Numbers of the rows that name the period of the rows below them, if there are several blocks.

        None where the columns themselves say how long their periods are.
        """
        found: set[int] = set()
        begun = several = False
        for line in self.lines:
            if line.numbers and not line.only_years:
                begun = True
            elif any(_spans_periods(text) for _, _, text in line.over(self.body)):
                return set()
            elif _BLOCK.search(line.label(self.body)):
                found.add(line.number)
                several = several or begun
        return found if several else set()

    def _all_notes(self, line: GridRow) -> bool:
        """True for a row of units, such as `US$'000` over each column."""
        return all(is_note(text) for _, _, text in line.over(self.body))

    def _may_be_header(self, label: str) -> bool:
        """True for a row of years without a label of its own, or before any other numbers."""
        return not label or is_note(label) or not self.any_numbers

    def _add_header(self, over: list[Cell], fresh: bool) -> None:
        if not fresh and dates_any(over):
            self.header = []
        if fresh or dates_any(over):
            self.header = [*self.header, over][-MAX_HEADER_ROWS:]
            self._over.clear()

    def _is_title(self, line: GridRow, label: str) -> bool:
        column, width, _ = line.cells[0]
        return is_note(label) or (not self.placed and column + width > self.body + 1 and len(line.cells) == 1)

    def _in_columns(self, numbers: list[Number]) -> list[tuple[int, Number]]:
        """Each number with the index of its header, one each; a second is a footnote mark or unclear."""
        found: dict[int, Number] = {}
        for number in numbers:
            over = self._words_over(number.column)
            if over is None:
                self._outside = self._outside or not number.percent
                continue
            header, undated = over
            index = self.headers.setdefault(header, len(self.headers))
            self.undated[index] = undated
            if number.stray:
                self._problem("parentheses that close but do not open, read as positive", number.text)
            if index not in found:
                found[index] = number
            elif number.value and not number.may_be_footnote:
                self._problem("two numbers of one row under one header, the first is used", header)
        return list(found.items())

    def _unread_columns(self, cells: list[Text], filled: set[int]) -> list[tuple[int, Text]]:
        """Cells that show no plain number with the index of their header, if it is a period's.

        A footnote mark beside a number is none.
        """
        found = []
        for column, text in cells:
            over = self._words_over(column)
            if over is not None and (over[0] in self.headers or self._period(over[0])):
                index = self.headers.setdefault(over[0], len(self.headers))
                self.undated[index] = over[1]
                if index not in filled or not is_raised_mark(text):
                    found.append((index, (column, text)))
            else:
                self._outside = self._outside or not (over and NOT_A_PERIOD.search(over[0].lower()))
        return found

    def _without_rivals(
        self, numbers: list[tuple[int, Number]], unread: list[tuple[int, Text]]
    ) -> list[tuple[int, Number]]:
        """The numbers that share their header with no cell that may be a number, as `>516` may."""
        rivals = {index: text for index, (_, text) in unread if _may_be_number(text)}
        for index, number in numbers:
            if index in rivals:
                self._problem(RIVAL, f"{number.text} and {rivals[index]}")
        return [(index, number) for index, number in numbers if index not in rivals]

    def _words_over(self, column: int) -> tuple[str, str] | None:
        """All header words over a column, and those of rows without dates; None if no header is near."""
        if column not in self._over:
            over = [
                (cells, words) for cells in self.header if (words := covering(cells, column, self.header))
            ]
            header = " ".join([*filter(None, [self._block]), *(words for _, words in over)])
            undated = " ".join(words for cells, words in over if not dates_any(cells))
            near = stands_near(self.header, column) and not no_period_over(self.header, column)
            self._over[column] = (header, undated) if near else None
        return self._over[column]

    def _period(self, header: str) -> tuple[date | None, date] | None:
        caption = nearest_caption([*self.around.before, *self.titles])
        return read_period(header, caption, self.around.calendar)

    def _periods(self) -> dict[int, tuple[date | None, date]]:
        """Periods by header index."""
        caption = nearest_caption([*self.around.before, *self.titles])
        kind = self._kind()
        return {
            index: period
            for header, index in self.headers.items()
            if (period := read_period(header, caption, self.around.calendar, kind=kind)) is not None
        }

    def _past(self, periods: dict[int, tuple[date | None, date]]) -> dict[int, tuple[date | None, date]]:
        """The periods of a statement that were over when it was published.

        Of a company whose fiscal calendar is unknown a `Q2 2025` not yet over is no quarter of the calendar
        year; then no column dated by such a name is.
        """
        if not self._is_main():
            return periods
        names = list(self.headers)
        filed = self.around.filed or date.max
        coming = {index for index, (start, end) in periods.items() if start is not None and end > filed}
        by_name = {index for index in periods if may_be_period(names[index]) and not names_day(names[index])}
        if self.around.calendar is None and (coming & by_name or self.around.off_calendar):
            coming -= by_name
        else:
            by_name = set()
        for index in sorted(coming):
            self._problem(FORECAST, names[index])
        return {index: period for index, period in periods.items() if index not in coming | by_name}

    def _is_main(self) -> bool:
        return any(MAIN_ROW.search(row.label) for row in self.placed if row.numbers)

    def _tell_undated(self, periods: dict[int, tuple[date | None, date]]) -> None:
        """Note the columns of a statement or update whose headers name a period that is not certain."""
        if not self._is_main() and not (periods and self._holds_results()):
            return
        for header, index in self.headers.items():
            if index in periods:
                continue
            if self._is_main() and may_be_period(header):
                self._problem(UNDATED, header)
            elif periods and (names_period if self._is_main() else may_be_month)(header):
                self._problem(_DAMAGED, header)

    def _kind(self) -> StatementKind:
        """Which statement it is, by its rows, else by its caption."""
        labels = [row.label for row in self.placed if row.numbers]
        caption = " ".join((*self.around.before, *self.titles))
        if any(map(_BALANCE_ROW.search, labels)):
            return StatementKind.BALANCE
        flows = any(map(_CASH_ROW.search, labels)) or _FLOW_STATEMENT.search(caption)
        return StatementKind.YEARLY if flows and self.around.annual else StatementKind.OTHER

    def _dated(self, periods: dict[int, tuple[date | None, date]]) -> dict[int, tuple[date | None, date]]:
        """Where several headers mean one period only the whole company's stays."""
        names = list(self.headers)
        alike: dict[tuple[date | None, date, str], list[int]] = defaultdict(list)
        for index, period in periods.items():
            alike[(*period, read_currency(names[index]))].append(index)
        kept = set()
        for same in alike.values():
            whole = same if len(same) == 1 else [index for index in same if WHOLE.search(names[index])]
            kept |= set(whole) if len(whole) == 1 else set()
            for index in same if not whole else ():
                self._problem("columns of one period that cannot be told apart left out", names[index])
        return {index: period for index, period in periods.items() if index in kept}

    def _currencies(self, note: UnitNote) -> list[str]:
        """The currency of each header's column."""
        marks: dict[int, set[str]] = defaultdict(set)
        for row in self.placed:
            for index, number in row.numbers:
                marks[index].add(number.mark)
        main = any(MAIN_ROW.search(row.label) for row in self.placed)
        found = []
        for header, index in self.headers.items():
            marked = set(map(read_currency, marks[index])) - {""}
            shown = UNKNOWN if len(marked) > 1 else next(iter(marked), "")
            named = read_currency(header) or shown or note.currency
            if named and main:
                self.around.named.add(named)
            found.append(named or self._by_default(marks[index]))
        return found

    def _by_default(self, marks: set[str]) -> str:
        """The document's currency, unless the column shows a dollar sign and that is no dollar."""
        dollars = self.around.currency.endswith("D") or self.around.currency == UNKNOWN
        return "USD" if "$" in marks and not dollars else self.around.currency

    def _values(
        self, row: _Placed, order: dict[int, int], columns: tuple[ReleaseColumn, ...], note: UnitNote
    ) -> tuple[ReleaseValue, ...]:
        marked = self.only_money or any(number.mark for _, number in row.numbers)
        values = []
        for index, number in row.numbers:
            if index not in order:
                continue
            column = columns[order[index]]
            own = _of_column(note, column.header)
            unit, scale = row_unit(row.label, row.heading, number, marked, column.currency, own)
            locator = CellLocator(self.number, row.line.number, number.column)
            values.append(release_value(order[index], number, unit, scale, locator))
        return tuple(values)

    def _unread(self, row: _Placed, names: list[str], order: dict[int, int]) -> Iterator[UnreadCell]:
        for index, (column, text) in row.unread:
            if index in order:
                yield UnreadCell(CellLocator(self.number, row.line.number, column), names[index], text)

    def _problem(self, kind: str, detail: str) -> None:
        self.around.problems.append((kind, f"{detail!r} in table {self.number}"))


def _spans_periods(text: str) -> bool:
    """True for a head that says how long its periods are, `Three Months Ended`."""
    return bool(period_words(text).lengths)


def _may_be_number(text: str) -> bool:
    """True for a cell with digits that are neither a footnote mark's, as in `MW (1)`, nor a date's."""
    return any(map(str.isdecimal, _NOTE_MARK.sub("", text))) and not period_words(text).says


def _is_head_like(label: str, over: list[Cell]) -> bool:
    """True if a row's label names a length of periods or a whole date, as heads in the row do."""
    own, heads = period_words(label), [period_words(text) for _, _, text in over]
    dated = own.days and own.years and any(head.days and head.years for head in heads)
    return bool(dated or (own.lengths and any(head.lengths for head in heads)))


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
