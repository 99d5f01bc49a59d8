"""`hashpivot site backtest`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..shared import day_option, echo, json_option, progress_of, show
from ._options import learned_option, site_command

if TYPE_CHECKING:
    from hashpivot.desk import SiteDesk

_EPILOG = """
\b
Examples:
  hashpivot site backtest west_texas
  hashpivot site backtest my-site.toml --zone LZ_WEST --start 2021-01-01 --end 2024-12-31 --regime lagged
  hashpivot site backtest my-site.toml --prices my-prices.csv --html backtest.html
  hashpivot site backtest west_texas --what-if --html backtest.html --excel backtest.xlsx
  hashpivot site backtest west_texas --json
"""


@site_command("backtest", _EPILOG)
@day_option("--start", "First day, market local time (default: a year before the last).")
@day_option("--end", "Last day (default: the last whole day of the prices).")
@click.option(
    "--regime",
    type=click.Choice(["live", "lagged"]),
    default="live",
    show_default=True,
    help="Whether an hour's real-time price is known when acting, or only the one before.",
)
@learned_option
@click.option("--html", type=click.Path(path_type=Path), metavar="PATH", help="Write a page with pictures.")
@click.option("--excel", type=click.Path(path_type=Path), metavar="PATH", help="Write a workbook.")
@click.option(
    "--what-if",
    "with_cases",
    is_flag=True,
    help="Also run other hashprices, power prices and tariffs, and the site without each of its freedoms.",
)
@json_option
def backtest(
    site: SiteDesk,
    start: date | None,
    end: date | None,
    regime: str,
    learned: bool,
    html: Path | None,
    excel: Path | None,
    with_cases: bool,
    as_json: bool,
) -> None:
    """What policies would have earned, hour by hour, each with what it could know.

    Always on; the breakeven threshold most sites run by; the threshold with the day-ahead price, on the
    previous price, and with a plain rule for peaks; the rolling horizon; and perfect foresight, the best
    anyone could have done. SITE is a TOML file or the name of an example.
    """
    result = site.backtest(start, end, regime=regime, learned=learned)
    if with_cases:
        with progress_of("What if") as bar:
            result = result.with_what_if(progress=lambda done, of: bar.advance() if done else bar.start(of))
    written = [html and result.to_html(html), excel and result.to_excel(excel)]
    show(result, as_json)
    if any(written) and not as_json:
        echo("", *(f"Wrote {path}" for path in written if path))
