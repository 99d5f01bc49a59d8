"""`hashpivot site plan`."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import TYPE_CHECKING

import click

from ..shared import json_option, print_json, print_table
from ._options import ahead_options, forecaster, site_command

if TYPE_CHECKING:
    from hashpivot.site import Plan, PriceHistory, Site

_EPILOG = """
\b
Examples:
  hashpivot site plan west_texas --at 2023-08-10T14:00
  hashpivot site plan my-site.toml --prices my-prices.csv --hours 24 --csv
  hashpivot site plan west_texas --json
"""


@site_command("plan", _EPILOG, open_end=True)
@ahead_options
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, one row an hour and group.")
@json_option
def plan(
    site: Site,
    prices: PriceHistory,
    at: datetime | None,
    hours: int,
    learned: bool,
    as_csv: bool,
    as_json: bool,
) -> None:
    """A schedule for the next hours, with a reason for each.

    Real-time prices from the first hour on are not looked at; day-ahead prices of the next day are known
    from 14:00 market local time, before that those of a day earlier stand in (marked *). In --prices the last
    hours may have a day-ahead price only: they are the ones planned.
    """
    from hashpivot.bitcoin import NetworkHistory
    from hashpivot.core import InvalidInput
    from hashpivot.site import plan as schedule

    if as_csv and as_json:
        raise InvalidInput("--csv and --json exclude each other")
    make, network = forecaster(learned=learned), NetworkHistory.load()
    made = schedule(site, prices, at, hours, network=network, make_forecaster=make)
    if as_json:
        print_json(made.to_dict())
    elif as_csv:
        click.echo(_csv(made), nl=False)
    else:
        _print(made)


def _csv(made: Plan) -> str:
    rows, text = made.records(), io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _print(made: Plan) -> None:
    hours = made.forecast.hours
    rows: list[tuple[str, ...]] = []
    for t in range(len(made.modes)):
        hour = made.hour(t)
        lines = [(part["name"], part["reason"]) for part in (*hour["groups"], *hour["ai"])]
        star = "*" if hour["da_stand_in"] else ""
        prices = (f"{hour['da_usd_per_mwh']:.0f}{star}", f"{hour['p90_usd_per_mwh']:.0f}")
        for number, line in enumerate(lines):
            rows.append((hour["local"] if not number else "", *line, *(prices if not number else ("", ""))))
    title = f"{hours.site.name}, {hours.prices.zone}, USD/MWh"
    print_table(title, ("Hour", "What", "How and why", "Day-ahead", "p90"), rows, left=3)
    for note in hours.notes:
        click.echo(f"Note: {note}.")
