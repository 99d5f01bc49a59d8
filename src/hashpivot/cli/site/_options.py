"""What the commands of a site share: the arguments that name a site and its prices."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

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
    name: str, epilog: str, *, default: str = ""
) -> Callable[[Callable[..., None]], click.Command]:
    """Make a command of a function that is given a `SiteDesk`, and then its own options.

    The command takes SITE, `--zone`, `--prices` and `--fill-gaps`.

    Args:
        name: Of the command.
        epilog: Its examples.
        default: The example SITE is by default; SITE must be given if empty.
    """
    optional: dict[str, Any] = {"metavar": "[SITE]", "default": default} if default else {"metavar": "SITE"}

    def decorate(function: Callable[..., None]) -> click.Command:
        @wraps(function)
        def run(site: str, zone: str | None, prices: Path | None, fill_gaps: bool, **options: Any) -> None:
            from hashpivot.desk import SiteDesk

            function(SiteDesk(site, zone=zone, prices=prices, fill_gaps=fill_gaps), **options)

        whole = click.argument("site", **optional)(_with(_PRICE_OPTIONS, run))
        return click.command(name, epilog=epilog)(whole)

    return decorate


def _with(options: tuple[Callable[[F], F], ...], function: F) -> F:
    """Add options so that `--help` shows them in this order."""
    for option in reversed(options):
        function = option(function)
    return function
