"""`hashpivot site markets`."""

from __future__ import annotations

import click

from ..shared import json_option, show

_EPILOG = """
\b
Examples:
  hashpivot site markets
  hashpivot site markets --json
"""


@click.command("markets", epilog=_EPILOG)
@json_option
def markets(as_json: bool) -> None:
    """The power markets a site can name by its key `market`.

    Local time, gate and publication of the day-ahead auction, currency, interval, and how reserve is settled.
    With --json every rule with the day it holds from and its source.
    """
    from hashpivot.desk import SiteMarkets

    show(SiteMarkets(), as_json)
