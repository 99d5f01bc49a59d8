"""Where a result is printed, and the plain table most of them print.

Only this module hands text to Rich, always as `styled` text: nothing from outside is read as markup, acts on
the terminal, or forges a line.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import cache
from os import environ
from typing import TYPE_CHECKING, Any

from hashpivot.core import terminal_line, terminal_text, write_data

from ..shared import printable
from ._fit_columns import fit_columns

if TYPE_CHECKING:
    from rich.box import Box
    from rich.console import Console, ConsoleOptions
    from rich.table import Table
    from rich.text import Text

    from ..shared import TextTable

DASH = "–"
"""Where there is no value: the line below the table counts the kinds of absence apart, or JSON names it."""

_COLUMNS = 120
"""Width where there is no terminal: the widest table of a season fits."""


def terminal_console(*, stderr: bool = False) -> Console:
    """Open a console as wide as the terminal, else as the variable COLUMNS says, else of 120 columns.

    Args:
        stderr: Standard error instead of standard output.
    """
    from rich.console import Console

    file = printable(sys.stderr if stderr else sys.stdout)
    as_wide = file.isatty() or environ.get("COLUMNS", "").isdecimal()  # Rich reads the variable
    return Console(file=file, width=None if as_wide else _COLUMNS, highlight=False, stderr=stderr)


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
    """Print a table for programs, such as CSV; see `write_data`."""
    write_data(console.file, text)  # Rich would leave controls out


def new_table(**layout: Any) -> Table:
    """Make a table with a rule below its heads; `layout` is what Rich takes besides."""
    from rich.table import Table

    return Table(box=_head_rule(), pad_edge=False, **layout)


@cache
def _head_rule() -> Box:
    """A rule below the heads; of hyphens, and as wide, where the code page has no lines."""
    from rich.box import SIMPLE_HEAD, Box

    plain = Box(str(SIMPLE_HEAD).replace("─", "-"), ascii=True)

    class HeadRule(Box):
        def substitute(self, options: ConsoleOptions, safe: bool = True) -> Box:
            return plain if options.ascii_only else super().substitute(options, safe)

    return HeadRule(str(SIMPLE_HEAD))


def add_column(table: Table, head: str, **layout: Any) -> None:
    """Add a column to a table; its head may be of several lines."""
    from rich.text import Text

    table.add_column(Text(terminal_text(head)), **layout)


def add_row(table: Table, cells: Iterable[str | Text]) -> None:
    """Add a row to a table; a cell is a text, or `styled`."""
    table.add_row(*(styled(cell) if isinstance(cell, str) else cell for cell in cells))


def show_table(console: Console, table: Table, title: str = "") -> None:
    """Print a finished table below its title, without the last columns the terminal has no room for.

    No word or number is cut: columns give way whole, and a line below the table names them.
    """
    if title:
        print_words(console, title, "bold")
    left_out = fit_columns(console, table)
    console.print(table)
    if left_out:
        print_words(console, f"Left out at {console.width} columns: {', '.join(left_out)}.")


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
    """Print a table and the sentences below it; of one without rows only the sentences."""
    if table.rows:
        print_table(console, table.title, table.header, table.rows, left=table.left)
    print_sentences(console, *table.notes)


def print_sentences(console: Console, *sentences: str) -> None:
    """Print sentences, broken between words on a terminal, whole into a file or pipe."""
    for words in sentences:
        if console.is_terminal:
            print_words(console, words)
        else:
            print_line(console, words)


def print_text_table(console: Console, table: TextTable) -> None:
    """Print a table of finished text, and the lines below it; of one without rows only the lines."""
    if table.rows:
        print_table(console, table.title, table.header, table.rows, left=table.left)
    if table.notes:
        print_line(console, *table.notes)
