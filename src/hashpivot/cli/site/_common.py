"""What the commands of a site share: where prices come from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from hashpivot.site import Forecaster, Site, Table

F = TypeVar("F", bound=Callable[..., Any])

site_argument = click.argument("site", metavar="SITE")


def price_options(function: F) -> F:
    """`--zone`, `--prices` and `--fill-gaps`."""
    for option in (
        click.option("--fill-gaps", is_flag=True, help="Fill gaps of up to 3 hours in --prices, and say so."),
        click.option(
            "--prices",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Your own prices, CSV or Parquet.",
        ),
        click.option("--zone", metavar="ZONE", help="Load zone (default: the site's; LZ_WEST is shipped)."),
    ):
        function = option(function)
    return function


at_option = click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d"]),
    metavar="YYYY-MM-DDTHH:MM",
    help="First hour, market local time (default: the first without a real-time price, else 14:00 on "
    "the last day but one).",
)
learned_option = click.option(
    "--learned",
    is_flag=True,
    help="Forecast with boosted trees (extra `site`), anew each hour, instead of the day-ahead price and "
    "its usual error.",
)
hours_option = click.option(
    "--hours", type=int, default=34, show_default=True, metavar="N", help="Hours ahead, 1 to 48."
)


def read_table(
    site: Site, zone: str | None, prices: Path | None, fill_gaps: bool, *, open_end: bool = False
) -> Table:
    """The prices asked for."""
    from hashpivot.core import InvalidInput
    from hashpivot.site import load_zone, read_prices

    if prices is not None:
        return read_prices(prices, zone=zone or site.zone, fill_gaps=fill_gaps, open_end=open_end)
    if fill_gaps:
        raise InvalidInput("--fill-gaps goes with --prices; shipped prices have no gaps")
    if not (zone or site.zone):
        raise InvalidInput("no load zone is named", hint="add --zone LZ_WEST, or zone to the site's file")
    return load_zone(zone or site.zone)


def forecaster(*, learned: bool) -> Callable[[], Forecaster]:
    """What makes the forecaster asked for."""
    from hashpivot.site import BasisForecaster, RealTimeForecaster

    return RealTimeForecaster if learned else BasisForecaster


def days(site: Site, table: Table, start: date | None, end: date | None) -> tuple[date, date]:
    """The period asked for; by default the last year of whole days, or what there is after two months."""
    local = table.clock(site.zoneinfo).local
    last = end or (local[-1] + 1).astype("datetime64[D]").item() - timedelta(days=1)
    earliest = local[0].astype("datetime64[D]").item() + timedelta(days=61)
    return start or min(max(last - timedelta(days=364), earliest), last), last


def whole_days(site: Site, table: Table, start: date | None, end: date | None) -> Table:
    """The part of a table that lies in local days `start` to `end`."""
    from hashpivot.core import InvalidInput

    first, last = days(site, table, start, end)
    if last < first:
        raise InvalidInput(f"the period cannot end on {last} before it starts on {first}")
    inside = table.clock(site.zoneinfo).between(first, last).nonzero()[0]
    if not len(inside):
        raise InvalidInput(f"no prices from {first} to {last}", hint=f"they run {table!r}")
    return table.part(int(inside[0]), int(inside[-1]) + 1)
