"""`hashpivot halving`."""

from __future__ import annotations

import click

from ..shared import json_option, show

_EPILOG = """
\b
Examples:
  hashpivot halving
  hashpivot halving --number 4 --json
"""


@click.command("halving", epilog=_EPILOG)
@click.option("--number", type=int, help="Past halving whose squeeze to show, 1 to 4 (default: the latest).")
@json_option
def command(number: int | None, as_json: bool) -> None:
    """Schedule, the next halving, and what a past one did to each company.

    The squeeze compares the last whole quarter before the halving with the first whole one after it:
    self-mining revenue per EH/s at work, mining gross margin, and the hashprice that just pays the cost of
    mining.
    """
    from hashpivot.desk import Desk

    show(Desk.open().halving(number), as_json)
