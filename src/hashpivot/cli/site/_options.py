"""What the commands of a site share: the arguments that name a site and its prices."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

_WAYS = ("fill_gaps", "hour_ending", "usd_rate")

_PRICE_OPTIONS = (
    click.option("--zone", metavar="ZONE", help="Load zone (default: the site's; LZ_WEST is shipped)."),
    click.option(
        "--prices",
        type=click.Path(path_type=Path),
        multiple=True,
        metavar="FILE",
        help="Your own prices, CSV or Parquet; repeated for files that give different columns.",
    ),
    click.option("--fill-gaps", is_flag=True, help="Fill gaps of up to 3 hours in --prices, and say so."),
    click.option(
        "--columns",
        multiple=True,
        metavar="NAME=COLUMN",
        help="Which column of --prices is which, such as rt_usd_per_mwh=LMP; repeated. Names of gridstatus "
        "and ERCOT are known.",
    ),
    click.option("--hour-ending", is_flag=True, help="Times in --prices are the ends of intervals."),
    click.option(
        "--usd-rate", type=float, metavar="USD", help="Dollars per unit of the currency of --prices."
    ),
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
_LIVE = ("live", "base_url")
_LIVE_OPTIONS = (
    click.option("--live", is_flag=True, help="Fetch the zone's prices from its market."),
    click.option("--base-url", default="", metavar="URL", help="Of a stand-in for the market."),
)


def live_options(function: F) -> F:
    """Add `--live` and `--base-url`, which `site_command` passes to the `SiteDesk`."""
    return _with(_LIVE_OPTIONS, function)


def ahead_options(function: F) -> F:
    """Add `--at`, `--hours` and `--learned`."""
    return _with(_AHEAD_OPTIONS, function)


def site_command(
    name: str, epilog: str, *, default: str = ""
) -> Callable[[Callable[..., None]], click.Command]:
    """Make a command of a function that is given a `SiteDesk`, and then its own options.

    The command takes SITE, `--zone`, `--prices` and how these are read; `live_options` are the desk's too.

    Args:
        name: Of the command.
        epilog: Its examples.
        default: The example SITE is by default; SITE must be given if empty.
    """
    optional: dict[str, Any] = {"metavar": "[SITE]", "default": default} if default else {"metavar": "SITE"}

    def decorate(function: Callable[..., None]) -> click.Command:
        @wraps(function)
        def run(site: str, columns: tuple[str, ...], **options: Any) -> None:
            from hashpivot.desk import SiteDesk

            named = ("zone", "prices", *_WAYS, *_LIVE)
            read = {name: options.pop(name) for name in named if name in options}
            function(SiteDesk(site, columns=_column_map(columns), **read), **options)

        whole = click.argument("site", **optional)(_with(_PRICE_OPTIONS, run))
        return click.command(name, epilog=epilog)(whole)

    return decorate


def _column_map(texts: tuple[str, ...]) -> dict[str, str]:
    from hashpivot.core import InvalidInput

    pairs = [text.partition("=") for text in texts]
    for text, (name, equals, column) in zip(texts, pairs, strict=True):
        if not (name and equals and column):
            raise InvalidInput(f"--columns {text!r} is no NAME=COLUMN", hint="write rt_usd_per_mwh=LMP")
    named = {name.strip(): column.strip() for name, _, column in pairs}
    if len(named) < len(texts):
        raise InvalidInput("--columns gives a name twice")
    return named


def _with(options: tuple[Callable[[F], F], ...], function: F) -> F:
    """Add options so that `--help` shows them in this order."""
    for option in reversed(options):
        function = option(function)
    return function
