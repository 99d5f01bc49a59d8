"""A damaged ledger written anew from what is sound in it and from its documents."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hashpivot.core import file_stamp, short_repr

from ..store import Ledger, LedgerCheck, LedgerDamage, Progress, Reread, Salvage, ledger_state, salvage
from ._files import no_ledger, partial_file, refusals
from ._swap import put_in_place


@short_repr
@dataclass(frozen=True, slots=True)
class LedgerRepair:
    """A ledger that was looked at and, if damaged, written anew.

    Args:
        ledger: Its file.
        kept: The damaged file; None if the ledger was sound and is as it was.
        salvage: What became of the sources; None likewise.
        check: What the ledger holds now.
    """

    ledger: Path
    kept: Path | None
    salvage: Salvage | None
    check: LedgerCheck


def repair(path: Path, reread: Reread, progress: Progress | None = None) -> LedgerRepair:
    """Write a damaged ledger anew beside itself, check that, and put it in its place.

    The damaged file is kept. A process that is killed leaves the ledger as it was.

    Args:
        path: The ledger.
        reread: Reads a damaged filing again.
        progress: As for `Ledger.check`.

    Raises:
        LedgerError: If there is no ledger, it cannot be read at all, or another process has it open or wrote
            to it meanwhile.
    """
    if file_stamp(path) is None:
        raise no_ledger(path)
    try:
        with Ledger.open(path) as ledger:
            return LedgerRepair(path, None, None, ledger.check(progress))
    except LedgerDamage:
        pass
    was = ledger_state(path)
    with refusals(path, "repaired"), partial_file(path, "repair") as partial:
        with Ledger.open(partial) as fresh:
            saved = salvage(path, fresh, reread, progress)
        if not partial.exists():
            raise LedgerDamage(
                f"none of its {len(saved.lost)} sources can be recovered"
                if saved.lost
                else "nothing of the ledger can be read",
                where=str(path),
                hint="restore a backup, or move the file away and add the filings again",
            )
        with Ledger.open(partial) as fresh:
            check = fresh.check(progress)
        kept = put_in_place(partial, path, "damaged", was)
    return LedgerRepair(path, kept, saved, check)
