"""What the commands of a site share: the arguments that name a site and its prices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from hashpivot.site import Forecaster, PriceHistory, Site

F = TypeVar("F", bound=Callable[..., Any])

_PRICE_OPTIONS = (
    click.option("--zone", metavar="ZONE", help="Load zone (default: the site's; LZ_WEST is shipped)."),
    click.option(
        "--prices", type=click.Path(path_type=Path), metavar="FILE", help="Your own prices, CSV or Parquet."
    ),
    click.option("--fill-gaps", is_flag=True, help="Fill gaps of up to 3 hours in --prices, and say so."),
)
learned_option = click.option(
    "--learned",
    is_flag=True,
    help="Forecast each hour with boosted trees (extra `site`) instead of the day-ahead price and its usual "
    "error.",
)
_AHEAD_OPTIONS = (
    click.option(
        "--at",
        type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d"]),
        metavar="YYYY-MM-DDTHH:MM",
        help="First hour, market local time (default: the first without a real-time price, else 14:00 on "
        "the last day but one).",
    ),
    click.option(
        "--hours", type=int, default=34, show_default=True, metavar="N", help="Hours ahead, 1 to 48."
    ),
    learned_option,
)


def ahead_options(function: F) -> F:
    """Add `--at`, `--hours` and `--learned`."""
    return _with(_AHEAD_OPTIONS, function)


def site_command(
    name: str, epilog: str, *, default: str = "", open_end: bool = False
) -> Callable[[Callable[..., None]], click.Command]:
    """Make a command of a function that is given a site and its prices, and then its own options.

    The command takes SITE, `--zone`, `--prices` and `--fill-gaps`, and reads what they name.

    Args:
        name: Of the command.
        epilog: Its examples.
        default: The example SITE is by default; SITE must be given if empty.
        open_end: Whether the last hours of a user's prices may have no real-time price.
    """
    optional: dict[str, Any] = {"metavar": "[SITE]", "default": default} if default else {"metavar": "SITE"}

    def decorate(function: Callable[..., None]) -> click.Command:
        @wraps(function)
        def run(site: str, zone: str | None, prices: Path | None, fill_gaps: bool, **options: Any) -> None:
            from hashpivot.site import load_site

            described = load_site(site)
            history = _read(described, zone, prices, fill_gaps, open_end=open_end)
            function(described, history, **options)

        whole = click.argument("site", **optional)(_with(_PRICE_OPTIONS, run))
        return click.command(name, epilog=epilog)(whole)

    return decorate


def forecaster(*, learned: bool) -> Callable[[], Forecaster]:
    """Return what makes the forecaster asked for."""
    from hashpivot.site import BasisForecaster, RealTimeForecaster

    return RealTimeForecaster if learned else BasisForecaster


def days(site: Site, prices: PriceHistory, start: date | None, end: date | None) -> tuple[date, date]:
    """Return the period asked for; by default the last year, or what there is of it after two months."""
    local = prices.clock(site.zoneinfo).local
    last = end or (local[-1] + 1).astype("datetime64[D]").item() - timedelta(days=1)
    earliest = local[0].astype("datetime64[D]").item() + timedelta(days=61)
    return start or min(max(last - timedelta(days=364), earliest), last), last


def whole_days(site: Site, prices: PriceHistory, start: date | None, end: date | None) -> PriceHistory:
    """Return the part of a price history that lies in local days `start` to `end`."""
    from hashpivot.core import InvalidInput

    first, last = days(site, prices, start, end)
    if last < first:
        raise InvalidInput(f"the period cannot end on {last} before it starts on {first}")
    inside = prices.clock(site.zoneinfo).between(first, last).nonzero()[0]
    if not len(inside):
        raise InvalidInput(f"no prices from {first} to {last}", hint=f"they run {prices!r}")
    return prices.part(int(inside[0]), int(inside[-1]) + 1)


def _with(options: tuple[Callable[[F], F], ...], function: F) -> F:
    """Add options so that `--help` shows them in this order."""
    for option in reversed(options):
        function = option(function)
    return function


def _read(
    site: Site, zone: str | None, prices: Path | None, fill_gaps: bool, *, open_end: bool
) -> PriceHistory:
    """Return the prices asked for."""
    from hashpivot.core import InvalidInput
    from hashpivot.site import load_zone, read_prices

    if prices is not None:
        return read_prices(prices, zone=zone or site.zone, fill_gaps=fill_gaps, open_end=open_end)
    if fill_gaps:
        raise InvalidInput("--fill-gaps goes with --prices; shipped prices have no gaps")
    if not (zone or site.zone):
        raise InvalidInput("no load zone is named", hint="add --zone LZ_WEST, or zone to the site's file")
    return load_zone(zone or site.zone)
