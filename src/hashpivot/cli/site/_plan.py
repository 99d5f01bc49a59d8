"""`hashpivot site plan`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..shared import echo_data, json_option, show
from ._options import ahead_options, live_options, site_command

if TYPE_CHECKING:
    from hashpivot.desk import SiteDesk

_EPILOG = """
\b
Examples:
  hashpivot site plan west_texas --at 2023-08-10T14:00
  hashpivot site plan my-site.toml --prices my-prices.csv --hours 24 --csv
  hashpivot site plan my-site.toml --prices my-prices.csv --state my-site.state.json
  hashpivot site plan my-site.toml --live --state my-site.state.json
  hashpivot site plan west_texas --json
"""


@site_command("plan", _EPILOG)
@live_options
@ahead_options
@click.option(
    "--state",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where the site stands: read at first, written after the first hour planned.",
)
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, one row an hour and group.")
@json_option
def plan(
    site: SiteDesk,
    at: datetime | None,
    hours: int,
    learned: bool,
    state: Path | None,
    as_csv: bool,
    as_json: bool,
) -> None:
    """A schedule for the next hours, with a reason for each.

    Real-time prices from the first hour on are not looked at; day-ahead prices of the next day are known
    from 14:00 market local time, before that those of a day earlier stand in (marked *). In --prices the last
    hours may have a day-ahead price only: they are the ones planned.

    With --state, called again each hour, minimum times, ramps, hours off and interruptions used and reserve
    sold hold across calls. An hour planned twice stays as it was decided.
    """
    from hashpivot.core import InvalidInput

    if as_csv and as_json:
        raise InvalidInput("--csv and --json exclude each other")
    result = site.plan(at, hours, learned=learned, state=state)
    if as_csv:
        echo_data(result.csv())
    else:
        show(result, as_json)
