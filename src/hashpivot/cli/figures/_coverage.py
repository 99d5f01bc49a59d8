"""`hashpivot coverage`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..shared import as_of_option, echo, json_option, print_json, show

if TYPE_CHECKING:
    from hashpivot.core import Quarter

_EPILOG = """
\b
Examples:
  hashpivot coverage
  hashpivot coverage CORZ MARA --quarters 2024Q1..2026Q2
  hashpivot coverage --season 2026Q2 --missing      reports to get for one season
  hashpivot coverage --missing --json               with what each would unlock
  hashpivot coverage --html coverage.html
"""


@click.command("coverage", epilog=_EPILOG)
@click.argument("tickers", nargs=-1, metavar="[TICKER]...")
@click.option(
    "--quarters", "span", metavar="Q1..Q2", help="Quarters looked at (default: nine, to the newest held)."
)
@click.option("--season", metavar="QUARTER", help="Look at one season only.")
@click.option("--missing", is_flag=True, help="Print the reports to get, one a line, most answers first.")
@click.option("--html", type=click.Path(path_type=Path), help="Write a page.")
@as_of_option
@json_option
def command(
    tickers: tuple[str, ...],
    span: str | None,
    season: str | None,
    missing: bool,
    html: Path | None,
    as_of: date | None,
    as_json: bool,
) -> None:
    """What the ledger holds by company and quarter, and which reports would fill the holes.

    A cell has a letter for each part of a quarter that is held. Reports to get are ranked by the season's
    verdicts and metrics that each would unlock; a line of --missing is what `hashpivot fetch` will take:
    TICKER FORM QUARTER, with two forms joined by a comma where the kind of filer is not known.
    """
    from hashpivot.desk import Desk

    if span and season:
        raise click.UsageError("--quarters and --season exclude each other")
    coverage = Desk.open(as_of=as_of).coverage(tickers or None, _window(span or season))
    if not missing:
        show(coverage, as_json)
    elif as_json:
        print_json({"missing": coverage.coverage.missing()})
    elif coverage.holes:
        echo(*coverage.missing_text().split("\n"))
    if html:
        echo(f"Page: {coverage.to_html(html)}", err=as_json or missing)


def _window(text: str | None) -> tuple[Quarter, ...] | None:
    from hashpivot.coverage import parse_window

    return parse_window(text) if text else None
