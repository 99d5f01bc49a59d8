"""`hashpivot nowcast`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..shared import as_of_option, echo, json_option, power_option, show, with_progress

if TYPE_CHECKING:
    from hashpivot.core import Quarter

_EPILOG = """
\b
Examples:
  hashpivot nowcast                              the quarter about to be reported
  hashpivot nowcast 2024Q4 RIOT --as-of 2025-01-31
  hashpivot nowcast 2025Q2 --chart nowcast.svg
  hashpivot nowcast CORZ RIOT --html nowcast.html --excel nowcast.xlsx
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
@click.option("--html", type=click.Path(path_type=Path), help="Write a page with intervals and inputs.")
@click.option("--excel", type=click.Path(path_type=Path), help="Write a workbook with lines and sources.")
@power_option
@as_of_option
@json_option
def command(
    words: tuple[str, ...],
    backtest: bool,
    chart: Path | None,
    html: Path | None,
    excel: Path | None,
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
    from hashpivot.core import read_power_months
    from hashpivot.desk import Desk

    desk = Desk.open()
    if backtest:
        if words or chart or html or excel or as_of or power:
            raise click.UsageError("--backtest goes over all quarters and companies: give it alone")
        return show(desk.backtest(lambda tasks: with_progress(tasks, "Nowcasting the past")), as_json)
    quarter, tickers = _quarter_first(words)
    if power and len(tickers) != 1:
        raise click.UsageError("--power is about one company: name its ticker")
    months = {desk.ticker_of(tickers[0]): read_power_months(*power)} if power else None
    nowcast = desk.nowcast(quarter, tickers or None, as_of, months)
    for note in nowcast.notes:
        echo(f"Note: {note}", err=True)
    if chart:
        echo(f"Chart: {nowcast.to_chart(chart)}", err=True)
    show(nowcast, as_json)
    if html:
        echo(f"Page: {nowcast.to_html(html)}", err=as_json)
    if excel:
        echo(f"Workbook: {nowcast.to_excel(excel)}", err=as_json)
    return None


def _quarter_first(words: tuple[str, ...]) -> tuple[Quarter | None, tuple[str, ...]]:
    """The quarter, if the first word begins like one, and the tickers; a ticker never begins with a digit."""
    from hashpivot.core import Quarter

    if any(word[:1].isdigit() for word in words[1:]):
        raise click.UsageError("the quarter comes first, then the tickers: hashpivot nowcast 2024Q4 RIOT")
    if words and (words[0][:1].isdigit() or words[0][:2].upper() in ("Q1", "Q2", "Q3", "Q4")):
        return Quarter.parse(words[0]), words[1:]
    return None, words
