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
    """Cell by cell where every cell is where it was, else by what the rows hold."""
    if before.keys() == after.keys():
        yield from _compare_in_place(before, after, where)
    else:
        yield from _compare_rows(before, after, where)


def _compare_in_place(before: Cells, after: Cells, where: str) -> Iterator[Finding]:
    changed = _changed(before, after)
    figures_changed = [name for name in changed if _figures(before[name]) != _figures(after[name])]
    for name in figures_changed:
        yield Finding(Level.DIFFERENT, f"{where}!{name}", shown(before[name]), shown(after[name]))
    if changed and not figures_changed:
        first = changed[0]
        place = f"{where}!{first} words ({len(changed)} cells)"
        yield Finding(Level.WORDS, place, shown(before[first]), shown(after[first]))


def _compare_rows(before: Cells, after: Cells, where: str) -> Iterator[Finding]:
    """Rows have moved or come: each figure must still be in a row of the same name, or somewhere at least."""
    one, other = _by_row(before), _by_row(after)
    gone = _only_figures(one) - _only_figures(other)
    for (label, figure), count in one.items():
        if missing := min(count, gone[figure]):
            gone[figure] -= missing
            yield Finding(Level.DIFFERENT, f"{where} row {shown(label, 60)}", figure, ABSENT)
    added = (_only_figures(other) - _only_figures(one)).total()
    moved = (one - other).total()
    sides = f"{len(before)} cells", f"{len(after)} cells"
    yield Finding(Level.WORDS, f"{where} {added} figures added, {moved} in rows of another name", *sides)


def _compare_formulas(before: Cells, after: Cells, where: str) -> Iterator[Finding]:
    """Formulas may be written otherwise; those that became plain values are counted."""
    changed = [
        address
        for address in _changed(before, after)
        if _is_formula(before.get(address)) or _is_formula(after.get(address))
    ]
    if not changed:
        return
    one, other = (sum(map(_is_formula, cells.values())) for cells in (before, after))
    what = "fewer formulas" if other < one else "formulas"
    first = changed[0]
    sides = (
        f"{count} formulas, {shown(cells.get(first, ABSENT))}"
        for count, cells in ((one, before), (other, after))
    )
    yield Finding(Level.WORDS, f"{where}!{first} {what} ({len(changed)} cells)", *sides)


def _changed(before: Cells, after: Cells) -> list[str]:
    """Addresses of the cells that hold something else."""
    return [address for address in {**before, **after} if before.get(address) != after.get(address)]


def _by_row(cells: Cells) -> Counter[tuple[str, str]]:
    """How often each figure stands in rows of each name; a row's name is its first text."""
    names: dict[str, str] = {}
    for address, value in cells.items():
        if isinstance(value, str) and not _is_formula(value):
            names.setdefault(_row(address), value)
    return Counter(
        (names.get(_row(address), ""), figure)
        for address, value in cells.items()
        for figure in _figures(value)
    )


def _only_figures(rows: Counter[tuple[str, str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for (_, figure), count in rows.items():
        total[figure] += count
    return total


def _row(address: str) -> str:
    return address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _figures(value: Any) -> list[str]:
    """The numbers of a cell, to the digits that a spreadsheet program keeps."""
    return [f"{value:.12g}"] if isinstance(value, float | int) else figures(str(value))


def _is_formula(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("=")
