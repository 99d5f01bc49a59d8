"""`hashpivot season`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ._common import as_of_option, console, json_option, print_json

_EPILOG = """
\b
Examples:
  hashpivot season                     the latest season
  hashpivot season 2024Q4 --html q4.html
  hashpivot season 2024Q4 --json
"""


@click.command("season", epilog=_EPILOG)
@click.argument("quarter", required=False)
@click.option(
    "--html",
    type=click.Path(path_type=Path),
    help="Where to write the report (default: season-QUARTER.html here).",
)
@click.option("--no-html", is_flag=True, help="Write no report.")
@as_of_option
@json_option
def command(quarter: str | None, html: Path | None, no_html: bool, as_of: date | None, as_json: bool) -> None:
    """Four answers for every company of one quarter: a table here and an HTML report.

    Do AI or chips bring meaningful revenue? Do they offset the squeezed mining margin? What growth is
    contracted? How are capital and customers handled? QUARTER is a calendar quarter such as 2024Q4; without
    it, the latest with at least five companies. With --json no report is written unless --html names one.
    """
    from hashpivot import Desk
    from hashpivot.report import print_season, write_html

    if html and no_html:
        raise click.UsageError("--html and --no-html exclude each other")
    season = Desk.open(as_of=as_of).season(quarter)
    if as_json:
        print_json(season.to_dict())
    else:
        print_season(season, console())
    if html or not (no_html or as_json):
        path = write_html(season, html or Path(f"season-{season.quarter}.html"))
        click.echo(f"Report: {path}", err=as_json)
