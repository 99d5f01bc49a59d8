"""What a table of a release is made of: dated columns, labelled rows, numbers with unit and locator."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from hashpivot.core import CellLocator

from ._cell_number import Number
from ._row_unit import scaled
from ._unit_note import UnitNote

_POINTED = re.compile(r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?!\d)")
_LEAST_PARTED = 1000
MAIN_ROW = re.compile(r"^(?:total )?(?:net )?(?:revenues?|assets|loss|income)\b", re.IGNORECASE)
"""Labels of rows of a main statement."""


@dataclass(frozen=True, slots=True)
class ReleaseColumn:
    """A dated column.

    Args:
        header: All header words over it.
        start: First day, None for an instant.
        end: Last day, inclusive, or the instant.
        currency: ISO code of its amounts; `XXX` if ambiguous.
        member: Segment or product it is about, in a table that has a column for each; else empty.
    """

    header: str
    start: date | None
    end: date
    currency: str
    member: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseValue:
    """One number.

    Args:
        column: Index into the table's columns.
        value: With sign and scale applied.
        unit: Currency code, `CODE/shares`, `CODE/unit`, `shares`, `BTC`, `EH/s`, `MW`, ..., `percent`.
        decimals: Digits that can be trusted: -3 = to the thousand.
        locator: Of its cell, the table numbered through the file.
        text: As shown.
        shown: The number as shown: with sign, without scale.
        mark: Currency mark before it, if any.
        word: Unit that follows it in its cell, lower case, such as `million` or `eh/s`; usually empty.
    """

    column: int
    value: Decimal
    unit: str
    decimals: int
    locator: CellLocator
    text: str
    shown: Decimal
    mark: str
    word: str


def release_value(column: int, number: Number, unit: str, scale: int, locator: CellLocator) -> ReleaseValue:
    """A number of a row as `ReleaseValue` has it; `scale` is the power of ten to apply."""
    return ReleaseValue(
        column,
        scaled(number.value, scale),
        unit,
        number.places - scale,
        locator,
        number.text,
        number.value,
        number.mark,
        number.word,
    )


@dataclass(frozen=True, slots=True)
class UnreadCell:
    """A cell of a dated column with digits that show no plain number.

    Args:
        locator: Its place, the table numbered through the file.
        header: The words that date it.
        text: As shown.
    """

    locator: CellLocator
    header: str
    text: str


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """A row; a heading has no values.

    Args:
        number: From 0, as in the page.
        label: Footnote marks removed; may be empty.
        indent: In points.
        heading: The nearest heading above, empty if none.
        values: Of the dated columns, from the left.
        beside: Words between label and numbers, such as a unit in a column of its own; usually empty.
        unread: Cells of dated columns that show digits but no plain number.
    """

    number: int
    label: str
    indent: float
    heading: str
    values: tuple[ReleaseValue, ...]
    beside: str = ""
    unread: tuple[UnreadCell, ...] = ()


def without_doubtful_points(
    rows: Iterable[ReleaseRow], columns: tuple[ReleaseColumn, ...]
) -> tuple[ReleaseRow, ...]:
    """The rows, in which a number such as `8.811` is unread where all others of its unit are whole.

    Its point may part thousands, as it does where such a number was copied from elsewhere.
    """
    found = tuple(rows)
    amounts: dict[str, list[ReleaseValue]] = defaultdict(list)
    for row in found:
        for value in row.values:
            if value.shown and not value.word and (value.unit in ("BTC", "shares") or len(value.unit) == 3):
                amounts[value.unit].append(value)
    doubtful = {value.locator for unit, values in amounts.items() for value in _doubtful_points(unit, values)}
    return tuple(_without(row, doubtful, columns) for row in found) if doubtful else found


def _doubtful_points(unit: str, values: list[ReleaseValue]) -> list[ReleaseValue]:
    pointed = [value for value in values if _POINTED.search(value.text)]
    others = [abs(value.shown) for value in values if value not in pointed]
    whole = all(amount == int(amount) for amount in others)
    enough = 1 if unit == "BTC" else _LEAST_PARTED
    return pointed if whole and max(others, default=0) >= enough else []


def _without(row: ReleaseRow, doubtful: set[CellLocator], columns: tuple[ReleaseColumn, ...]) -> ReleaseRow:
    gone = tuple(
        UnreadCell(value.locator, columns[value.column].header, value.text)
        for value in row.values
        if value.locator in doubtful
    )
    kept = tuple(value for value in row.values if value.locator not in doubtful)
    return replace(row, values=kept, unread=(*row.unread, *gone)) if gone else row


@dataclass(frozen=True, slots=True)
class ReleaseTable:
    """A table with at least one dated column.

    Args:
        number: From 0, all tables of the file counted.
        caption: Lines before it and title rows in it, from the top.
        note: Its unit note.
        columns: Dated columns, from the left.
        rows: Headings and rows with values, from the top.
    """

    number: int
    caption: tuple[str, ...]
    note: UnitNote
    columns: tuple[ReleaseColumn, ...]
    rows: tuple[ReleaseRow, ...]

    @property
    def is_main(self) -> bool:
        """True if it has rows of a main statement: revenue, total assets, net income."""
        return any(row.values and MAIN_ROW.search(row.label) for row in self.rows)
