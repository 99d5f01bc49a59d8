"""Tables on narrow terminals: whole columns give way, so that no number is ever cut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Column, Table

_FOLDED = 24
"""Columns of the terminal from which a word of a text column is broken: longer are paths and addresses."""


def fit_columns(console: Console, table: Table) -> list[str]:
    """Give a table's columns widths that fit, and take off the last ones that have no room.

    A table that fits as it is stays untouched.

    Args:
        console: Where it will be printed.
        table: The table; its columns are changed.

    Returns:
        The heads of the columns taken off, or how many they are if they have none.
    """
    edges = 2 if table.show_edge else 0
    _, right, _, left = table.padding
    gap = left + right + 1
    widths = [_widths_of(column) for column in table.columns]
    needs, wants = [need for need, _ in widths], [want for _, want in widths]
    if sum(wants) + gap * (len(wants) - 1) + edges <= console.width:
        return []
    kept = next(
        (n for n in range(len(needs), 1, -1) if sum(needs[:n]) + gap * (n - 1) + edges <= console.width), 1
    )
    taken_off, table.columns = table.columns[kept:], table.columns[:kept]
    room = console.width - gap * (kept - 1) - edges
    for column, width in zip(table.columns, _widths(wants[:kept], needs[:kept], room), strict=True):
        column.width = width
        column.overflow = "fold"
    heads = [" ".join(str(column.header).split()) for column in taken_off]
    return heads if all(heads) else ["the last one" if len(heads) == 1 else f"the last {len(heads)}"]


def _widths_of(column: Column) -> tuple[int, int]:
    """The least width at which nothing is cut, and the width at which nothing is broken.

    Cells of numbers, those on the right, are broken nowhere; text and heads are broken between words.
    """
    head, cells = str(column.header), "\n".join(map(str, column.cells))
    want = max(_widest(head.split("\n")), _widest(cells.split("\n")))
    if column.no_wrap:
        need = want
    elif column.justify == "right":
        need = max(_widest(head.split()), _widest(cells.split("\n")))
    else:
        need = min(max(_widest(head.split()), _widest(cells.split())), _FOLDED)
    least = column.min_width or 0
    return max(need, least), max(want, least)


def _widest(texts: Iterable[str]) -> int:
    from rich.cells import cell_len

    return max(map(cell_len, texts), default=0)


def _widths(wants: Sequence[int], needs: Sequence[int], room: int) -> list[int]:
    """The widest columns give way first, none below its need; a single one takes the room there is."""
    widths = list(wants)
    while sum(widths) > room:
        spare = [at for at, width in enumerate(widths) if width > needs[at]]
        if not spare:
            return [max(1, room)] if len(widths) == 1 else widths
        widths[max(spare, key=lambda at: widths[at])] -= 1
    return widths
