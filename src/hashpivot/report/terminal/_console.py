"""Where a result is printed, and the plain table most of them print."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

DASH = "–"
"""Where there is no value: the line below the table counts the kinds of absence apart, or JSON names it."""

_COLUMNS = 120
"""Width where there is no terminal: the widest table of a season fits."""


def terminal_console() -> Console:
    """Open a console as wide as the terminal, or of 120 columns where there is none."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else _COLUMNS, highlight=False)


def print_table(
    console: Console, title: str, header: Sequence[str], rows: Iterable[Sequence[str]], *, left: int = 1
) -> None:
    """Print a table; the first `left` columns are text, the others are right-aligned numbers."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for position, name in enumerate(header):
        table.add_column(name, justify="left" if position < left else "right")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(Text(title, style="bold"))
    console.print(table)
