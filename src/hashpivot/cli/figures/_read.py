"""`hashpivot read`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from ..shared import (
    complain,
    filed_option,
    files_argument,
    json_option,
    print_json,
    ticker_option,
    with_progress,
)

_EPILOG = """
\b
Examples:
  hashpivot read riot-20240630x10q.htm
  hashpivot read *.htm.gz --json
  hashpivot read call.txt --statements --ticker RIOT --filed 2025-10-30
"""


@click.command("read", epilog=_EPILOG)
@files_argument
@click.option(
    "--statements",
    is_flag=True,
    help="Show targets, contracts and risks its text states, each with its place.",
)
@filed_option
@ticker_option
@json_option
def command(
    files: tuple[Path, ...], statements: bool, filed: date | None, ticker: str, as_json: bool
) -> None:
    """What one or more filings say, by line and period. Nothing is stored.

    Of a monthly or quarterly production update the operating figures are shown.

    FILE is inline XBRL (.htm), an XBRL instance (.xml) or an EDGAR full submission (.txt), each also as .gz;
    with --ticker and --filed also a text without figures, such as a transcript.
    """
    from hashpivot.core import HashpivotError
    from hashpivot.desk import Desk, one_file

    answers: list[dict[str, Any]] = []
    failed = False
    for path in with_progress(files, "Reading"):
        try:
            document = Desk.read(path, statements=statements, filed=filed, ticker=ticker)
            with one_file(path):
                answer = document.to_dict(statements=statements)
        except HashpivotError as error:
            failed = True
            answers.append({"source": {"file": str(path)}, "error": error.to_dict()})
            complain(error)
            continue
        answers.append(answer)
        if not as_json:
            document.print(statements=statements)
    if as_json:
        print_json({"readings": answers})
    if failed:
        raise SystemExit(1)
