"""The ledger's file looked at, backed up, restored, vacuumed and repaired."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hashpivot.core import (
    LedgerError,
    LedgerPlace,
    LedgerUrl,
    Source,
    default_ledger,
    ledger_place,
    named_path,
)
from hashpivot.ledger import DamagedLedger, Ledger, LedgerCheck
from hashpivot.ledger.store import LedgerDamage, LostSource, Progress, survey
from hashpivot.ledger.upkeep import LedgerRepair, back_up, no_ledger, repair, restore, vacuum
from hashpivot.lines import READER_VERSION

from ..shared import DeskResult, counted
from ._stored_filing import reread_stored

if TYPE_CHECKING:
    from rich.console import Console

_MENDED = "write it anew with hashpivot ledger repair, or restore a backup"
_DAMAGED = "the ledger is damaged: "
_LISTED = 20
"""Sources that are named on the terminal; JSON has all."""


@dataclass(frozen=True, repr=False)
class CheckedLedger(DeskResult):
    """What a look at every row of the ledger found.

    Args:
        ledger: Where it is.
        report: What it holds, and what is damaged.
        older: Sources of files that an earlier version of the reader read, with that version.
    """

    ledger: LedgerPlace
    report: LedgerCheck
    older: tuple[tuple[Source, int], ...]

    def __repr__(self) -> str:
        return f"CheckedLedger({'sound' if self.report.sound else 'damaged'})"

    def records(self) -> list[dict[str, Any]]:
        """One row a damaged source."""
        return [damage.to_dict() for damage in self.report.damaged]

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot ledger check`."""
        older = [
            {"source": source.key, "title": source.title, "file": source.name, "reader": reader}
            for source, reader in self.older
        ]
        return {"ledger": str(self.ledger), **self.report.to_dict(), "reader": READER_VERSION, "older": older}

    def _show(self, console: Console) -> None:
        lines = [f"{self.ledger}: {_counts(self.report)}"]
        if self.report.sound and not any(self.report.rows.values()):
            lines.append("there is no ledger yet, nothing to check: answers are from the package's figures")
        elif self.report.sound:
            lines.append("sound: every row is there, and the one that was written")
        lines += _listed([damage.words for damage in self.report.damaged], "damaged: ")
        lines += [f"damaged: {fault.removeprefix(_DAMAGED)}" for fault in self.report.faults]
        if not self.report.sound:
            of_server = isinstance(self.ledger, LedgerUrl)
            mended = "restore a dump of it" if of_server else _MENDED
            lines.append(f"hint: {mended}")
        if self.older:
            many = len(self.older)
            lines.append(
                f"{many} sources were read by an earlier version of the reader than {READER_VERSION}:"
            )
            lines += _listed([f"{s.title} ({s.name}): version {reader}" for s, reader in self.older], "  ")
            lines.append("hint: read them again with hashpivot add FILE..., or hashpivot fetch")
        _print(console, lines)


@dataclass(frozen=True, repr=False)
class LedgerFileResult(DeskResult):
    """What was done with the ledger's file.

    Args:
        done: `backup`, `restore` or `vacuum`.
        ledger: Its file.
        file: The backup written or restored; None for a vacuum.
        kept: Where the file that was restored over is kept; None if there is none.
        bytes_before: Of the ledger and its log before a vacuum; None otherwise.
        size: Bytes of the backup, or of the ledger afterwards.
        report: What it holds.
    """

    done: str
    ledger: Path
    file: Path | None
    kept: Path | None
    bytes_before: int | None
    size: int
    report: LedgerCheck

    def __repr__(self) -> str:
        return f"LedgerFileResult({self.done}: {self.file or self.ledger})"

    def records(self) -> list[dict[str, Any]]:
        """One row: the files and their sizes."""
        return [{key: value for key, value in self.to_dict().items() if key != "rows"}]

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot ledger backup`, `restore` and `vacuum`."""
        return {
            "done": self.done,
            "ledger": str(self.ledger),
            "file": str(self.file) if self.file else None,
            "kept": str(self.kept) if self.kept else None,
            "bytes_before": self.bytes_before,
            "bytes": self.size,
            "rows": self.report.rows,
        }

    def _show(self, console: Console) -> None:
        lines = {
            "backup": f"{self.file}: backup of {self.size:,} bytes, {_counts(self.report)}, checked",
            "restore": f"{self.ledger}: restored from {self.file}, {_counts(self.report)}, checked",
            "vacuum": f"{self.ledger}: {self.bytes_before or 0:,} bytes before, {self.size:,} now, "
            f"{_counts(self.report)}, checked",
        }
        kept = [f"{self.kept}: the ledger before"] if self.kept else []
        _print(console, [lines[self.done], *kept])


@dataclass(frozen=True, repr=False)
class RepairedLedger(DeskResult):
    """What became of a ledger that was to be repaired.

    Args:
        repair: The ledger, the file that is kept, and what became of its sources.
    """

    repair: LedgerRepair

    def __repr__(self) -> str:
        return f"RepairedLedger({'written anew' if self.repair.kept else 'sound, left as it is'})"

    def records(self) -> list[dict[str, Any]]:
        """One row a damaged source, and what became of it."""
        saved = self.repair.salvage
        if not saved:
            return []
        reread = [damage.to_dict() | {"recovered": True} for damage in saved.reread]
        return reread + [lost.damage.to_dict() | {"recovered": False} for lost in saved.lost]

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot ledger repair`."""
        saved = self.repair.salvage
        return {
            "ledger": str(self.repair.ledger),
            "damaged": saved is not None,
            "kept": str(self.repair.kept) if self.repair.kept else None,
            "copied": saved.copied if saved else None,
            "reread": [damage.to_dict() for damage in saved.reread] if saved else [],
            "lost": [lost.to_dict() for lost in saved.lost] if saved else [],
            "faults": list(saved.report.faults) if saved else [],
            "rows": self.repair.check.rows,
        }

    def _show(self, console: Console) -> None:
        saved = self.repair.salvage
        now = f"{self.repair.ledger}: {_counts(self.repair.check)}"
        if saved is None:
            return _print(console, [now, "sound: left as it is"])
        lines = [f"{now}, checked", f"{counted(saved.copied, 'sound source')} copied"]
        lines += _listed([damage.words for damage in saved.reread], "read again from the store: ")
        for lost in saved.lost:
            lines += _lost(lost)
        if any(not lost.damage.by_hand for lost in saved.lost):
            lines.append("hint: add these filings again with hashpivot add FILE..., or hashpivot fetch")
        if any(lost.damage.by_hand for lost in saved.lost):
            lines.append("hint: record these again with hashpivot record; --json has all that can be read")
        return _print(console, [*lines, f"{self.repair.kept}: the damaged ledger"])


def check_ledger(ledger: str | LedgerPlace | None = None, progress: Progress | None = None) -> CheckedLedger:
    """Look at every row of a ledger, at its seals and pages.

    Args:
        ledger: As in `Desk.open`.
        progress: Called now and then with what is read, how much of it, and how much there is.

    Raises:
        LedgerError: If a ledger that was named is not there, if one that is there is empty, or cannot be
            opened at all. Damage is in the result.
    """
    place = ledger_place(ledger)
    try:
        with Ledger.open(place) as opened:
            report = opened.check(progress)
    except DamagedLedger as error:
        report = error.report
    except LedgerDamage as error:
        if not isinstance(place, Path):
            raise
        found = survey(place, progress)
        report = replace(found, faults=(error.message, *found.faults))
    begun = place != default_ledger() or place.exists()
    if begun and report.sound and not any(report.rows.values()):
        raise no_ledger(place)
    older = report.read_before(READER_VERSION)
    return CheckedLedger(place, report, tuple((s, report.readers.get(s.key, 0)) for s in older))


def back_up_ledger(
    file: str | Path | None = None, ledger: str | LedgerPlace | None = None
) -> LedgerFileResult:
    """Copy a ledger to another file, whatever others write meanwhile, and check the copy.

    Args:
        file: The backup; a dated name beside the ledger if not given.
        ledger: As in `Desk.open`.

    Raises:
        LedgerError: If there is no ledger, it is damaged, or the file is there already or cannot be written.
    """
    made = back_up(
        _file(ledger, "backed up", "pg_dump, or hashpivot ledger copy into a file"),
        named_path(file) if file else None,
    )
    return LedgerFileResult("backup", made.ledger, made.file, None, None, made.size, made.check)


def restore_ledger(file: str | Path, ledger: str | LedgerPlace | None = None) -> LedgerFileResult:
    """Put a copy of a backup in the place of the ledger, which is kept beside it.

    Args:
        file: The backup.
        ledger: As in `Desk.open`; it may be damaged beyond opening.

    Raises:
        LedgerError: If the backup is damaged or no ledger, or another process has the ledger open.
    """
    done = restore(
        named_path(file), _file(ledger, "restored", "pg_restore, or hashpivot ledger copy from a file")
    )
    size = done.ledger.stat().st_size
    return LedgerFileResult("restore", done.ledger, done.file, done.kept, None, size, done.check)


def vacuum_ledger(ledger: str | LedgerPlace | None = None) -> LedgerFileResult:
    """Give back the room in the ledger's file that nothing stands in.

    Args:
        ledger: As in `Desk.open`.

    Raises:
        LedgerError: If it is damaged or in use, or the disk has too little room.
    """
    done = vacuum(_file(ledger, "vacuumed", "VACUUM, which the server runs by itself"))
    return LedgerFileResult("vacuum", done.ledger, None, None, done.before, done.after, done.check)


def repair_ledger(
    ledger: str | LedgerPlace | None = None, progress: Progress | None = None
) -> RepairedLedger:
    """Write a damaged ledger anew from what is sound in it and from the stored documents.

    Args:
        ledger: As in `Desk.open`.
        progress: As in `check_ledger`.

    Raises:
        LedgerError: If it cannot be read at all, or another process has it open.
    """
    path = _file(ledger, "repaired", "pg_restore of a sound dump, then add what is newer")
    return RepairedLedger(repair(path, reread_stored, progress))


def _file(ledger: str | LedgerPlace | None, done: str, tool: str) -> Path:
    """The file of a ledger that is kept in one.

    Raises:
        LedgerError: If it is kept on a server, naming the tool for that.
    """
    place = ledger_place(ledger)
    if isinstance(place, Path):
        return place
    raise LedgerError(
        f"a ledger in PostgreSQL is {done} with the server's own tools", where=str(place), hint=f"use {tool}"
    )


def _counts(report: LedgerCheck) -> str:
    kinds = (("sources", "source"), ("figures", "figure"), ("remarks", "statement"))
    return ", ".join(counted(report.rows[table], what) for table, what in kinds)


def _listed(words: list[str], what: str) -> list[str]:
    more = [f"and {len(words) - _LISTED} more"] if len(words) > _LISTED else []
    return [f"{what}{line}" for line in words[:_LISTED]] + more


def _lost(lost: LostSource) -> list[str]:
    """A source that could not be recovered, and what can be read of its rows."""
    rows = [
        f"  can be read: {row['id']} {row.get('value') or row.get('data', '')} {row.get('unit', '')}".rstrip()
        for row in lost.readable
    ]
    return [f"lost: {lost.damage.words}", *rows[:_LISTED]]


def _print(console: Console, lines: Iterable[str]) -> None:
    from hashpivot.report import print_line

    for line in lines:
        print_line(console, line)
