"""`hashpivot add`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..shared import (
    complain,
    echo,
    filed_option,
    json_option,
    print_json,
    print_run,
    progress_of,
    stopped_by,
    ticker_option,
    with_progress,
)

if TYPE_CHECKING:
    from hashpivot.desk import BulkAdd

_EPILOG = """
\b
Examples:
  hashpivot add riot-20250930x10q.htm --filed 2025-10-30
  hashpivot add *.htm.gz
  hashpivot add call.txt --ticker RIOT --filed 2025-10-30
  hashpivot add --from . --report report.csv
  hashpivot add --from list.csv --cluster tcp://10.0.0.1:8786 --report report.csv
"""


@click.command("add", epilog=_EPILOG)
@click.argument("files", nargs=-1, metavar="FILE...", type=click.Path(path_type=Path))
@filed_option
@ticker_option
@click.option(
    "--from", "source", metavar="FOLDER|LIST",
    help="Add the filings of a folder, those below it included, or of a list: a path a line, or CSV with the "
    "columns path, ticker and filed; - for a list from standard input.",
)  # fmt: skip
@click.option(
    "--workers", type=click.IntRange(1, 256), metavar="N",
    help="With --from: processes that read; as many as there are processors if not given.",
)  # fmt: skip
@click.option(
    "--cluster", default="", metavar="ADDRESS",
    help="With --from: a Dask scheduler instead of processes here. Whoever runs it can run code here.",
)  # fmt: skip
@click.option(
    "--report", type=click.Path(path_type=Path), metavar="CSV",
    help="With --from: write what became of each file, a row each.",
)  # fmt: skip
@click.option(
    "--time-limit", type=click.FloatRange(0, 86_400, min_open=True), metavar="SECONDS",
    help="With --from: give a file up after that long; 120 if not given.",
)  # fmt: skip
@json_option
def command(
    files: tuple[Path, ...], filed: date | None, ticker: str, source: str | None, workers: int | None,
    cluster: str, report: Path | None, time_limit: float | None, as_json: bool,
) -> None:  # fmt: skip
    """Read filings and put them into your ledger.

    The targets, contracts and risks their text states are kept with the figures and count in the season. A
    text without figures, such as a transcript, is added with --ticker and --filed.

    Filings are added whole or not at all; adding one twice changes nothing. The ledger is the file
    HASHPIVOT_LEDGER names, or else ledger.sqlite3 in the folder HASHPIVOT_HOME (default: the platform's data
    folder).

    With --from, several processes read, and one writes in the order of the list. A file that cannot be read
    costs a row of the report; run again after Ctrl-C or a crash, what the ledger holds is skipped.
    """
    _check_usage(files, source, workers, cluster, bool(report or time_limit))
    if source is None:
        _add_files(files, filed, ticker, as_json)
        return
    from hashpivot.desk import TIME_LIMIT, BulkAdd, list_files

    listed = list_files(source, ticker=ticker, filed=filed)
    limit = time_limit or TIME_LIMIT
    bulk = BulkAdd(listed, workers=workers, cluster=cluster, report=report, time_limit=limit)
    stopped = stopped_by(lambda: _follow(bulk, failures_only=as_json or report is not None))
    summary = bulk.summary()
    if as_json:
        print_run(summary, stopped)
    else:
        summary.print()
    if stopped:
        complain(stopped)
        echo("  what was added is kept; the same command goes on from there", err=True)
    if stopped or not summary.complete:
        raise SystemExit(1)


def _check_usage(
    files: tuple[Path, ...], source: str | None, workers: int | None, cluster: str, others: bool
) -> None:
    if source is None and not files:
        raise click.UsageError("Missing argument 'FILE...', or --from with a folder or a list.")
    if source is not None and files:
        raise click.UsageError("--from and FILE exclude each other: put the files into the list")
    if source is None and (workers is not None or cluster or others):
        raise click.UsageError("--workers, --cluster, --report and --time-limit go with --from")
    if workers is not None and cluster:
        raise click.UsageError("--workers and --cluster exclude each other")


def _add_files(files: tuple[Path, ...], filed: date | None, ticker: str, as_json: bool) -> None:
    from hashpivot.core import HashpivotError
    from hashpivot.desk import FileAdder

    answers: list[dict[str, Any]] = []
    failed = False
    with FileAdder() as adder:
        for path in with_progress(files, "Adding"):
            try:
                added = adder.add(path, filed=filed, ticker=ticker)
            except HashpivotError as error:
                failed = True
                answers.append({"file": str(path), "error": error.to_dict()})
                complain(error)
                continue
            answers.append(added.to_dict())
            if not as_json:
                added.print()
    if as_json:
        print_json({"added": answers})
    if failed:
        raise SystemExit(1)


def _follow(bulk: BulkAdd, *, failures_only: bool) -> None:
    """Add the files and print what becomes of each, with a bar on a terminal."""
    with progress_of("Adding") as bar:
        bar.start(len(bulk))
        for outcome in bulk:
            bar.advance()
            if outcome.error:
                complain(outcome.error)
            elif not failures_only:
                outcome.print(bar.console)
