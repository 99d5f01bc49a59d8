"""`hashpivot watch`."""

from __future__ import annotations

import click

from ..shared import echo, json_option, show_at_once
from ._identity import ask_who_asks
from ._told import Waits

_EPILOG = """
\b
Examples:
  hashpivot watch                        every listed company, until Ctrl-C
  hashpivot watch CORZ WULF --every 300
  hashpivot watch --since 2026-11-01     also what has been filed since that day
  hashpivot watch --json >> filings.jsonl
  hashpivot watch --once                 look once, for a timer of your own

\b
Settings, in settings.toml of HASHPIVOT_HOME or the environment:
  [watch] webhook      HASHPIVOT_WATCH_WEBHOOK    address that gets each message by POST
  [watch] mail_to      HASHPIVOT_WATCH_MAIL_TO    mail address, through the system's sendmail
"""


@click.command("watch", epilog=_EPILOG)
@click.argument("tickers", nargs=-1, metavar="[TICKER]...")
@click.option(
    "--every",
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="From one look to the next; 10 or more.",
)
@click.option(
    "--since", metavar="DAY|QUARTER", help="First day of filing; else now, or where the last watch ended."
)
@click.option("--once", is_flag=True, help="Look once and end.")
@click.option("--base-url", default="", metavar="URL", help="Of a stand-in for the SEC.")
@json_option
def command(
    tickers: tuple[str, ...], every: float, since: str | None, once: bool, base_url: str, as_json: bool
) -> None:
    """Watch the SEC for new filings, put each into your ledger, and tell what it changed.

    New figures, verdicts that moved, and how revenue compares with its nowcast. With --json one object a
    line. Ended and started again, it goes on where it was. It runs until Ctrl-C or SIGTERM; with --once the
    exit status is 1 if a list, a filing or a channel failed.
    """
    from hashpivot.desk import Desk, WatchEvent

    ask_who_asks(base_url)
    waits = Waits()
    events = Desk.open().watch(
        tickers or None,
        every=every,
        since=since,
        once=once,
        base_url=base_url,
        on_wait=waits,
    )
    problems = False
    try:
        for event in events:
            waits.over()
            show_at_once(event, as_json)
            problems |= isinstance(event, WatchEvent) and event.is_problem
    except KeyboardInterrupt:
        echo("watch ended; the next one goes on from here", err=True)
        return
    if problems:  # of a single look
        raise SystemExit(1)
