"""`hashpivot site forecast`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from ..shared import json_option, print_json, print_table
from ._options import ahead_options, forecaster, site_command

if TYPE_CHECKING:
    from hashpivot.site import PriceHistory, Site

_EPILOG = """
\b
Examples:
  hashpivot site forecast --zone LZ_WEST --at 2023-08-10T14:00
  hashpivot site forecast west_texas --hours 24 --json
  hashpivot site forecast --prices my-prices.csv
"""


@site_command("forecast", _EPILOG, default="west_texas", open_end=True)
@ahead_options
@json_option
def forecast(
    site: Site, prices: PriceHistory, at: datetime | None, hours: int, learned: bool, as_json: bool
) -> None:
    """The real-time price of the next hours as a distribution, and the chance of a coincident peak.

    SITE says the zone, the time zone and the months whose peak counts (default: the example west_texas).
    """
    from hashpivot.bitcoin import NetworkHistory
    from hashpivot.site import price_forecast

    make, network = forecaster(learned=learned), NetworkHistory.load()
    made = price_forecast(site, prices, at, hours, network=network, make_forecaster=make)
    answer = made.to_dict()
    if as_json:
        print_json(answer)
        return
    keys = ("da_usd_per_mwh", "expected_usd_per_mwh", "p10_usd_per_mwh", "p50_usd_per_mwh", "p90_usd_per_mwh")
    print_table(
        f"{answer['zone']}, real-time price, USD/MWh; "
        f"hashprice {answer['hashprice_usd_per_ph_day']:.2f} USD per PH/s and day",
        ("Hour", "Day-ahead", "Mean", "p10", "p50", "p90", "Peak"),
        [
            (str(row["local"]), *(f"{row[key]:,.1f}" for key in keys), f"{row['peak_probability']:.2%}")
            for row in made.records()
        ],
    )
