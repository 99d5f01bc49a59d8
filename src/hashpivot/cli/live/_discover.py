"""`hashpivot discover`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..shared import ask, echo, json_option, print_json, progress_of
from ._identity import ask_who_asks

if TYPE_CHECKING:
    from hashpivot.desk import DiscoverResult

_EPILOG = """
\b
Examples:
  hashpivot discover --fetch 2025Q2                   fetch a quarter's data sets, look through all held
  hashpivot discover 2025_04_notes.zip 2025_05_notes.zip
  hashpivot discover FOLDER --new --html pivots.html  those nobody lists, as a page
  hashpivot discover FOLDER --cik 1083301 --json      one filer with all evidence
  hashpivot discover FOLDER --follow 1083301=WULF     follow it: fetch and watch know it then
"""


@click.command("discover", epilog=_EPILOG)
@click.argument("paths", nargs=-1, metavar="[FOLDER|ZIP]...", type=click.Path(path_type=Path))
@click.option("--fetch", "period", metavar="QUARTER|MONTH", help="Fetch these data sets first.")
@click.option("--since", metavar="QUARTER", help="Whose AI or chips (else mining) began then or later.")
@click.option("--cik", "ciks", multiple=True, metavar="CIK", help="Only this filer; repeatable.")
@click.option("--ticker", "tickers", multiple=True, metavar="TICKER", help="Only this followed company.")
@click.option("--line", default="", metavar="LINE", help="Only filers with this line, such as ai_cloud.")
@click.option("--new", is_flag=True, help="Only filers that nobody lists.")
@click.option(
    "--all", "every", is_flag=True, help="AI hosting without mining and mining as a side line, too."
)
@click.option("--top", type=click.IntRange(1), metavar="N", help="The first N only.")
@click.option("--follow", multiple=True, metavar="CIK[=TICKER]", help="Put a filer into your companies.toml.")
@click.option(
    "--memory", type=click.IntRange(256), default=1024, show_default=True, metavar="MB", help="DuckDB's."
)
@click.option("--base-url", default="", metavar="URL", help="Of a stand-in for the SEC.")
@click.option("--html", type=click.Path(path_type=Path), help="Write a page.")
@json_option
def command(
    paths: tuple[Path, ...],
    period: str | None,
    since: str | None,
    ciks: tuple[str, ...],
    tickers: tuple[str, ...],
    line: str,
    new: bool,
    every: bool,
    top: int | None,
    follow: tuple[str, ...],
    memory: int,
    base_url: str,
    html: Path | None,
    as_json: bool,
) -> None:
    """Filers with mining, AI-hosting or chip revenue in the SEC's data sets: who is pivoting.

    Reads the Financial Statement and Notes data sets, and the plain Financial Statement data sets: archives
    as the SEC publishes them, folders of archives or of unpacked tables; without any, those in the store.
    """
    from hashpivot.desk import Desk

    if period:
        ask_who_asks(base_url)
    desk = Desk.open()
    with progress_of("Scanning") as bar:
        result = desk.discover(
            paths or None,
            fetch=period or "",
            since=since,
            named=(*ciks, *tickers),
            line=line,
            new=new,
            every=every,
            top=top,
            memory_mb=memory,
            base_url=base_url,
            on_progress=lambda part: bar.show(
                part.done // 2**20, part.size // 2**20, f"MB of {part.data_set}: {part.table}"
            ),
        )
    if as_json:
        print_json(result.to_dict())
    else:
        result.print()
    if html:
        echo(f"Page: {result.to_html(html)}", err=as_json)
    _follow(result, follow or _asked(result, as_json))


def _asked(result: DiscoverResult, as_json: bool) -> tuple[str, ...]:
    """On a terminal, who of those shown is to be followed."""
    if as_json or not any(not filer.listed_as for filer in result.filers):
        return ()
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return ()
    answer = ask("Follow which of them? CIK=TICKER, or none")
    return () if answer.lower() in ("", "none", "no", "n") else tuple(answer.split())


def _follow(result: DiscoverResult, wanted: tuple[str, ...]) -> None:
    for text in wanted:
        cik, _, ticker = text.partition("=")
        company = result.follow(cik, ticker)
        echo(f"{company.ticker} ({company.name}) is followed now: hashpivot fetch {company.ticker}", err=True)
