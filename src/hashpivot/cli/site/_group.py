"""`hashpivot site`: the group of its commands."""

from __future__ import annotations

import click

from ._allocate import allocate
from ._backtest import backtest
from ._forecast import forecast
from ._plan import plan

_EPILOG = """
\b
Examples:
  hashpivot site backtest west_texas --start 2024-01-01 --end 2024-12-31
  hashpivot site plan west_texas --at 2024-08-20T14:00
  hashpivot site allocate mine_weighing_ai
"""


@click.group("site", epilog=_EPILOG)
def command() -> None:
    """Dispatch, forecast and backtest of a power site.

    A site is a TOML file (docs/methods/site.md), or the name of an example: ai_campus, fixed_block,
    hedged_reserves, mine_weighing_ai, west_texas.
    """


for _inner in (backtest, plan, forecast, allocate):
    command.add_command(_inner)
