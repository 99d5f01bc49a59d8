"""`hashpivot season`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..shared import as_of_option, console, json_option, print_json

if TYPE_CHECKING:
    from hashpivot import Desk

_EPILOG = """
\b
Examples:
  hashpivot season                     the latest season
  hashpivot season 2024Q4 --html q4.html
  hashpivot season 2024Q4 --excel q4.xlsx
  hashpivot season 2024Q4 --json
  hashpivot season --compare 2023Q4 2024Q4 2025Q4
"""


@click.command("season", epilog=_EPILOG)
@click.argument("quarters", nargs=-1, metavar="[QUARTER]...")
@click.option(
    "--html",
    type=click.Path(path_type=Path),
    help="Where to write the report (default: season-QUARTER.html here).",
)
@click.option("--no-html", is_flag=True, help="Write no report.")
@click.option(
    "--excel",
    type=click.Path(path_type=Path),
    help="Write a workbook too: reported numbers with their sources, live formulas over them.",
)
@click.option("--compare", is_flag=True, help="How the answers moved over two or more quarters; no report.")
@as_of_option
@json_option
def command(
    quarters: tuple[str, ...],
    html: Path | None,
    no_html: bool,
    excel: Path | None,
    compare: bool,
    as_of: date | None,
    as_json: bool,
) -> None:
    """Four answers for every company of one quarter: a table here and an HTML report.

    Do AI or chips bring meaningful revenue? Do they offset the squeezed mining margin? What growth is
    contracted? How are capital and customers handled? QUARTER is a calendar quarter such as 2024Q4; without
    it, the latest with at least five companies. With --json no report is written unless --html names one.
    """
    from hashpivot import Desk

    _check_usage(quarters, html, no_html, excel, compare)
    desk = Desk.open(as_of=as_of)
    if compare:
        _compare(desk, quarters, as_json)
    else:
        _one(desk, quarters[0] if quarters else None, html, no_html or as_json, excel, as_json)


def _check_usage(
    quarters: tuple[str, ...], html: Path | None, no_html: bool, excel: Path | None, compare: bool
) -> None:
    if html and no_html:
        raise click.UsageError("--html and --no-html exclude each other")
    if compare and (html or excel):
        raise click.UsageError("--compare writes no file: leave out --html and --excel")
    if compare and len(quarters) < 2:
        raise click.UsageError("--compare needs two or more quarters, such as 2024Q4 2025Q4")
    if len(quarters) > 1 and not compare:
        raise click.UsageError("several quarters need --compare")


def _one(
    desk: Desk, quarter: str | None, html: Path | None, no_html: bool, excel: Path | None, as_json: bool
) -> None:
    from hashpivot.report import print_season, write_html, write_season_workbook

    season = desk.season(quarter)
    if as_json:
        print_json(season.to_dict())
    else:
        print_season(season, console())
    if html or not no_html:
        path = write_html(desk.season_report(season), html or Path(f"season-{season.quarter}.html"))
        click.echo(f"Report: {path}", err=as_json)
    if excel:
        click.echo(f"Workbook: {write_season_workbook(season, excel)}", err=as_json)


def _compare(desk: Desk, quarters: tuple[str, ...], as_json: bool) -> None:
    from hashpivot.report import print_comparison
    from hashpivot.season import compare

    comparison = compare([desk.season(quarter) for quarter in quarters])
    if as_json:
        print_json(comparison.to_dict())
    else:
        print_comparison(comparison, console())
