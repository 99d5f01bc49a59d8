"""`hashpivot company`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ..shared import as_of_option, echo, json_option, show

_EPILOG = """
\b
Examples:
  hashpivot company CORZ               tables here, and an HTML page
  hashpivot company CORZ --as-of 2025-03-01 --no-html
  hashpivot company "Core Scientific" --quarters 13 --html corz.html
  hashpivot company CORZ --excel corz.xlsx
  hashpivot company CORZ --json
"""


@click.command("company", epilog=_EPILOG)
@click.argument("ticker")
@as_of_option
@click.option(
    "--quarters",
    type=click.IntRange(1, 40),
    default=9,
    show_default=True,
    help="How many quarters to show, up to the newest with figures.",
)
@click.option(
    "--html",
    type=click.Path(path_type=Path),
    help="Where to write the page (default: company-TICKER.html here).",
)
@click.option("--no-html", is_flag=True, help="Write no page.")
@click.option(
    "--excel",
    type=click.Path(path_type=Path),
    help="Write a workbook too: reported numbers with their sources, live formulas over them.",
)
@json_option
def command(
    ticker: str,
    as_of: date | None,
    quarters: int,
    html: Path | None,
    no_html: bool,
    excel: Path | None,
    as_json: bool,
) -> None:
    """One company whole: lines, statements, operating data, debt, contracts, targets, answers.

    Says for every number that is not there which of four kinds of absence it is and what would end it. With
    --json no page is written unless --html names one.
    """
    from hashpivot.desk import Desk

    if html and no_html:
        raise click.UsageError("--html and --no-html exclude each other")
    company = Desk.open(as_of=as_of).company(ticker, quarters=quarters)
    show(company, as_json)
    if html or not (no_html or as_json):
        echo(f"Page: {company.to_html(html or f'company-{company.ticker}.html')}", err=as_json)
    if excel:
        echo(f"Workbook: {company.to_excel(excel)}", err=as_json)
