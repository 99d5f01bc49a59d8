"""`hashpivot add`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from ._common import complain, day_option, files_argument, json_option, print_json, with_progress

_EPILOG = """
\b
Examples:
  hashpivot add riot-20250930x10q.htm --filed 2025-10-30
  hashpivot add *.htm.gz
"""


@click.command("add", epilog=_EPILOG)
@files_argument
@day_option("--filed", "Day it was filed; else what the file says, or the SEC deadline.")
@json_option
def command(files: tuple[Path, ...], filed: date | None, as_json: bool) -> None:
    """Read filings and put them into your ledger.

    Filings are added whole or not at all; adding one twice changes nothing. The ledger is ledger.sqlite3 in
    the folder HASHPIVOT_HOME (default: the platform's data folder).
    """
    from hashpivot.core import HashpivotError

    results: list[dict[str, Any]] = []
    for path in with_progress(files, "Adding"):
        try:
            results.append(_add(path, filed))
        except HashpivotError as error:
            results.append({"file": str(path), "error": error.to_dict()})
            complain(error)
            continue
        if not as_json:
            _print(results[-1])
    if as_json:
        print_json({"added": results})
    if any("error" in result for result in results):
        raise SystemExit(1)


def _add(path: Path, filed: date | None) -> dict[str, Any]:
    from hashpivot.core import InvalidInput, NoData, UnknownCompany
    from hashpivot.ledger import Ledger
    from hashpivot.lines import read

    reading = read(path, filed=filed)
    if not reading.source.ticker:
        hint = "add the company with its CIK to companies.toml in HASHPIVOT_HOME"
        raise UnknownCompany("the filing names no company we know", where=str(path), hint=hint)
    if not reading.figures():
        raise NoData(
            "the filing holds no figures we read", where=str(path), hint="hashpivot read shows what is in it"
        )
    if filed and reading.document_period_end and filed < reading.document_period_end:
        end = reading.document_period_end
        raise InvalidInput(
            f"it cannot have been filed on {filed}, before its period ended on {end}", where=str(path)
        )
    with Ledger.open() as ledger:
        added = ledger.add(reading.source, reading.figures())
    return {
        "file": str(path),
        "source": reading.source.key,
        "ticker": reading.source.ticker,
        "new": added.new,
        "figures": added.figures,
        "known": reading.source.known.isoformat(),
        "known_basis": reading.source.known_basis,
        "warnings": list(reading.warnings),
    }


def _print(result: dict[str, Any]) -> None:
    done = (
        f"{result['figures']} figures added"
        if result["new"]
        else "already in the ledger, nothing changed (nor the day it became known)"
    )
    click.echo(f"{result['ticker']}  {result['file']}: {done}")
    for warning in result["warnings"]:
        click.echo(f"  warning: {warning}")
