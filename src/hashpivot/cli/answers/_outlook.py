"""`hashpivot outlook`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..shared import as_of_option, echo, echo_count, json_option, power_option, show

if TYPE_CHECKING:
    from hashpivot.desk import OutlookResult, OutlooksResult

_EPILOG = """
\b
Examples:
  hashpivot outlook RIOT
  hashpivot outlook CORZ --scenario ai_tenant_late --scenario bitcoin_halves
  hashpivot outlook IREN --write iren.toml
  hashpivot outlook IREN --scenario iren.toml --quarters 12 --paths 100000 --seed 7 --json
  hashpivot outlook CORZ IREN WULF --html peers.html
  hashpivot outlook CORZ --compare bitcoin_halves --compare market.price.start_factor=1.5
  hashpivot outlook CORZ --assume finance.cash_usd=120e6 --assume finance.debt_usd=1e9
  hashpivot outlook CLSK --tornado --html clsk.html
  hashpivot outlook CORZ --excel corz.xlsx
  hashpivot site backtest fixed_block --start 2022-01-01 --end 2024-12-30 --json > site.json
  hashpivot outlook RIOT --power site.json
  hashpivot outlook RIOT --sweep sweep.toml --out results --cluster tcp://10.0.0.1:8786
"""


class _OutlookCommand(click.Command):
    """A command whose help lists the shipped scenarios."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from hashpivot.outlook import SCENARIOS

        super().format_epilog(ctx, formatter)
        with formatter.section("Scenarios"):
            formatter.write_dl([(scenario.name, scenario.brief) for scenario in SCENARIOS.values()])


@click.command("outlook", cls=_OutlookCommand, epilog=_EPILOG)
@click.argument("tickers", nargs=-1, required=True, metavar="TICKER...")
@click.option(
    "--scenario", "scenarios", multiple=True, metavar="NAME|FILE",
    help="A scenario below or a .toml file, repeated for several: applied one after the other.",
)  # fmt: skip
@click.option("--quarters", type=int, default=12, show_default=True, help="Quarters, this one included.")
@click.option("--paths", type=int, default=10_000, show_default=True, help="Simulated paths.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Of the random numbers.")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True,
    help="Processes; the numbers do not depend on it.",
)  # fmt: skip
@click.option(
    "--cluster", default="", metavar="ADDRESS",
    help="A Dask scheduler instead of processes here; it can run programs as you: name only your own.",
)  # fmt: skip
@click.option("--tornado", is_flag=True, help="Which inputs move the outcome most, all varied at once.")
@click.option("--bridge", is_flag=True, help="From the base case to the scenario, line by line.")
@click.option(
    "--why", is_flag=True, help="From the last reported quarter to the first one here: what moves it."
)
@click.option(
    "--set", "inputs", multiple=True, metavar="KEY=VALUE",
    help="An input of all cases, such as market.price.start_factor=0.5; repeated for several.",
)  # fmt: skip
@click.option(
    "--assume", multiple=True, metavar="KEY=VALUE",
    help="An input of the balance sheet that no filing gives, such as finance.cash_usd=120e6; repeated for "
    "several. Results say that it is assumed.",
)  # fmt: skip
@click.option(
    "--compare", "beside", multiple=True, metavar="NAME|KEY=VALUE",
    help="Another case side by side: a scenario below, or this one with an input changed; repeated.",
)  # fmt: skip
@click.option("--html", type=click.Path(path_type=Path), help="Write a page with charts and inputs.")
@click.option(
    "--excel", type=click.Path(path_type=Path),
    help="Write a workbook: a live model over the inputs, the simulation's quantiles as values.",
)  # fmt: skip
@click.option(
    "--write", type=click.Path(path_type=Path), help="Write every input with where it came from; run nothing."
)
@click.option(
    "--sweep", type=click.Path(path_type=Path), help="Run many cases: a .toml with [grid] or [hypercube]."
)
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the sweep's Parquet files.")
@power_option
@as_of_option
@json_option
def command(
    tickers: tuple[str, ...], scenarios: tuple[str, ...], quarters: int, paths: int, seed: int,
    workers: int, cluster: str, tornado: bool, bridge: bool, why: bool, inputs: tuple[str, ...],
    assume: tuple[str, ...], beside: tuple[str, ...],
    html: Path | None, excel: Path | None, write: Path | None,
    sweep: Path | None, out: Path | None, power: tuple[Path, ...], as_of: date | None, as_json: bool,
) -> None:  # fmt: skip
    """Quarters ahead under a scenario: revenue by line, gross profit, cash, survival.

    Of one company all of it, of several one table: each as it would be alone, on the same paths.

    Bitcoin, fees and hash rate are simulated from difficulty epoch to difficulty epoch; the company's lines,
    contracts, machines and funding follow on every path. Nothing in it is advice, and much of it is assumed:
    --write shows every input with its source. A sweep keeps each case's result as soon as it is there and,
    stopped and started again, goes on where it was.
    """
    from hashpivot.core import executor_of, read_power_months
    from hashpivot.desk import Desk
    from hashpivot.outlook import parse_inputs

    more = tornado or bridge or why or bool(beside)
    outlook: OutlookResult | OutlooksResult
    _check_usage(sweep, out, more, html or excel, write, power)
    _check_several(tickers, more or bool(sweep or write or power or assume))
    _check_sweep(sweep, inputs or assume)
    ticker = tickers[0]
    desk = Desk.open(as_of=as_of)
    months = read_power_months(*power) if power else ()
    values, assumed = parse_inputs(inputs), parse_inputs(assume)
    if write:
        echo(f"Scenario: {desk.outlook_case(ticker, scenarios, months, values, assumed).to_toml(write)}")
        return
    with executor_of(workers, cluster) as executor:
        run: Any = {"quarters": quarters, "paths": paths, "seed": seed, "executor": executor}
        if sweep and out:
            show(desk.sweep(ticker, sweep, out, scenarios, **run, progress=echo_count), as_json)
            return
        if len(tickers) > 1:
            outlook = desk.outlooks(scenarios, tickers, **run, inputs=values)
        else:
            outlook = desk.outlook(
                ticker, scenarios, months, **run, tornado=tornado, bridge=bridge, why=why, inputs=values,
                assume=assumed, beside=beside,
            )  # fmt: skip
    show(outlook, as_json)
    if html:
        echo(f"Page: {outlook.to_html(html)}", err=as_json)
    if excel:
        echo(f"Workbook: {outlook.to_excel(excel)}", err=as_json)


def _check_several(tickers: tuple[str, ...], alone: bool) -> None:
    if len(tickers) > 1 and alone:
        raise click.UsageError(
            "--tornado, --bridge, --why, --compare, --assume, --sweep, --write and --power are about one "
            "company"
        )


def _check_sweep(sweep: Path | None, values: tuple[str, ...]) -> None:
    if sweep and values:
        raise click.UsageError("--sweep takes its inputs from its file: put --set and --assume there")


def _check_usage(
    sweep: Path | None,
    out: Path | None,
    more: bool,
    file: Path | None,
    write: Path | None,
    power: tuple[Path, ...],
) -> None:
    if bool(sweep) != bool(out):
        raise click.UsageError("--sweep and --out go together")
    if write and (more or file):
        raise click.UsageError(
            "--write runs nothing: leave out --tornado, --bridge, --why, --compare, --html and --excel"
        )
    if sweep and (more or file or write):
        raise click.UsageError(
            "--sweep goes with none of --tornado, --bridge, --why, --compare, --html, --excel and --write"
        )
    if sweep and power:
        raise click.UsageError(
            "--power is about one company: write it to a file with --write, then sweep that"
        )
