"""`hashpivot add`."""

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
  hashpivot add riot-20250930x10q.htm --filed 2025-10-30
  hashpivot add *.htm.gz
  hashpivot add call.txt --ticker RIOT --filed 2025-10-30
"""


@click.command("add", epilog=_EPILOG)
@files_argument
@filed_option
@ticker_option
@json_option
def command(files: tuple[Path, ...], filed: date | None, ticker: str, as_json: bool) -> None:
    """Read filings and put them into your ledger.

    The targets, contracts and risks their text states are kept with the figures and count in the season. A
    text without figures, such as a transcript, is added with --ticker and --filed.

    Filings are added whole or not at all; adding one twice changes nothing. The ledger is the file
    HASHPIVOT_LEDGER names, or else ledger.sqlite3 in the folder HASHPIVOT_HOME (default: the platform's data
    folder).
    """
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
