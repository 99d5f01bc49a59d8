"""`python -m hashpivot.testing.services`: the stand-ins on this machine, for a look without a network."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

import click

from hashpivot.bitcoin import NetworkDay, NetworkHistory
from hashpivot.core import Quarter

from ..generated import filer_of, generated_universe, universe_filings
from .edgar import EdgarService
from .ercot import ErcotService, ercot_postings
from .http import ServicesTogether, wait_until_stopped
from .network import NetworkService, made_up_network_days

_PER_SECOND = 10  # EDGAR's own limit
_QUARTERS = 6
_WEEK = timedelta(days=7)
_DAYS_BEFORE = 8  # what a client compares, and the day before


@click.command()
@click.option("--port", default=0, show_default=True, help="Port on 127.0.0.1; 0 for any that is free.")
@click.option(
    "--quarters", default=_QUARTERS, show_default=True, help="How many quarters, up to the last ended."
)
@click.option("--seed", default=0, show_default=True, help="Other seeds give other amounts.")
@click.option(
    "--block-seconds", default=600.0, show_default=True, help="Length of a block beyond 10 requests/s."
)
@click.option("--company", "tickers", multiple=True, metavar="TICKER", help="File for this one; repeatable.")
def main(port: int, quarters: int, seed: int, block_seconds: float, tickers: tuple[str, ...]) -> None:
    """Serve made-up filings, network days and power prices as the real services would, until Ctrl-C."""
    today = datetime.now(UTC).date()
    last = Quarter.containing(today) - 1
    asked = list((last - (max(1, quarters) - 1)).through(last))
    edgar = _edgar(asked, seed, block_seconds, tickers)
    network = NetworkService(_network_days(today))
    ercot = ErcotService(ercot_postings(today - _WEEK, today, ["HB_WEST", "LZ_WEST"]))
    with ServicesTogether([edgar, ercot, network], port=port) as services:
        count = len(edgar.published.filings)
        click.echo(f"{count:,} made-up filings on {asked[0]} to {last} at {services.url} (Ctrl-C ends it)")
        click.echo(f"try: hashpivot fetch --season {last} --base-url {services.url}")
        wait_until_stopped(services)


def _edgar(
    quarters: list[Quarter], seed: int, block_seconds: float, tickers: Collection[str]
) -> EdgarService:
    universe = generated_universe(quarters, seed=seed)
    filers = list(map(filer_of, universe.values()))
    filing = {ticker: made for ticker, made in universe.items() if not tickers or ticker in tickers}
    now = datetime.now(UTC)
    filings = [one for one in universe_filings(filing, quarters, seed=seed) if one.known <= now]
    return EdgarService(filings, requests_per_second=_PER_SECOND, block_seconds=block_seconds, listed=filers)


def _network_days(today: date) -> list[NetworkDay]:
    """The bundled table's last days, and made-up ones through yesterday."""
    bundled = NetworkHistory.bundled()
    return [*bundled[-_DAYS_BEFORE:], *made_up_network_days(bundled[-1], (today - bundled.last_day).days - 1)]


if __name__ == "__main__":
    main()
