"""`hashpivot ledger`: a group; tables of the ledger written to files, and the upkeep of its own file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from hashpivot.ledger.records import EXPORTS

from ..shared import as_of_option, echo, json_option, print_json, show
from ._ledger_copy import copy
from ._ledger_upkeep import COMMANDS

_EPILOG = """
\b
Examples:
  hashpivot ledger check
  hashpivot ledger backup
  hashpivot ledger export figures --ticker RIOT
"""
_EXPORT = """
\b
Examples:
  hashpivot ledger export figures --ticker RIOT --measure total_revenue
  hashpivot ledger export figures --format parquet --out figures.parquet
  hashpivot ledger export contracts --as-of 2025-06-30 --out contracts.csv
"""


@click.group("ledger", epilog=_EPILOG)
def command() -> None:
    """Keep your ledger sound, and take its tables elsewhere."""


for more in (copy, *COMMANDS):
    command.add_command(more)


@command.command("export", epilog=_EXPORT)
@click.argument("table", type=click.Choice(list(EXPORTS)))
@click.option("--format", "form", type=click.Choice(["csv", "parquet"]), help="If not as --out is named.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write this file, not CSV here.")
@click.option("--ticker", "tickers", multiple=True, metavar="TICKER", help="Only this company; repeatable.")
@click.option("--measure", "measures", multiple=True, help="Only this measure of figures; repeatable.")
@as_of_option
@json_option
def export(
    table: str,
    form: str | None,
    out: Path | None,
    tickers: tuple[str, ...],
    measures: tuple[str, ...],
    as_of: date | None,
    as_json: bool,
) -> None:
    """Write a table as CSV or Parquet: figures, sources, contracts, targets, splits or events.

    It holds the package's figures and your own. Figures have the columns that `hashpivot record figures`
    reads, and more, so that an edited table can be recorded. Parquet needs pyarrow: pip install
    "hashpivot[parquet]".
    """
    from hashpivot.desk import Desk

    parquet = form == "parquet" if form else bool(out and out.suffix.lower() == ".parquet")
    if parquet and not out:
        raise click.UsageError("Parquet is no text: name a file with --out")
    exported = Desk.open(as_of=as_of).export(table, tickers, measures)
    if out is None:
        return show(exported, as_json)
    (exported.to_parquet if parquet else exported.to_csv)(out)
    if as_json:
        return print_json({"table": table, "file": str(out), "rows": len(exported.rows)})
    return echo(f"{out}: {len(exported.rows)} rows")
