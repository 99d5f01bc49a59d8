"""Every row of a ledger looked at: that its id is that of what it says, and that seals cover all rows."""

from __future__ import annotations

from ._rows import row_id
from ._sealed_rows import SealedRows
from ._seals import NO_ROWS, all_seals
from ._sql import select_changes, select_sources
from .database import FIGURES, READINGS, TEXT_FACTS, DamagedRow, StoredRows


def check_rows(stored: StoredRows) -> None:
    """Read every row.

    Raises:
        DamagedRow: At the first that is not what was written.
    """
    rows = SealedRows.whole(stored)
    ends: tuple[int, ...] = NO_ROWS
    for seal in all_seals(stored):
        if ends != tuple(start for start, _ in seal.spans):
            raise DamagedRow(f"seal {seal.number} does not follow on the one before")
        ends = seal.ends
    select_sources(rows)
    strays = {change.id for change in select_changes(rows)}
    for _ in rows.of(READINGS):
        pass
    for table in (FIGURES, TEXT_FACTS):
        for row in rows.of(table):
            if row_id(table.name, row[1:]) != row[0]:
                raise DamagedRow(f"{row[0]} in its table {table.name} is not what was written")
            strays.discard(row[0])
    if strays:
        raise DamagedRow(f"it has a change of {min(strays)}, which it does not hold")
