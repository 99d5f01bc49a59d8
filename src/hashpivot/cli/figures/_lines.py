"""`hashpivot lines`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ..shared import as_of_option, echo, json_option, show

_EPILOG = """
\b
Examples:
  hashpivot lines RIOT
  hashpivot lines BTBT --as-of 2025-03-01 --json
  hashpivot lines CORZ --excel corz.xlsx
  hashpivot lines RIOT --restated      what later filings say otherwise
"""


@click.command("lines", epilog=_EPILOG)
@click.argument("ticker")
@as_of_option
@click.option("--first", is_flag=True, help="Figures as first reported instead of as best known now.")
@click.option("--restated", is_flag=True, help="Only amounts that changed since they were first reported.")
@click.option(
    "--excel",
    type=click.Path(path_type=Path),
    help="Write a workbook too: reported numbers with their sources, live formulas over them.",
)
@json_option
def command(
    ticker: str, as_of: date | None, first: bool, restated: bool, excel: Path | None, as_json: bool
) -> None:
    """Revenue, cost and gross profit of a company by line and quarter.

    Derived quarters are marked with *; `hashpivot trace` shows the formula and operands of any of them.
    """
    from hashpivot.desk import Desk

    if restated and (first or excel):
        raise click.UsageError("--restated goes with neither --first nor --excel")
    desk = Desk.open(as_of=as_of, vintage="first" if first else "latest")
    if restated:
        return show(desk.restated(ticker), as_json)
    lines = desk.lines(ticker)
    show(lines, as_json)
    if excel:
        echo(f"Workbook: {lines.to_excel(excel)}", err=as_json)
    return None
