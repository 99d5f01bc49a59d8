"""`hashpivot site allocate`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from ..shared import day_option, json_option, print_json, print_table
from ._options import site_command, whole_days

if TYPE_CHECKING:
    from hashpivot.site import Allocation, PriceHistory, Site

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
def allocate(site: Site, prices: PriceHistory, start: date | None, end: date | None, as_json: bool) -> None:
    """How many megawatts to keep mining, convert to AI or leave flexible, and at which hashprice that flips.

    The terms of the conversion and the scenarios of hashprice stand in the site's [conversion].
    """
    from hashpivot.site import Allocation

    made = Allocation(site, whole_days(site, prices, start, end))
    if as_json:
        print_json(made.to_dict())
    else:
        _print(made)


def _print(made: Allocation) -> None:
    answer, best = made.to_dict(), made.best()
    header = ("AI MW", "Mining MW", "of it flexible", "Expected NPV USD", "Worst scenario USD", "")
    rows = [
        (
            f"{split.ai_mw:,.0f}",
            f"{split.mining_mw:,.0f}",
            f"{split.flexible_mw:,.0f}",
            f"{split.expected_usd:,.0f}",
            f"{split.worst_usd:,.0f}",
            "best" if split.ai_mw == best.ai_mw else "",
        )
        for split in made.splits()
    ]
    print_table(f"{made.site.name}: megawatts converted to AI ({made.terms.kind})", header, rows, left=0)
    scenarios = answer["scenarios"]
    assert isinstance(scenarios, list)
    print_table(
        "Net present value of a megawatt: mining without ever stopping, mining while it pays, AI",
        ("Hashprice USD/PH/day", "Probability", "Never stopping USD", "Flexible USD", "AI USD"),
        [
            (
                f"{row['hashprice_usd_per_ph_day']:g}",
                f"{row['probability']:.0%}",
                f"{row['always_on_npv_usd_per_mw']:,.0f}",
                f"{row['mining_npv_usd_per_mw']:,.0f}",
                f"{made.ai_npv_usd_per_mw:,.0f}",
            )
            for row in scenarios
        ],
        left=0,
    )
    flip = made.flip_usd_per_ph_day
    if isinstance(flip, float):
        click.echo(
            f"Below a hashprice of {flip:,.1f} USD per PH/s and day in the first year, AI is worth more."
        )
    else:
        click.echo(f"No flip: {flip.reason}.")
