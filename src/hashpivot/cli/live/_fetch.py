"""`hashpivot fetch`: filings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from ..shared import complain, echo, json_option, print_run, progress_of, stopped_by
from ._identity import ask_who_asks
from ._report_words import understood
from ._told import Waits, is_shown, next_steps

if TYPE_CHECKING:
    from hashpivot.desk import FetchEvent

_EPILOG = """
\b
Examples:
  hashpivot fetch --season 2026Q3             every company's filings of a season
  hashpivot fetch CORZ                        all since the quarter before the last halving
  hashpivot fetch CORZ WULF --since 2024Q1 --forms 10-K,10-Q
  hashpivot fetch CORZ 10-Q 2024Q1            one report, as `coverage --missing` prints it
  hashpivot fetch --missing --season 2026Q2   what coverage lists as missing
  hashpivot fetch --season 2026Q3 --dry-run --json
"""


class _FetchContext(click.Context):
    """Usage lines and errors say `hashpivot fetch`: the command is the group's own."""

    @property
    def command_path(self) -> str:
        return self.parent.command_path if self.parent else super().command_path


class _FetchCommand(click.Command):
    context_class = _FetchContext


@click.command("filings", cls=_FetchCommand, epilog=_EPILOG)
@click.argument("words", nargs=-1, metavar="[TICKER]... [FORM QUARTER]")
@click.option("--season", metavar="QUARTER", help="The reports on a quarter, and what else was filed then.")
@click.option("--since", metavar="DAY|QUARTER", help="First day of filing.")
@click.option("--missing", is_flag=True, help="The reports that coverage lists as missing.")
@click.option("--forms", default="", metavar="FORM,...", help="Only these forms and their amendments.")
@click.option("--dry-run", is_flag=True, help="Read the lists only; show what would be fetched.")
@click.option("--verbose", is_flag=True, help="Print a line for each filing, with the reader's warnings.")
@click.option("--base-url", default="", metavar="URL", help="Of a stand-in for the SEC.")
@json_option
def filings(
    words: tuple[str, ...],
    season: str | None,
    since: str | None,
    missing: bool,
    forms: str,
    dry_run: bool,
    verbose: bool,
    base_url: str,
    as_json: bool,
) -> None:
    """Fetch filings from the SEC, read them, and put them into your ledger.

    The first word may also be `network` or `power`: see `hashpivot fetch network --help`.

    Each filing is fetched once, kept in the store, read and added as it comes; run again, only what is new
    is fetched. Exit status 1 if any wanted filing is unreadable or unreachable.
    """
    from hashpivot.desk import Desk, FetchSummary

    desk = Desk.open()
    tickers, reports = understood(
        words, desk, otherwise_chosen=bool(season or since or missing or forms.strip())
    )
    ask_who_asks(base_url)
    waits = Waits()
    events = desk.fetch(
        tickers or None,
        season=season,
        since=since,
        forms=[form for form in forms.split(",") if form.strip()],
        missing=reports or missing,
        dry_run=dry_run,
        base_url=base_url,
        on_wait=waits,
    )
    seen: list[FetchEvent] = []
    stopped = stopped_by(lambda: _follow(events, seen, waits, verbose=verbose, quiet=as_json))
    summary = FetchSummary.of(seen)
    if as_json:
        print_run(summary, stopped)
    elif seen:
        summary.print()
    if stopped:
        complain(stopped)
        if seen:
            echo("  what was done is kept; the same command goes on from there", err=True)
    elif not as_json:
        for line in next_steps(summary, season, dry_run=dry_run):
            echo(line)
    if stopped or not summary.complete:
        raise SystemExit(1)


def _follow(
    events: Iterable[FetchEvent], seen: list[FetchEvent], waits: Waits, *, verbose: bool, quiet: bool
) -> None:
    """Keep the events as they come and print them, with a bar on a terminal once their number is known."""
    from hashpivot.desk import DocumentFetched, FetchPlanned

    with progress_of("Fetching") as bar:
        for event in events:
            seen.append(event)
            waits.over()
            if not quiet and is_shown(event, verbose=verbose):
                event.print(bar.console)
            if isinstance(event, FetchPlanned):
                bar.start(event.documents)
            elif isinstance(event, DocumentFetched):
                bar.advance()
