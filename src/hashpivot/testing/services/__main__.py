"""`python -m hashpivot.testing.services`: the stand-ins on this machine, for a look without a network."""

from __future__ import annotations

from datetime import UTC, date, datetime

import click

from hashpivot.core import Quarter

from ..generated import filer_of, generated_universe, universe_filings
from .edgar import EdgarService
from .http import wait_until_stopped

_PER_SECOND = 10  # EDGAR's own limit
_QUARTERS = 6


@click.command()
@click.option("--port", default=0, show_default=True, help="Port on 127.0.0.1; 0 for any that is free.")
@click.option(
    "--quarters", default=_QUARTERS, show_default=True, help="How many quarters, up to the last ended."
)
@click.option("--seed", default=0, show_default=True, help="Other seeds give other amounts.")
@click.option(
    "--block-seconds", default=600.0, show_default=True, help="Length of a block beyond 10 requests/s."
)
def main(port: int, quarters: int, seed: int, block_seconds: float) -> None:
    """Serve made-up filings of every company as EDGAR would, until Ctrl-C."""
    last = Quarter.containing(date.today()) - 1
    asked = list((last - (max(1, quarters) - 1)).through(last))
    universe = generated_universe(asked, seed=seed)
    now = datetime.now(UTC)
    filings = [one for one in universe_filings(universe, asked, seed=seed) if one.known <= now]
    service = EdgarService(
        filings,
        port=port,
        requests_per_second=_PER_SECOND,
        block_seconds=block_seconds,
        listed=map(filer_of, universe.values()),
    )
    with service:
        click.echo(
            f"{len(filings):,} made-up filings on {asked[0]} to {last} at {service.url} (Ctrl-C ends it)"
        )
        click.echo(f"try: hashpivot fetch --season {last} --base-url {service.url}")
        wait_until_stopped(service)


if __name__ == "__main__":
    main()
