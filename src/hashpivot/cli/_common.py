"""What several commands share: the JSON switch, tables, progress."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON with stable keys instead of a table."
)


def print_json(answer: Any) -> None:
    """Print an answer as JSON to standard output."""
    click.echo(json.dumps(answer, indent=2, ensure_ascii=False))


def console() -> Console:
    """A console as wide as the terminal, or 120 columns where there is none."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 120, highlight=False, soft_wrap=False)


def print_table(title: str, header: Sequence[str], rows: Iterable[Sequence[str]], *, left: int = 1) -> None:
    """Print a table; the first `left` columns are text, the others are right-aligned numbers."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for position, name in enumerate(header):
        table.add_column(name, justify="left" if position < left else "right")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console().print(table)
