"""`hashpivot season`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ..shared import as_of_option, echo, json_option, show

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
    it, the latest in which ten miners have a total and six a breakdown. With --json no report is written
    unless --html names one.
    """
    from hashpivot.desk import Desk

    _check_usage(quarters, html, no_html, excel, compare)
    desk = Desk.open(as_of=as_of)
    if compare:
        return show(desk.compare(quarters), as_json)
    season = desk.season(quarters[0] if quarters else None)
    show(season, as_json)
    if html or not (no_html or as_json):
        echo(f"Report: {season.to_html(html or f'season-{season.quarter}.html')}", err=as_json)
    if excel:
        echo(f"Workbook: {season.to_excel(excel)}", err=as_json)
    return None


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
