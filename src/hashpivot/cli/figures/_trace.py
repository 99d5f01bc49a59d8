"""`hashpivot trace`."""

from __future__ import annotations

from datetime import date

import click

from ..shared import as_of_option, echo, json_option, print_json

_EPILOG = """
\b
Examples:
  hashpivot trace RIOT/2024Q4/revenue/self_mining
  hashpivot trace BTBT/2024Q4/total_revenue/total --json
"""


@click.command("trace", epilog=_EPILOG)
@click.argument("figure")
@as_of_option
@json_option
def command(figure: str, as_of: date | None, as_json: bool) -> None:
    """Where a number comes from, down to the cell.

    FIGURE is an address, TICKER/PERIOD/MEASURE/LINE, for the best known value, or a full figure id with @ as
    every command's --json shows it.
    """
    from hashpivot.desk import Desk

    trace = Desk.open(as_of=as_of).trace(figure)
    if as_json:
        print_json(trace.to_dict())
    else:
        echo(*str(trace).split("\n"))
