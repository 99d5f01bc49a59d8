"""`hashpivot site run` and `hashpivot site replay`."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from ..shared import echo, json_option, show, show_at_once
from ._options import learned_option, live_options, site_command

if TYPE_CHECKING:
    from hashpivot.desk import SiteDesk

_EPILOG = """
\b
Examples:
  hashpivot site run my-site.toml --live --state my-site.state.json --csv schedule.csv
  hashpivot site run my-site.toml --prices my-prices.csv --state my-site.state.json --default off
  hashpivot site run my-site.toml --prices my-prices.csv --state my-site.state.json --once

\b
Settings, in settings.toml of HASHPIVOT_HOME or the environment:
  [site] webhook   HASHPIVOT_SITE_WEBHOOK   address that gets each schedule by POST
  [site] mqtt      HASHPIVOT_SITE_MQTT      mqtts://user:password@host/topic it is published to
"""
_REPLAY_EPILOG = """
\b
Examples:
  hashpivot site replay my-site.state.json.log
  hashpivot site replay my-site.state.json.log --json
"""


@site_command("run", _EPILOG)
@live_options
@click.option(
    "--state",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="Where the site stands; begun in normal mode, free to stop.",
)
@click.option(
    "--log", type=click.Path(path_type=Path), metavar="FILE", help="Log (default: that of --state with .log)."
)
@click.option("--interval", type=int, metavar="MINUTES", help="Length of an interval (default: the prices').")
@click.option("--hours", type=int, default=36, show_default=True, metavar="N", help="Hours planned ahead.")
@click.option(
    "--stale-after",
    type=int,
    default=3,
    show_default=True,
    metavar="N",
    help="Intervals the last real-time price may lie back before the safe default is run.",
)
@click.option(
    "--default",
    default="keep",
    show_default=True,
    metavar="MODES",
    help="What is done then, as far as the machines' limits allow: keep the modes, off, or normal.",
)
@click.option(
    "--csv", "csv_path", type=click.Path(path_type=Path), metavar="PATH", help="Write each schedule here."
)
@click.option("--json-file", type=click.Path(path_type=Path), metavar="PATH", help="The same as JSON.")
@click.option("--once", is_flag=True, help="Decide the interval at hand and end, for a timer of your own.")
@click.option(
    "--delay",
    type=click.FloatRange(0, 3600),
    default=20.0,
    show_default=True,
    metavar="SECONDS",
    help="From the beginning of an interval to its decision, until its inputs are published.",
)
@learned_option
@json_option
def run(
    site: SiteDesk,
    state: Path,
    log: Path | None,
    interval: int | None,
    hours: int,
    stale_after: int,
    default: str,
    csv_path: Path | None,
    json_file: Path | None,
    once: bool,
    delay: float,
    learned: bool,
    as_json: bool,
) -> None:
    """Run a site: each interval read prices, plan, decide, and write the schedule.

    Every decision is a line of the log, with its inputs and reasons. Ended or killed and started again, it
    goes on where it was; two runs on one state exclude each other. When prices are stale or missing, or the
    state is lost, it raises an alarm and runs the safe default. It runs until Ctrl-C or SIGTERM; with --once
    the exit status is 1 after an alarm or where an output failed.
    """
    from hashpivot.desk import site_outputs
    from hashpivot.sources import Settings

    problems, outputs = False, site_outputs(Settings.load(), csv_path, json_file)
    with _ended_by_signals() as stop:
        for made in site.run(
            state, log=log, minutes=interval, hours=hours, stale_after=stale_after, default=default,
            learned=learned, outputs=outputs, once=once, delay=delay, stop=stop,
        ):  # fmt: skip
            show_at_once(made, as_json)
            problems |= made.is_problem
        if stop.is_set():
            echo("site run ended; the next one goes on from here", err=True)
        if once and problems:
            raise SystemExit(1)


@contextmanager
def _ended_by_signals() -> Iterator[Event]:
    """Give an event that SIGTERM and Ctrl-C set: the interval at hand is finished first."""
    stop = Event()
    before = {name: signal.signal(name, lambda *_: stop.set()) for name in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


@click.command("replay", epilog=_REPLAY_EPILOG)
@click.argument("log", type=click.Path(path_type=Path), metavar="LOG")
@json_option
def replay(log: Path, as_json: bool) -> None:
    """Decide every interval of a run's log again, and tell the first that differs.

    The exit status is 1 if one does.
    """
    from hashpivot.desk import replay_run

    done = replay_run(log)
    show(done, as_json)
    if not done.same:
        raise SystemExit(1)
