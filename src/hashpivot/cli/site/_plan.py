"""`hashpivot site plan`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..shared import json_option, print_json, print_table
from ._common import (
    at_option,
    forecaster,
    hours_option,
    learned_option,
    price_options,
    read_table,
    site_argument,
)

if TYPE_CHECKING:
    from hashpivot.site import Plan

_EPILOG = """
\b
Examples:
  hashpivot site plan west_texas --at 2023-08-10T14:00
  hashpivot site plan my-site.toml --prices my-prices.csv --hours 24 --csv
  hashpivot site plan west_texas --json
"""


@click.command("plan", epilog=_EPILOG)
@site_argument
@price_options
@at_option
@hours_option
@learned_option
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, one row an hour and group.")
@json_option
def plan(
    site: str,
    zone: str | None,
    prices: Path | None,
    fill_gaps: bool,
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
    from hashpivot.core import InvalidInput
    from hashpivot.site import load_site
    from hashpivot.site import plan as make

    if as_csv and as_json:
        raise InvalidInput("--csv and --json exclude each other")
    described = load_site(site)
    table = read_table(described, zone, prices, fill_gaps, open_end=True)
    made = make(described, table, at, hours, make_forecaster=forecaster(learned=learned))
    if as_json:
        print_json(made.to_dict())
    elif as_csv:
        click.echo(_csv(made), nl=False)
    else:
        _print(made)


def _csv(made: Plan) -> str:
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    columns = (
        "ts_utc",
        "local",
        "da_usd_per_mwh",
        "expected_usd_per_mwh",
        "p10_usd_per_mwh",
        "p90_usd_per_mwh",
    )
    inner = ("name", "mode", "power_mw", "reserve_mw", "reason")
    writer.writerow([*columns, "peak_probability", *inner])
    for t in range(len(made.ways)):
        hour = made.hour(t)
        head = [hour[name] for name in (*columns, "peak_probability")]
        for group in _rows(hour["groups"]):
            writer.writerow([*head, *(group[name] for name in inner)])
        for load in _rows(hour["ai"]):
            mode = "interrupted" if load["interrupted"] else "serves"
            writer.writerow([*head, load["name"], mode, "", "", load["reason"]])
    return text.getvalue()


def _rows(value: object) -> list[dict[str, object]]:
    assert isinstance(value, list)
    return value


def _print(made: Plan) -> None:
    hours = made.view.known
    rows = []
    for t in range(len(made.ways)):
        hour = made.hour(t)
        lines = [(str(g["name"]), str(g["reason"])) for g in _rows(hour["groups"])]
        lines += [(str(a["name"]), str(a["reason"])) for a in _rows(hour["ai"])]
        star = "*" if hour["da_stand_in"] else ""
        prices = (f"{hour['da_usd_per_mwh']:.0f}{star}", f"{hour['p90_usd_per_mwh']:.0f}")
        for number, line in enumerate(lines):
            rows.append(
                (str(hour["local"]) if not number else "", *line, *(prices if not number else ("", "")))
            )
    title = f"{hours.site.name}, {hours.table.zone}, USD/MWh"
    print_table(title, ("Hour", "What", "How and why", "Day-ahead", "p90"), rows, left=3)
    for note in hours.notes:
        click.echo(f"Note: {note}.")
