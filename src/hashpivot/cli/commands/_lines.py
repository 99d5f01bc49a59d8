"""`hashpivot lines`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..shared import as_of_option, json_option, print_json, print_table

if TYPE_CHECKING:
    from hashpivot import CompanyLines
    from hashpivot.core import Figure, Line, Missing
    from hashpivot.ledger import QuarterLines, Restatement

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
    from hashpivot import Desk
    from hashpivot.core import NoData

    if restated and (first or excel):
        raise click.UsageError("--restated goes with neither --first nor --excel")
    desk = Desk.open(as_of=as_of, vintage="first" if first else "latest")
    if restated:
        return _show_restated(ticker, desk.restated(ticker), as_json)
    lines = desk.lines(ticker)
    if not lines.quarters:
        when = f" as of {as_of}" if as_of else ""
        raise NoData(
            f"no revenue of {lines.ticker} is known{when}", hint="add a filing with hashpivot add FILE"
        )
    if as_json:
        print_json(lines.to_dict())
    else:
        _print(lines)
    if excel:
        from hashpivot.report import write_lines_workbook

        path = write_lines_workbook(lines.quarters, lines.view, excel)
        click.echo(f"Workbook: {path}", err=as_json)
    return None


def _show_restated(ticker: str, found: list[Restatement], as_json: bool) -> None:
    if as_json:
        print_json({"ticker": ticker.upper(), "restated": [each.to_dict() for each in found]})
        return
    header = ("Quarter", "Measure", "Line", "First", "known", "Now", "known", "Change")
    rows = [
        (
            str(each.quarter),
            each.latest.measure.replace("_", " "),
            str(each.latest.line or "total"),
            f"{each.first.value / 1_000_000:,.1f}",
            str(each.first.known),
            f"{each.latest.value / 1_000_000:,.1f}",
            str(each.latest.known),
            f"{(each.latest.value - each.first.value) / 1_000_000:+,.1f}",
        )
        for each in found
    ]
    print_table(f"{ticker.upper()}: amounts reported again otherwise, USD million", header, rows, left=3)
    if not found:
        click.echo("No quarterly amount has changed by more than its rounding since it was first reported.")


def _print(lines: CompanyLines) -> None:
    from hashpivot.core import Line

    for measure, title in (("revenue", "Revenue"), ("gross_profit", "Gross profit")):
        used = [line for line in Line if any(line in getattr(q, measure) for q in lines.quarters)]
        if measure == "gross_profit" and not used:
            click.echo("Gross profit: no cost of revenue by line is disclosed.")
            continue
        header = ["Quarter", *(line.heading for line in used), *(["Total"] if measure == "revenue" else [])]
        rows = [_row(quarter, measure, used) for quarter in lines.quarters]
        print_table(f"{lines.ticker}: {title}, USD million (* derived)", header, rows)


def _row(quarter: QuarterLines, measure: str, used: list[Line]) -> list[str]:
    found = getattr(quarter, measure)
    cells = [_cell(found.get(line)) for line in used]
    return [str(quarter.quarter), *cells, *([_cell(quarter.total_revenue)] if measure == "revenue" else [])]


def _cell(figure: Figure | Missing | None) -> str:
    from hashpivot.core import Figure, Kind

    if not isinstance(figure, Figure):
        return "" if figure is None else "n/d"
    star = "*" if figure.kind is Kind.DERIVED and figure.measure != "gross_profit" else ""
    return f"{figure.value / 1_000_000:,.1f}{star}"
