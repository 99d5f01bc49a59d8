"""`hashpivot store`."""

from __future__ import annotations

import click

from ..shared import echo, json_option, print_json

_EPILOG = """
\b
Examples:
  hashpivot store                              size by source
  hashpivot store --list                       every document
  hashpivot store --older-than 400             drop what was fetched more than 400 days ago
  hashpivot store --drop sec/0001628280-25-046263.txt
"""


@click.command("store", epilog=_EPILOG)
@click.option("--list", "listing", is_flag=True, help="List every document.")
@click.option("--drop", multiple=True, metavar="KEY", help="Drop a document; repeatable.")
@click.option("--older-than", type=click.IntRange(0), metavar="DAYS", help="Drop what was fetched before.")
@json_option
def command(listing: bool, drop: tuple[str, ...], older_than: int | None, as_json: bool) -> None:
    """Fetched documents: how many and how large, and how to drop some.

    What is dropped stays in the ledger; it is fetched again when it is wanted again.
    """
    from hashpivot.desk import stored_documents

    stored = stored_documents(drop=drop, older_than=older_than)
    if as_json:
        print_json(stored.to_dict())
        return
    stored.print()
    if listing:
        echo(*(f"{d.fetched:%Y-%m-%d}  {d.stored:>12,}  {d.key}" for d in stored.documents))
