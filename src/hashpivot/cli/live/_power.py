"""`hashpivot fetch power`."""

from __future__ import annotations

import click

from ..shared import echo, json_option, show

_EPILOG = """
\b
Examples:
  hashpivot fetch power ercot --start 2026-11-01
  hashpivot fetch power ercot --start 2026-11-01 --end 2026-11-07 --point HB_WEST --product day-ahead,load
  hashpivot fetch power ercot --start 2026-11-01 --dry-run
"""


@click.command("power", epilog=_EPILOG)
@click.argument("market", metavar="MARKET")
@click.option("--start", required=True, metavar="YYYY-MM-DD", help="First local day.")
@click.option("--end", metavar="YYYY-MM-DD", help="Last local day (default: today).")
@click.option("--product", default="", metavar="NAME,...", help="What to fetch (default: all prices).")
@click.option("--point", default="", metavar="NAME,...", help="Settlement points (default: LZ_WEST).")
@click.option("--dry-run", is_flag=True, help="Ask for nothing; tell what would be asked for.")
@click.option("--base-url", default="", metavar="URL", help="Of a stand-in for the market's services.")
@json_option
def power(
    market: str,
    start: str,
    end: str | None,
    product: str,
    point: str,
    dry_run: bool,
    base_url: str,
    as_json: bool,
) -> None:
    """Fetch days of a power market into hourly tables that `hashpivot site --prices` reads.

    MARKET is `ercot`, or another grid that gridstatus knows, where that is installed. Complete days are kept,
    so a second run fetches only what is new. Exit status 1 if something that should be there did not come.
    """
    from hashpivot.desk import Desk

    fetched = Desk.fetch_power(
        market,
        start=start,
        end=end,
        products=_names(product),
        points=_names(point),
        base_url=base_url,
        dry_run=dry_run,
        on_wait=lambda words: echo(words, err=True),
    )
    show(fetched, as_json)
    if not fetched.complete:
        raise SystemExit(1)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]
