"""`hashpivot site forecast`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from ..shared import json_option, show
from ._options import ahead_options, site_command

if TYPE_CHECKING:
    from hashpivot.desk import SiteDesk

_EPILOG = """
\b
Examples:
  hashpivot site forecast --zone LZ_WEST --at 2023-08-10T14:00
  hashpivot site forecast west_texas --hours 24 --json
  hashpivot site forecast --prices my-prices.csv
"""


@site_command("forecast", _EPILOG, default="west_texas")
@ahead_options
@json_option
def forecast(site: SiteDesk, at: datetime | None, hours: int, learned: bool, as_json: bool) -> None:
    """The real-time price of the next hours as a distribution, and the chance of a coincident peak.

    SITE says the zone, the time zone and the months whose peak counts (default: the example west_texas).
    """
    show(site.forecast(at, hours, learned=learned), as_json)
