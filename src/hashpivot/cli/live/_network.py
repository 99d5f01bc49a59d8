"""`hashpivot fetch network`."""

from __future__ import annotations

from datetime import date

import click

from ..shared import day_option, echo, json_option, show

_EPILOG = """
\b
Examples:
  hashpivot fetch network                      every day that is over and not in the table
  hashpivot fetch network --dry-run            ask and compare, write nothing
  hashpivot fetch network --since 2026-09-01   compare what stands from that day on, too
"""


@click.command("network", epilog=_EPILOG)
@day_option("--since", "Compare what stands from this day on, too.")
@click.option("--dry-run", is_flag=True, help="Ask and compare, and write nothing.")
@click.option("--base-url", default="", metavar="URL", help="Of a stand-in for all services.")
@json_option
def network(since: date | None, dry_run: bool, base_url: str, as_json: bool) -> None:
    """Fetch network days and prices through yesterday into your own `network.csv`.

    Blocks, difficulty and fees come from mempool.space or a node of your own, closes from exchanges of your
    choice (settings.toml). Days that stand are compared, never replaced. Exit status 1 if a source failed, or
    a day that is over could not be added.
    """
    from hashpivot.desk import Desk

    fetched = Desk.fetch_network(
        since=since, base_url=base_url, dry_run=dry_run, on_wait=lambda words: echo(words, err=True)
    )
    show(fetched, as_json)
    if not fetched.complete:
        raise SystemExit(1)
