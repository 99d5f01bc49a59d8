"""What several commands share: switches, JSON, tables, progress."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from hashpivot.desk import DeskResult

F = TypeVar("F", bound=Callable[..., Any])

MANY = 3  # files from which a progress bar is worth showing


def day_option(name: str, text: str) -> Callable[[F], F]:
    """An option that takes an ISO date."""
    return click.option(
        name,
        type=click.DateTime(["%Y-%m-%d"]),
        callback=lambda _context, _option, value: value.date() if value else None,
        metavar="YYYY-MM-DD",
        help=text,
    )


json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON with stable keys instead of a table."
)
as_of_option = day_option("--as-of", "Use only what was known on that day.")
power_option = click.option(
    "--power",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Months of the company's site, as `site backtest --json` prints them; repeated for several sites.",
)
filed_option = day_option("--filed", "Day it was filed; else what the file says, or the SEC deadline.")
ticker_option = click.option(
    "--ticker", default="", metavar="TICKER", help="Whose it is, if a file does not say."
)
files_argument = click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)


def print_json(answer: Any) -> None:
    """Print an answer as JSON to standard output."""
    click.echo(json.dumps(answer, indent=2, ensure_ascii=False, allow_nan=False))


def with_progress(files: Sequence[Path], doing: str) -> Iterable[Path]:
    """The files, with a progress bar on a terminal if there are many."""
    if len(files) < MANY or not sys.stderr.isatty():
        return files
    from rich.console import Console
    from rich.progress import track

    return track(files, doing, console=Console(stderr=True), transient=True)


def show(result: DeskResult, as_json: bool) -> None:
    """Print a result, as JSON or as a table."""
    if as_json:
        print_json(result.to_dict())
    else:
        result.print()


def complain(error: Exception) -> None:
    """Print an error to standard error."""
    click.echo(f"hashpivot: {error}", err=True)
