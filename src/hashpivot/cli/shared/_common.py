"""Options and arguments that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


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
