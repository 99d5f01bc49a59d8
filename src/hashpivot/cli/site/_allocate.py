"""`hashpivot site allocate`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ..shared import day_option, json_option, show
from ._options import site_command

if TYPE_CHECKING:
    from hashpivot.desk import SiteDesk

_EPILOG = """
\b
Examples:
  hashpivot site allocate mine_weighing_ai
  hashpivot site allocate my-site.toml --start 2023-01-01 --end 2024-12-31 --json
"""


@site_command("allocate", _EPILOG)
@day_option(
    "--start", "First day of the prices that stand for the years to come (default: a year before the last)."
)
@day_option("--end", "Last of these days (default: the last whole day).")
@json_option
def allocate(site: SiteDesk, start: date | None, end: date | None, as_json: bool) -> None:
    """How many megawatts to keep mining, convert to AI or leave flexible, and at which hashprice that flips.

    The terms of the conversion and the scenarios of hashprice stand in the site's [conversion].
    """
    show(site.allocate(start, end), as_json)
