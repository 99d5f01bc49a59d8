"""Where a result is printed, and the plain table most of them print.

Only this module hands text to Rich, always as `styled` text: nothing from outside is read as markup, acts on
the terminal, or forges a line.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from os import environ
from typing import TYPE_CHECKING, Any

from hashpivot.core import terminal_line, terminal_text

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from ..shared import TextTable

DASH = "–"
"""Where there is no value: the line below the table counts the kinds of absence apart, or JSON names it."""

_GAP = 3
"""Columns of the terminal between two of a table."""

_COLUMNS = 120
"""Width where there is no terminal: the widest table of a season fits."""


def terminal_console(*, stderr: bool = False) -> Console:
    """Open a console as wide as the terminal, else as the variable COLUMNS says, else of 120 columns.

    Args:
        stderr: Standard error instead of standard output.
    """
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    as_wide = stream.isatty() or environ.get("COLUMNS", "").isdecimal()  # Rich reads the variable
    return Console(width=None if as_wide else _COLUMNS, highlight=False, stderr=stderr)


def styled(text: str, style: str = "") -> Text:
    """One line of text for a terminal, safe whatever it holds."""
    from rich.text import Text

    return Text(terminal_line(text), style)


def print_line(console: Console, *lines: str) -> None:
    """Print lines as they are, however long; an empty one if none is given."""
    for line in lines or ("",):
        console.out(terminal_line(line), highlight=False)


def print_words(console: Console, words: str, style: str = "") -> None:
    """Print a sentence, broken between words where the terminal ends."""
    console.print(styled(words, style))


def print_data(console: Console, text: str) -> None:
    """Print a table for programs, such as CSV: as it is into a file or pipe, made safe on a terminal."""
    console.file.write(terminal_text(text) if console.is_terminal else text)  # Rich would leave controls out


def new_table(**layout: Any) -> Table:
    """Make a table with a rule below its heads; `layout` is what Rich takes besides."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    return Table(box=SIMPLE_HEAD, pad_edge=False, **layout)


def add_column(table: Table, head: str, **layout: Any) -> None:
    """Add a column to a table; its head may be of several lines."""
    from rich.text import Text

    table.add_column(Text(terminal_text(head)), **layout)


def add_row(table: Table, cells: Iterable[str | Text]) -> None:
    """Add a row to a table; a cell is a text, or `styled`."""
    table.add_row(*(styled(cell) if isinstance(cell, str) else cell for cell in cells))


def show_table(console: Console, table: Table, title: str = "") -> None:
    """Print a finished table below its title."""
    if title:
        print_words(console, title, "bold")
    console.print(table)


def print_table(
    console: Console, title: str, header: Sequence[str], rows: Iterable[Sequence[str]], *, left: int = 1
) -> None:
    """Print a table; the first `left` columns are text, the others are right-aligned numbers."""
    table = new_table()
    for position, name in enumerate(header):
        add_column(table, name, justify="left" if position < left else "right")
    for row in rows:
        add_row(table, row)
    show_table(console, table, title)


def print_fitting_table(console: Console, table: TextTable) -> None:
    """Print a table without the last columns that the terminal has no room for, and name those."""
    kept = _fitting(console.width, table)
    header, rows = table.header[:kept], [row[:kept] for row in table.rows]
    if rows:
        print_table(console, table.title, header, rows, left=table.left)
    if kept < len(table.header):
        left_out = ", ".join(name.replace("\n", " ") for name in table.header[kept:])
        print_words(console, f"Left out at {console.width} columns: {left_out}.")
    print_sentences(console, *table.notes)


def print_sentences(console: Console, *sentences: str) -> None:
    """Print sentences, broken between words on a terminal, whole into a file or pipe."""
    for words in sentences:
        if console.is_terminal:
            print_words(console, words)
        else:
            print_line(console, words)


def _fitting(width: int, table: TextTable) -> int:
    """How many of a table's first columns fit, at least one."""
    from rich.cells import cell_len

    used = 2
    for at, name in enumerate(table.header):
        words = [*name.split(), *(row[at] for row in table.rows)]
        used += max((cell_len(each) for each in words), default=0) + (_GAP if at else 0)
        if used > width and at:
            return at
    return len(table.header)


def print_text_table(console: Console, table: TextTable) -> None:
    """Print a table of finished text, and the lines below it; of one without rows only the lines."""
    if table.rows:
        print_table(console, table.title, table.header, table.rows, left=table.left)
    if table.notes:
        print_line(console, *table.notes)
