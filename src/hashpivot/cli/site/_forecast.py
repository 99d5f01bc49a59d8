"""`hashpivot site forecast`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from ..shared import json_option, print_json, print_table
from ._common import at_option, forecaster, hours_option, learned_option, price_options, read_table

_EPILOG = """
\b
Examples:
  hashpivot site forecast --zone LZ_WEST --at 2023-08-10T14:00
  hashpivot site forecast west_texas --hours 24 --json
  hashpivot site forecast --prices my-prices.csv
"""


@click.command("forecast", epilog=_EPILOG)
@click.argument("site", metavar="[SITE]", default="west_texas")
@price_options
@at_option
@hours_option
@learned_option
@json_option
def forecast(
    site: str,
    zone: str | None,
    prices: Path | None,
    fill_gaps: bool,
    at: datetime | None,
    hours: int,
    learned: bool,
    as_json: bool,
) -> None:
    """The real-time price of the next hours as a distribution, and the chance of a coincident peak.

    SITE says the zone, the time zone and the months whose peak counts (default: the example west_texas).
    """
    from hashpivot.site import load_site, price_outlook

    described = load_site(site)
    table = read_table(described, zone, prices, fill_gaps, open_end=True)
    made = price_outlook(described, table, at, hours, make_forecaster=forecaster(learned=learned))
    answer = made.to_dict()
    if as_json:
        print_json(answer)
        return
    rows = answer["hours"]
    assert isinstance(rows, list)
    keys = ("da_usd_per_mwh", "expected_usd_per_mwh", "p10_usd_per_mwh", "p50_usd_per_mwh", "p90_usd_per_mwh")
    print_table(
        f"{answer['zone']}, real-time price, USD/MWh; "
        f"hashprice {answer['hashprice_usd_per_ph_day']:.2f} USD per PH/s and day",
        ("Hour", "Day-ahead", "Mean", "p10", "p50", "p90", "Peak"),
        [
            (str(row["local"]), *(f"{row[key]:,.1f}" for key in keys), f"{row['peak_probability']:.2%}")
            for row in rows
        ],
    )
