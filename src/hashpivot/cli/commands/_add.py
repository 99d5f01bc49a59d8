"""`hashpivot add`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from hashpivot.lines import Reading

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

    Filings are added whole or not at all; adding one twice changes nothing. The ledger is ledger.sqlite3 in
    the folder HASHPIVOT_HOME (default: the platform's data folder).
    """
    from hashpivot.core import HashpivotError

    results: list[dict[str, Any]] = []
    for path in with_progress(files, "Adding"):
        try:
            results.append(_add(path, filed, ticker))
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


def _add(path: Path, filed: date | None, ticker: str) -> dict[str, Any]:
    from hashpivot.ledger import Ledger, bundled, disagreements

    from ..._document import read_document

    document = read_document(path, ticker=ticker, filed=filed)
    reading, remarks = document.reading, document.remarks()
    _refuse(reading, filed, len(reading.figures()) + sum(remark.kind != "text" for remark in remarks), path)
    figures = reading.figures()
    with Ledger.open() as ledger:
        disagree = disagreements(bundled() | ledger.read(reading.source.ticker), figures)
        added = ledger.add(reading.source, figures, remarks)
    kinds = [remark.kind for remark in remarks] if added.new else []
    return {
        "file": str(path),
        "source": reading.source.key,
        "ticker": reading.source.ticker,
        "new": added.new,
        "figures": added.figures,
        "targets": kinds.count("target"),
        "withdrawals": kinds.count("withdrawal"),
        "flags": kinds.count("flag"),
        "contracts": kinds.count("contract"),
        "preliminary": kinds.count("preliminary"),
        "known": reading.source.known.isoformat(),
        "known_basis": reading.source.known_basis,
        "warnings": [*reading.warnings, *(disagree if added.new else ())],
    }


def _refuse(reading: Reading, filed: date | None, found: int, path: Path) -> None:
    """Raise if there is nothing to add, or nobody or no day it could belong to."""
    from hashpivot.core import InvalidInput, NoData, UnknownCompany

    if not reading.source.ticker:
        hint = "name it with --ticker, or add it with its CIK to companies.toml in HASHPIVOT_HOME"
        raise UnknownCompany("the filing names no company we know", where=str(path), hint=hint)
    if not found:
        raise NoData(
            "it holds no figures, targets or flags we read",
            where=str(path),
            hint="hashpivot read --statements shows what is in it",
        )
    if filed and reading.document_period_end and filed < reading.document_period_end:
        end = reading.document_period_end
        raise InvalidInput(
            f"it cannot have been filed on {filed}, before its period ended on {end}", where=str(path)
        )


_ALWAYS = ("figures", "targets", "flags")
_COUNTED = (*_ALWAYS, "contracts", "preliminary")


def _shown(result: dict[str, Any], what: str) -> bool:
    return what in _ALWAYS or bool(result[what])


def _print(result: dict[str, Any]) -> None:
    done = (
        "added, " + ", ".join(f"{result[what]} {what}" for what in _COUNTED if _shown(result, what))
        if result["new"]
        else "already in the ledger, nothing changed (nor the day it became known)"
    )
    click.echo(f"{result['ticker']}  {result['file']}: {done}")
    for warning in result["warnings"]:
        click.echo(f"  warning: {warning}")
