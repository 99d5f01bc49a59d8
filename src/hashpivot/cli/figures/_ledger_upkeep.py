"""`hashpivot ledger check`, `backup`, `restore`, `vacuum` and `repair`: the ledger's file kept sound."""

from __future__ import annotations

from pathlib import Path

import click

from ..shared import json_option, progress_of, show

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("check", epilog="\b\nExample:\n  hashpivot ledger check")
@json_option
@click.pass_context
def check(context: click.Context, as_json: bool) -> None:
    """Look at every row of your ledger: is it there, and the one that was written?

    It also names the filings that an earlier version of the reader read. Exit status 1 if any row is
    damaged.
    """
    from hashpivot.desk import check_ledger

    with progress_of("Checking") as bar:
        checked = check_ledger(progress=lambda what, done, of: bar.show(done, of, what))
    show(checked, as_json)
    if not checked.report.sound:
        context.exit(1)


@click.command(
    "backup", epilog="\b\nExamples:\n  hashpivot ledger backup\n  hashpivot ledger backup safe.sqlite3"
)
@click.argument("file", type=_FILE, required=False)
@json_option
def backup(file: Path | None, as_json: bool) -> None:
    """Copy your ledger to FILE, or to a dated name beside it, and check the copy.

    Others may read and write meanwhile. No file is replaced.
    """
    from hashpivot.desk import back_up_ledger

    show(back_up_ledger(file), as_json)


@click.command("restore", epilog="\b\nExample:\n  hashpivot ledger restore ledger.sqlite3.backup-2026-11-30")
@click.argument("file", type=_FILE)
@json_option
def restore(file: Path, as_json: bool) -> None:
    """Check the backup FILE and put it in the place of your ledger.

    The ledger that stood there, be it damaged beyond opening, is kept beside it.
    """
    from hashpivot.desk import restore_ledger

    show(restore_ledger(file), as_json)


@click.command("vacuum", epilog="\b\nExample:\n  hashpivot ledger vacuum")
@json_option
def vacuum(as_json: bool) -> None:
    """Give back the room in your ledger's file that nothing stands in, as after a migration."""
    from hashpivot.desk import vacuum_ledger

    show(vacuum_ledger(), as_json)


@click.command("repair", epilog="\b\nExample:\n  hashpivot ledger repair")
@json_option
@click.pass_context
def repair(context: click.Context, as_json: bool) -> None:
    """Write a damaged ledger anew, from what is sound in it and from the documents in the store.

    What cannot be recovered is named; the damaged file is kept. A sound ledger is left as it is. Exit
    status 1 if anything is lost.
    """
    from hashpivot.desk import repair_ledger

    with progress_of("Repairing") as bar:
        repaired = repair_ledger(progress=lambda what, done, of: bar.show(done, of, what))
    show(repaired, as_json)
    if repaired.repair.salvage and repaired.repair.salvage.lost:
        context.exit(1)


COMMANDS = (check, backup, restore, vacuum, repair)
