"""`hashpivot site backtest`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..shared import day_option, json_option, print_json, print_table
from ._options import days, forecaster, learned_option, site_command

if TYPE_CHECKING:
    from hashpivot.site import Backtest, PolicyResult, PriceHistory, Site

_EPILOG = """
\b
Examples:
  hashpivot site backtest west_texas
  hashpivot site backtest my-site.toml --zone LZ_WEST --start 2021-01-01 --end 2024-12-31 --regime lagged
  hashpivot site backtest my-site.toml --prices my-prices.csv --html backtest.html
  hashpivot site backtest west_texas --json
"""


@site_command("backtest", _EPILOG)
@day_option("--start", "First day, market local time (default: a year before the last).")
@day_option("--end", "Last day (default: the last whole day of the prices).")
@click.option(
    "--regime",
    type=click.Choice(["live", "lagged"]),
    default="live",
    show_default=True,
    help="Whether an hour's real-time price is known when acting, or only the one before.",
)
@learned_option
@click.option("--html", type=click.Path(path_type=Path), metavar="PATH", help="Write a page with pictures.")
@json_option
def backtest(
    site: Site,
    prices: PriceHistory,
    start: date | None,
    end: date | None,
    regime: str,
    learned: bool,
    html: Path | None,
    as_json: bool,
) -> None:
    """What policies would have earned, hour by hour, each with what it could know.

    Always on; the breakeven threshold most sites run by; the threshold with the day-ahead price; the rolling
    horizon; and perfect foresight, the best anyone could have done. SITE is a TOML file or the name of an
    example.
    """
    from hashpivot.bitcoin import NetworkHistory
    from hashpivot.site import backtest as run
    from hashpivot.site import default_policies, power_months

    first, last = days(site, prices, start, end)
    policies = default_policies(forecaster(learned=learned))
    network = NetworkHistory.load()
    done = run(site, prices, first, last, network=network, regime=regime, policies=policies)
    if html is not None:
        from hashpivot.report import write_backtest

        write_backtest(done, html)
    if as_json:
        print_json({**done.to_dict(), "power_by_month": [month.to_dict() for month in power_months(done)]})
        return
    _print(done)
    if html is not None:
        click.echo(f"\nWrote {html}")


def _print(done: Backtest) -> None:
    title = f"{done.hours.site.name}, {done.hours.prices.zone}, {done.start} to {done.end}, {done.regime}"
    header = ("Policy", "Profit USD", "Capture", "Uptime", "Starts", "Hours off", "Tariffs USD", "Uplift USD")
    rows = [_row(done, result) for result in done.results()]
    print_table(title, header, rows)
    click.echo("Uplift is profit above the threshold policy's; capture is profit over perfect foresight's.")
    _print_periods(done)
    for note in done.notes:
        click.echo(f"Note: {note}.")


def _row(done: Backtest, result: PolicyResult) -> tuple[str, ...]:
    return (
        done.titles[result.policy],
        f"{result.profit_usd:,.0f}",
        _share(result.capture),
        f"{result.uptime:.1%}",
        f"{result.starts:,}",
        f"{result.hours_off:,.0f}",
        f"{result.components['tariffs']:,.0f}",
        f"{done.uplift_usd('threshold', policy=result.policy):+,.0f}",
    )


def _share(capture: object) -> str:
    return f"{capture:.2%}" if isinstance(capture, float) else "n/d"


def _print_periods(done: Backtest) -> None:
    periods = [(str(year), done.in_year(year)) for year in done.years]
    if done.in_uri.any():
        periods.append(("Uri 2021", done.in_uri))
    header = (
        "Period",
        *(f"{title} capture" for title in list(done.titles.values())[:-1]),
        "Rolling horizon over threshold USD",
    )
    rows = []
    for name, inside in periods:
        shares = [_share(result.capture) for result in done.results(inside)[:-1]]
        rows.append((name, *shares, f"{done.uplift_usd('threshold', inside):+,.0f}"))
    click.echo()
    print_table("By year", header, rows)
