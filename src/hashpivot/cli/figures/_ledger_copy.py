"""`hashpivot ledger copy`: a ledger into another file or server."""

from __future__ import annotations

import click

from ..shared import echo, json_option, print_json, progress_of

_EPILOG = """
\b
Examples:
  hashpivot ledger copy ledger.sqlite3 'postgresql://desk@db.example/finance?schema=hashpivot'
  hashpivot ledger copy 'postgresql://desk@db.example/finance?schema=hashpivot' copy.sqlite3
"""


@click.command("copy", epilog=_EPILOG)
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@json_option
def copy(source: str, target: str, as_json: bool) -> None:
    """Copy a ledger without loss: every row, its order, its checksum; both are compared at the end.

    FROM and TO are files or postgresql://USER@HOST/DATABASE. TO must be empty or hold the beginning of FROM.
    A copy that was stopped goes on with the same command.
    """
    from hashpivot.core import ledger_place
    from hashpivot.ledger import Ledger

    with (
        Ledger.open(source) as original,
        Ledger.open(target) as other,
        progress_of("copying rows") as progress,
    ):
        made = original.copy_to(other, progress.show)
    place = ledger_place(target)
    if as_json:
        return print_json({"ledger": str(place), **made.to_dict()})
    before = f", {made.held:,} were there" if made.held else ""
    return echo(f"{place}: {made.rows:,} rows copied{before}; every row is the same")
