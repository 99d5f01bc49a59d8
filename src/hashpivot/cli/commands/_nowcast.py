"""`hashpivot nowcast`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..shared import as_of_option, json_option, power_option, print_json, print_table

if TYPE_CHECKING:
    from hashpivot import Desk
    from hashpivot.core import Quarter
    from hashpivot.nowcast import CompanyNowcast, Nowcast

LEAST_USD = 500
"""Steps of a bridge below this are not shown."""

_EPILOG = """
\b
Examples:
  hashpivot nowcast                              the quarter about to be reported
  hashpivot nowcast 2024Q4 RIOT --as-of 2025-01-31
  hashpivot nowcast 2025Q2 --chart nowcast.svg
  hashpivot nowcast 2024Q4 RIOT --power site.json    with what site backtest --json says of its site
  hashpivot nowcast --backtest                   the track record
"""


@click.command("nowcast", epilog=_EPILOG)
@click.argument("words", nargs=-1, metavar="[QUARTER] [TICKER]...")
@click.option(
    "--backtest",
    is_flag=True,
    help="Make every past nowcast again, as it would have been then, and score it.",
)
@click.option(
    "--chart", type=click.Path(path_type=Path), help="Write the chart to an .svg or (extra png) a .png file."
)
@power_option
@as_of_option
@json_option
def command(
    words: tuple[str, ...],
    backtest: bool,
    chart: Path | None,
    power: tuple[Path, ...],
    as_of: date | None,
    as_json: bool,
) -> None:
    """The quarter about to be reported: revenue by line with an 80% interval, and how it comes about.

    Mining revenue from the network and what the company said of its production or hash rate; other lines from
    their run rate and contracts. Without QUARTER, the one about to be reported on the day. A company that has
    reported is nowcast as of the day before, and compared with its report. --backtest shows how well this has
    done at four moments, against three simple rules.
    """
    from hashpivot import Desk
    from hashpivot.core import read_power_months

    desk = Desk.open()
    if backtest:
        if words or chart or as_of or power:
            raise click.UsageError("--backtest goes over all quarters and companies: give it alone")
        _backtest(desk, as_json)
        return
    quarter, tickers = _quarter_first(words)
    if power and len(tickers) != 1:
        raise click.UsageError("--power is about one company: name its ticker")
    months = {desk.ticker_of(tickers[0]): read_power_months(*power)} if power else None
    found = desk.nowcast(quarter, tickers or None, as_of, months)
    for ticker in months or ():
        _tell_unused_power(found, ticker)
    if chart:
        _write_chart(found, chart)
    if as_json:
        print_json(found.to_dict())
    else:
        _print(found, detailed=len(tickers) == 1)


def _quarter_first(words: tuple[str, ...]) -> tuple[Quarter | None, tuple[str, ...]]:
    """The quarter, if the first word begins like one, and the tickers; a ticker never begins with a digit."""
    from hashpivot.core import Quarter

    if any(word[:1].isdigit() for word in words[1:]):
        raise click.UsageError("the quarter comes first, then the tickers: hashpivot nowcast 2024Q4 RIOT")
    if words and (words[0][:1].isdigit() or words[0][:2].upper() in ("Q1", "Q2", "Q3", "Q4")):
        return Quarter.parse(words[0]), words[1:]
    return None, words


def _tell_unused_power(found: Nowcast, ticker: str) -> None:
    """Say on the error stream what the months of its sites could not tell."""
    company = found.companies.get(ticker)
    names = [each.name for each in company.inputs] if company else []
    if not any(name.startswith("site_uptime_") for name in names):
        click.echo("Note: --power holds no month of the quarter that was over by then.", err=True)
    if "site_power_dearer_usd" not in names:
        told = "--power does not hold all months of the quarter and of the last known one, with power used"
        click.echo(f"Note: the cost of power is left as it was: {told}.", err=True)


def _write_chart(found: Nowcast, path: Path) -> None:
    from hashpivot.report import nowcast_bridge_chart, nowcast_chart

    companies = list(found.companies.values())
    bridge = nowcast_bridge_chart(companies[0]) if len(companies) == 1 else None
    click.echo(f"Chart: {(bridge or nowcast_chart(found)).save(path)}", err=True)


def _print(found: Nowcast, *, detailed: bool) -> None:
    from hashpivot.report import format_money, surprise_words

    rows = [
        (
            c.ticker,
            c.level,
            c.as_of.isoformat(),
            str(c.last.quarter) if c.last else "none",
            format_money(c.total.median_usd),
            f"{format_money(c.total.p10_usd)} to {format_money(c.total.p90_usd)}",
            _group(c, "mining"),
            _group(c, "ai"),
            format_money(c.reported.value) if c.reported else "",
            surprise_words(c) if c.reported else "",
        )
        for c in found.companies.values()
    ]
    header = (
        "Company",
        "Known",
        "As of",
        "Last report",
        "Revenue",
        "80% interval",
        "Mining",
        "AI",
        "Reported",
        "Surprise",
    )
    if rows:
        print_table(f"Nowcast {found.quarter}, as of {found.as_of}", header, rows, left=4)
    for ticker, why in found.missing.items():
        click.echo(f"{ticker}: {why}")
    if detailed and found.companies:
        _print_details(next(iter(found.companies.values())))
    click.echo(
        "Known: updates = bitcoin mined of the quarter, hashrate = its hash rate, network = nothing since\n"
        "the last report. How well this does: hashpivot nowcast --backtest"
    )


def _group(company: CompanyNowcast, group: str) -> str:
    from hashpivot.report import format_money

    held = [line.estimate.median_usd for line in company.lines if line.line.group == group]
    return format_money(sum(held)) if held else ""


def _print_details(company: CompanyNowcast) -> None:
    from hashpivot.core import Missing
    from hashpivot.report import format_money, step_words

    def row(name: str, value: Any, basis: str = "") -> tuple[str, str, str, str]:
        if isinstance(value, Missing):
            return name, "n/d", "", value.reason
        span = f"{format_money(value.p10_usd)} to {format_money(value.p90_usd)}"
        return name, format_money(value.median_usd), span, basis

    rows = [row(line.line.heading, line.estimate, line.basis) for line in company.lines]
    rows += [
        row("Gross profit", company.total_gross_profit),
        row("Adjusted EBITDA", company.adjusted_ebitda),
        row("Fair value of bitcoin", company.fair_value_change, "change over the quarter, not revenue"),
    ]
    for name, median, span, basis in rows:
        click.echo(f"  {name:<22}{median:>12}  {span:<26}{basis}")
    if company.bridge:
        click.echo("\nFrom the last report to the nowcast:")
        for step in (step for step in company.bridge if abs(step.usd) >= LEAST_USD):
            click.echo(f"  {step_words(company, step):<22}{format_money(step.usd):>12}")
    for each in company.set_aside:
        click.echo(f"Not used: {each.figure.id}: {each.reason}")
    click.echo("")


def _backtest(desk: Desk, as_json: bool) -> None:
    from hashpivot.nowcast import summary

    answer = summary(desk.backtest(_watched))
    if as_json:
        print_json(answer)
        return
    click.echo(
        f"{answer['cases']} nowcasts of past quarters, {answer['test_cases']} of them of {answer['from']} "
        "or later. Errors are shares of what was first reported.\n"
    )
    _print_scores("Mining revenue by what was known", ("level", "horizon"), answer["by_level"])
    _print_scores("Mining revenue by year", ("year", "horizon"), answer["by_year"])
    _print_scores("Total revenue", ("horizon",), answer["total"])
    click.echo(
        "Baselines: mean absolute error of the last quarter, the same quarter a year before, and the last"
    )
    click.echo("quarter times the change in network revenue per hash; in brackets ours on the same cases.")


def _print_scores(title: str, names: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    cells = [
        (
            *(str(row[name]).replace("_", " ") for name in names),
            str(row["n"]),
            *(f"{row[key]:.1%}" for key in ("mape", "median_ape", "bias", "coverage80", "width80")),
            *(_against(row, name) for name in ("last_quarter", "seasonal", "network_scaled")),
        )
        for row in rows
    ]
    header = (
        *(name.capitalize() for name in names),
        "n",
        "MAPE",
        "Median",
        "Bias",
        "In 80%",
        "Width",
        "Last",
        "Year ago",
        "Scaled",
    )
    print_table(title, header, cells, left=len(names))


def _against(row: dict[str, Any], name: str) -> str:
    if name not in row["baseline_mape"]:
        return ""
    return f"{row['baseline_mape'][name]:.1%} ({row['ours_on_baseline_cases'][name]:.1%})"


def _watched(tasks: list[Any]) -> Iterable[Any]:
    """The tasks, with a progress bar on a terminal."""
    if not sys.stderr.isatty():
        return tasks
    from rich.console import Console
    from rich.progress import track

    return track(tasks, "Nowcasting the past", console=Console(stderr=True), transient=True)
