"""Operating rows of a release: bitcoin, blocks, hash rate and power, never mixed up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from hashpivot.core import Measure
from hashpivot.filings import ReleaseRow, ReleaseTable, ReleaseValue

from ..rules import Understood, counts_money, rate_text, understood, unit_shift

_SIGNED = frozenset({"power_cost", "power_credits", "bitcoin_sold"})
_RATE = "usd_per_mwh"


@dataclass(frozen=True, slots=True)
class Operating:
    """One operating number.

    Args:
        concept: Name its measure is looked up by.
        start: First day, None for an instant.
        end: Last day.
        row: Its row.
        value: With value, unit and decimals as the measure has them.
        note: What it includes, if the label says so.
    """

    concept: str
    start: date | None
    end: date
    row: ReleaseRow
    value: ReleaseValue
    note: str


def operating_numbers(table: ReleaseTable, filed: date | None, warnings: list[str]) -> list[Operating]:
    """The operating numbers of a table, one a measure and period.

    Of rows that mean the same the one that says total counts; if several of one standing differ none is read.
    What ends after the release was published is none of its results.

    Args:
        table: As read.
        filed: Day it was published, if known.
        warnings: Takes what was left out.
    """
    return _Numbers(table, filed, warnings).read()


class _Numbers:
    def __init__(self, table: ReleaseTable, filed: date | None, warnings: list[str]) -> None:
        self.table = table
        self.filed = filed
        self.warnings = warnings
        self.filled = {v.column for row in table.rows for v in row.values if not _is_dash(v)}

    def read(self) -> list[Operating]:
        by_concept: dict[str, list[tuple[Understood, ReleaseRow]]] = defaultdict(list)
        for row in self.table.rows:
            meant = understood(row.label, row.heading) if row.values else None
            if meant is not None:
                by_concept[meant.rule.concept].append((meant, row))
        return [number for rows in by_concept.values() for number in self._chosen(rows)]

    def _chosen(self, rows: list[tuple[Understood, ReleaseRow]]) -> Iterator[Operating]:
        """The numbers of the best rows; of those for one period that differ, none."""
        best = min(_rank(meant) for meant, _ in rows)
        periods: dict[tuple[date | None, date], list[Operating]] = defaultdict(list)
        for meant, row in rows:
            if _rank(meant) == best:
                for number in self._of_row(meant, row):
                    periods[number.start, number.end].append(number)
        for same in periods.values():
            if len({number.value.value for number in same}) == 1:
                yield same[0]
            else:
                places = ", ".join(f"{n.row.label!r} at {n.value.locator}" for n in same)
                self.warnings.append(f"rows that mean the same differ, none is read: {places}")

    def _of_row(self, meant: Understood, row: ReleaseRow) -> Iterator[Operating]:
        measure = meant.rule.measure
        for value in row.values:
            column = self.table.columns[value.column]
            start = column.start if measure.flow else None
            if (measure.flow and start is None) or (self.filed is not None and column.end > self.filed):
                continue
            if self._says_nothing(value, measure):
                continue
            if self._is_other(value, row, measure):
                self._tell_mixed(row, value)
                continue
            if value.unit == "percent":
                why = f"{value.text!r} is a percentage or a multiple"
                self.warnings.append(f"{row.label!r} at {value.locator} is left out: {why}")
                continue
            shift = self._shift(row, value, measure.unit)
            doubt = _doubt(value, measure, shift)
            if doubt:
                self.warnings.append(f"{row.label!r} at {value.locator} {doubt}")
            if shift is not None and (value.shown >= 0 or measure.name in _SIGNED):
                given = _in_unit(value, measure.unit, shift)
                yield Operating(meant.rule.concept, start, column.end, row, given, meant.note)

    def _says_nothing(self, value: ReleaseValue, measure: Measure) -> bool:
        """A dash is zero for what is counted over a period, if its column has any number; else nothing."""
        counted = measure.flow and measure.additive and value.column in self.filled
        return _is_dash(value) and not counted

    def _is_other(self, value: ReleaseValue, row: ReleaseRow, measure: Measure) -> bool:
        """True for money where none is meant, and for money in another currency."""
        if measure.unit.startswith("usd"):
            return self.table.columns[value.column].currency != "USD"
        statement = self.table.is_main or self.table.note.scale is not None
        as_money = measure.unit == "btc" and statement and value.unit != "BTC"
        return as_money or counts_money(f"{row.label} {row.beside}") or any(each.mark for each in row.values)

    def _tell_mixed(self, row: ReleaseRow, value: ReleaseValue) -> None:
        """Say what is left out as a currency mark stands before another number of its row."""
        marked = next((each for each in row.values if each.mark), None)
        if marked and not value.mark:
            why = f"its row shows {marked.text!r} at {marked.locator}"
            self.warnings.append(f"{row.label!r} at {value.locator} is left out: {why}")

    def _shift(self, row: ReleaseRow, value: ReleaseValue, unit: str) -> int | None:
        """Power of ten to the measure's unit, as row or column name it; prose before the table is no unit."""
        header = self.table.columns[value.column].header
        texts = [value.word, row.label, row.beside, row.heading, header]
        if unit == _RATE:
            texts = [rate_text(text, value.mark, value.word) for text in texts]
        shift = unit_shift(unit, texts)
        if shift is None and unit == "usd":
            return self.table.note.scale or 0
        cents_marked_as_dollars = unit == _RATE and shift == 1 and value.mark
        return None if cents_marked_as_dollars else shift


def _rank(meant: Understood) -> tuple[int, bool]:
    return meant.rule.rank, not meant.whole


def _is_dash(value: ReleaseValue) -> bool:
    return not any(map(str.isdigit, value.text))


def _doubt(value: ReleaseValue, measure: Measure, shift: int | None) -> str:
    """A warning about a number; empty if none."""
    if shift is None:  # power costs without "per" are amounts
        return "" if measure.unit == _RATE else "is left out: its unit is not certain"
    if value.shown < 0 and measure.name not in _SIGNED:
        return "is left out: it is negative"
    return "is zero" if value.shown == 0 and measure.unit == "ehs" else ""


def _in_unit(value: ReleaseValue, unit: str, shift: int) -> ReleaseValue:
    places = max(0, -int(value.shown.as_tuple().exponent))
    name = {"btc": "BTC", "usd": "USD"}.get(unit, unit)
    return replace(value, value=value.shown.scaleb(shift), unit=name, decimals=places - shift)
