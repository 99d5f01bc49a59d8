"""`hashpivot site`: the group of its commands."""

from __future__ import annotations

import click

from hashpivot.site import example_sites

from ._allocate import allocate
from ._backtest import backtest
from ._forecast import forecast
from ._markets import markets
from ._plan import plan
from ._run import replay, run

_EPILOG = """
\b
Examples:
  hashpivot site backtest west_texas --start 2024-01-01 --end 2024-12-31
  hashpivot site plan west_texas --at 2024-08-20T14:00
  hashpivot site run my-site.toml --live --state my-site.state.json --csv schedule.csv
  hashpivot site allocate mine_weighing_ai
"""


class _SiteGroup(click.Group):
    """A group that lists the example sites after its commands."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_commands(ctx, formatter)
        with formatter.section("Example sites"):
            formatter.write_dl(list(example_sites().items()))


@click.group("site", cls=_SiteGroup, epilog=_EPILOG)
def command() -> None:
    """Dispatch, forecast and backtest of a power site.

    A site is a TOML file (docs/methods/site.md), or the name of an example.
    """


for _inner in (backtest, plan, run, replay, forecast, allocate, markets):
    command.add_command(_inner)
