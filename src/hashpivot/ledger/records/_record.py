"""Rows checked one by one, then recorded together or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from hashpivot.core import Company, Figure

from ..store import Entry, Figures, Ledger, Recorded, RowFault, RowFaults
from ._cells import Cells, Scene
from ._kinds import RecordKind
from ._table import TextRow


def scene_of(held: Figures, companies: Mapping[str, Company], today: date) -> Scene:
    """Return what rows are checked against.

    Args:
        held: The bundled figures and the user's ledger, whose sources a filing date may be of.
        companies: By ticker.
        today: The day of the recording.
    """
    ends: dict[str, date] = {}
    for figure in held.figures:
        if figure.start:
            ends[figure.source] = max(figure.end, ends.get(figure.source, figure.end))
    return Scene(companies, today, held.sources, ends)


def check_rows(kind: RecordKind, rows: Iterable[TextRow], scene: Scene, *, where: str = "") -> list[Entry]:
    """Return the entries of rows.

    Raises:
        RowFaults: With every fault of every row.
    """
    entries: list[Entry] = []
    faults: list[RowFault] = []
    for row in rows:
        cells = Cells(row.line, row.cells, scene)
        cells.require(kind.columns)
        entry = kind.read(cells)
        faults += cells.faults
        if entry:
            entries.append(entry)
    faults += [*_contradictions(entries), *_two_sources(entries)]
    if faults:
        raise RowFaults(faults, where=where)
    return entries


def record_rows(
    ledger: Ledger, kind: RecordKind, rows: Iterable[TextRow], scene: Scene, *, where: str | Path = ""
) -> list[Recorded]:
    """Check rows and record them in one transaction.

    Raises:
        RowFaults: If any row is wrong; nothing is recorded then.
        LedgerError: If the ledger cannot be written; nothing is recorded then.
    """
    entries = check_rows(kind, rows, scene, where=str(where))
    try:
        return ledger.record(entries, recorded_on=scene.today)
    except RowFaults as error:
        raise RowFaults(error.faults, where=str(where)) from None


def _contradictions(entries: Iterable[Entry]) -> Iterable[RowFault]:
    """Rows that say otherwise what an earlier row of the table says from the same source."""
    first: dict[object, Entry] = {}
    for entry in entries:
        other = first.setdefault(entry.question, entry)
        if other.member != entry.member:
            what = entry.member.address if isinstance(entry.member, Figure) else entry.member.kind
            yield RowFault(
                entry.line, "", f"{what} of this source is given otherwise on line {other.line}",
                "keep one row; add up rows of one line of business, or give the other document's title",
            )  # fmt: skip


def _two_sources(entries: Iterable[Entry]) -> Iterable[RowFault]:
    """Rows whose source has another grade, form or day than on an earlier row."""
    first: dict[str, Entry] = {}
    for entry in entries:
        other = first.setdefault(entry.source.key, entry)
        for column in ("known", "grade", "form"):
            mine, theirs = (str(getattr(one.source, column)) for one in (entry, other))
            if mine != theirs:
                yield RowFault(
                    entry.line, column, f"this source has {column} {theirs or 'none'} on line {other.line}",
                    f"write {theirs or 'nothing'}, or give another document another title",
                )  # fmt: skip
