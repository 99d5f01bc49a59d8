"""Compare workbooks: the values of their cells must agree to 12 digits; formulas and places may change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .findings import ABSENT, Finding, Level, shown
from .texts import figures

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Cells = dict[str, Any]


def compare_workbooks(before: Path, after: Path, where: str) -> Iterator[Finding]:
    """Two workbooks, sheet by sheet: their values, then their formulas."""
    if before.read_bytes() == after.read_bytes():
        return
    found = [
        *_compare_books(_sheets(before, values=True), _sheets(after, values=True), where, _compare_values),
        *_compare_books(
            _sheets(before, values=False), _sheets(after, values=False), where, _compare_formulas
        ),
    ]
    yield from found or [Finding(Level.WORDS, f"{where} format", "(bytes)", "(bytes)")]


def _sheets(path: Path, *, values: bool) -> dict[str, Cells]:
    """Cells by address, sheet by sheet: values as they were last computed, or formulas."""
    from openpyxl import load_workbook

    return {sheet.title: _cells(sheet) for sheet in load_workbook(path, data_only=values)}


def _cells(sheet: Worksheet) -> Cells:
    return {
        cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None
    }


def _compare_books(
    before: dict[str, Cells], after: dict[str, Cells], where: str, compare: Any
) -> Iterator[Finding]:
    for name in dict.fromkeys([*before, *after]):
        if name not in after or name not in before:
            sides = (name if name in sheets else ABSENT for sheets in (before, after))
            yield Finding(Level.DIFFERENT, f"{where} sheet", *sides)
        else:
            yield from compare(before[name], after[name], f"{where} {name}")


def _compare_values(before: Cells, after: Cells, where: str) -> Iterator[Finding]:
    """Cell by cell; where rows have moved, all numbers of the sheet together."""
    changed = _changed(before, after)
    if not changed:
        return
    if _numbers(before) == _numbers(after):
        sides = (shown(cells.get(changed[0], ABSENT)) for cells in (before, after))
        yield Finding(Level.WORDS, f"{where}!{changed[0]} words or places ({len(changed)} cells)", *sides)
        return
    for address in changed:
        one, other = before.get(address, ABSENT), after.get(address, ABSENT)
        if _figures(one) != _figures(other):
            yield Finding(Level.DIFFERENT, f"{where}!{address}", shown(one), shown(other))


def _compare_formulas(before: Cells, after: Cells, where: str) -> Iterator[Finding]:
    changed = [
        address
        for address in _changed(before, after)
        if _is_formula(before.get(address)) or _is_formula(after.get(address))
    ]
    if not changed:
        return
    one, other = (sum(_is_formula(value) for value in cells.values()) for cells in (before, after))
    first = changed[0]
    sides = (
        f"{count} formulas, {shown(cells.get(first, ABSENT))}"
        for count, cells in ((one, before), (other, after))
    )
    level = Level.DIFFERENT if other < one else Level.WORDS
    yield Finding(level, f"{where}!{first} formulas ({len(changed)} cells)", *sides)


def _changed(before: Cells, after: Cells) -> list[str]:
    """Addresses of the cells that hold something else."""
    return [address for address in {**before, **after} if before.get(address) != after.get(address)]


def _numbers(cells: Cells) -> Counter[str]:
    return Counter(figure for value in cells.values() for figure in _figures(value))


def _figures(value: Any) -> list[str]:
    """The numbers of a cell, to the digits that a spreadsheet program keeps."""
    return [f"{value:.12g}"] if isinstance(value, float | int) else figures(str(value))


def _is_formula(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("=")
