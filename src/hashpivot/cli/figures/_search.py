"""`hashpivot search`."""

from __future__ import annotations

from datetime import date

import click

from ..shared import as_of_option, json_option, show

_EPILOG = """
\b
Examples:
  hashpivot search core scientific
  hashpivot search ai colocation CORZ 2024Q4
  hashpivot search CoreWeave --limit 3
  hashpivot search 8-K 2025-09-30 --json
"""


@click.command("search", epilog=_EPILOG)
@click.argument("text", nargs=-1, required=True, metavar="TEXT...")
@click.option("--limit", default=10, show_default=True, metavar="N", help="Hits of each kind, 1 to 200.")
@as_of_option
@json_option
def command(text: tuple[str, ...], limit: int, as_of: date | None, as_json: bool) -> None:
    """Companies, lines, figures, contracts, targets, risk disclosures and sources by words.

    Every word must be there, or begin a word that is; a slip is taken for the word most like it. A figure's
    address is what `hashpivot trace` takes.
    """
    from hashpivot.desk import Desk

    show(Desk.open(as_of=as_of).search(" ".join(text), limit=limit), as_json)
