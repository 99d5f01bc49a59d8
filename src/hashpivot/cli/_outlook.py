"""`hashpivot outlook`."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ._common import as_of_option, json_option, print_json, print_table

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from hashpivot.outlook import Outlook

_EPILOG = """
\b
Examples:
  hashpivot outlook RIOT
  hashpivot outlook CORZ --scenario ai_tenant_late --scenario bitcoin_halves
  hashpivot outlook IREN --write iren.toml
  hashpivot outlook IREN --scenario iren.toml --quarters 12 --paths 100000 --seed 7 --json
\b
Scenarios:
  base                 the market as estimated, the company as calibrated
  bitcoin_halves       bitcoin loses half its price on the first day
  halving_squeeze      bitcoin stands still, through the halving and after
  ai_tenant_late       no AI contract starts on time
  gpu_price_collapse   spot prices of GPU time fall by 55% a year
  chip_downturn        machines at half their price, half the chip markets closed
  power_regulation     power costs the company 30% more, the network 5% more
  ai_supply_doubles    competitors double AI supply
"""


@click.command("outlook", epilog=_EPILOG)
@click.argument("ticker")
@click.option(
    "--scenario", "scenarios", multiple=True, metavar="NAME|FILE",
    help="A scenario below or a .toml file, repeated for several: applied one after the other.",
)  # fmt: skip
@click.option(
    "--quarters", type=int, default=12, show_default=True, help="Quarters ahead, this one included."
)
@click.option("--paths", type=int, default=10_000, show_default=True, help="Simulated paths.")
@click.option(
    "--seed", type=click.IntRange(0), default=1, show_default=True, help="Seed of the random numbers."
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Processes; the result is the same.",
)
@click.option(
    "--write", type=click.Path(path_type=Path), help="Write every input with where it came from; run nothing."
)
@as_of_option
@json_option
def command(
    ticker: str, scenarios: tuple[str, ...], quarters: int, paths: int, seed: int, workers: int,
    write: Path | None, as_of: date | None, as_json: bool,
) -> None:  # fmt: skip
    """Quarters ahead of a company under a scenario: revenue by line, gross profit, cash, survival.

    Bitcoin, fees and hash rate are simulated from difficulty epoch to difficulty epoch; the company's lines,
    contracts, machines and funding follow on every path. Nothing in it is advice, and much of it is assumed:
    --write shows every input with its source.
    """
    from hashpivot import Desk
    from hashpivot.outlook import build_case, outlook, scenario_text

    desk = Desk.open(as_of=as_of)
    network = desk.network.until(as_of) if as_of and as_of < desk.network.last_day else desk.network
    known = ticker.upper() if ticker.upper() in desk.view.tickers() else desk.companies.find(ticker).ticker
    case, calibration = build_case(desk.view, network, known, scenarios)
    if write:
        return _write(write, scenario_text(calibration, case))
    with _pool(workers) as executor:
        found = outlook(
            case, quarters=quarters, paths=paths, seed=seed, executor=executor, remarks=calibration.remarks
        )
    if as_json:
        print_json(found.to_dict())
    else:
        _print(found)
    return None


def _pool(workers: int) -> AbstractContextManager[Any]:
    if workers == 1:
        return nullcontext()
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


def _write(path: Path, text: str) -> None:
    from hashpivot.report import write_text

    click.echo(f"Scenario: {write_text(text, path)}")


def _print(found: Outlook) -> None:
    answer = found.to_dict()
    title = (
        f"{answer['ticker']}, scenario {answer['scenario']}: USD million, "
        f"10% / 50% / 90% of {answer['paths']:,} paths"
    )
    header = (
        "Quarter",
        "Revenue",
        "Gross profit",
        "Adj. EBITDA",
        "Cash",
        "P(shortfall)",
        "P(AI+chips > half)",
        "BTC beta",
    )
    print_table(title, header, [_row(row) for row in answer["quarters"]])
    market = [
        (
            row["quarter"],
            _range(row["price_usd"], 1e3),
            _range(row["hashprice_usd_ph_day"], 1),
            _range(row["hash_rate_ehs"], 1),
        )
        for row in answer["market"]
    ]
    print_table(
        "Market", ("Quarter", "Bitcoin, USD thousand", "Hashprice, USD/PH/day", "Network, EH/s"), market
    )
    for remark in answer["remarks"]:
        click.echo(remark)
    click.echo(
        "BTC beta: percent by which revenue moves with one percent of bitcoin's price. "
        "Gross profit and EBITDA are before depreciation."
    )


def _row(row: dict[str, Any]) -> tuple[str, ...]:
    amounts = (row[name] for name in ("revenue_usd", "gross_profit_usd", "adjusted_ebitda_usd", "cash_usd"))
    beta = row["bitcoin_beta"]
    return (
        row["quarter"], *(_range(amount, 1e6) for amount in amounts), f"{row['p_shortfall']:.0%}",
        f"{row['p_ai_chips_majority']:.0%}", "n/a" if beta is None else f"{beta:.2f}",
    )  # fmt: skip


def _range(spread: dict[str, float | None], unit: float) -> str:
    values = (spread[name] for name in ("p10", "p50", "p90"))
    return " / ".join("n/a" if value is None else f"{value / unit:,.0f}" for value in values)
