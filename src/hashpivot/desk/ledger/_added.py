"""A file put into the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hashpivot.core import Source, terminal_line
from hashpivot.ledger import FigureChange

from ..shared import DeskResult

if TYPE_CHECKING:
    from rich.console import Console

_ALWAYS = ("figures", "targets", "flags")
_COUNTED = (*_ALWAYS, "contracts", "preliminary")


@dataclass(frozen=True, repr=False)
class AddedFile(DeskResult):
    """What one file brought into the ledger.

    Args:
        file: The file.
        source: What the ledger calls it.
        new: False if it was there already; then nothing was written, unless it was read again.
        figures: Number of figures written.
        remarks: Number of statements written, by kind.
        warnings: What could not be read, and figures that disagree with those of other sources.
        reread: True if it was there, read by an earlier version of the reader, and was read again.
        changes: Amounts that the later reading gives otherwise.
    """

    file: str
    source: Source
    new: bool
    figures: int
    remarks: dict[str, int]
    warnings: tuple[str, ...] = ()
    reread: bool = False
    changes: tuple[FigureChange, ...] = ()

    def __repr__(self) -> str:
        return terminal_line(f"AddedFile({self.source.ticker}, {self.file}: {self._done()})")

    def records(self) -> list[dict[str, Any]]:
        """One row: the file and how much of each kind it brought."""
        return [{key: value for key, value in self.to_dict().items() if key not in ("warnings", "changes")}]

    def to_dict(self) -> dict[str, Any]:
        """One file of the JSON contract of `hashpivot add`."""
        return {
            "file": self.file,
            "source": self.source.key,
            "ticker": self.source.ticker,
            "new": self.new,
            "figures": self.figures,
            "targets": self.remarks.get("target", 0),
            "withdrawals": self.remarks.get("withdrawal", 0),
            "flags": self.remarks.get("flag", 0),
            "contracts": self.remarks.get("contract", 0),
            "preliminary": self.remarks.get("preliminary", 0),
            "known": self.source.known.isoformat(),
            "known_basis": self.source.known_basis,
            "warnings": list(self.warnings),
            "reread": self.reread,
            "changes": [change.to_dict() for change in self.changes],
        }

    def _done(self) -> str:
        if self.reread:
            return f"read again by a newer reader, {len(self.changes)} amounts changed"
        if not self.new:
            return "already in the ledger, nothing changed (nor the day it became known)"
        counts = self.to_dict()
        shown = [what for what in _COUNTED if what in _ALWAYS or counts[what]]
        return "added, " + ", ".join(f"{counts[what]} {what}" for what in shown)

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_line

        print_line(console, f"{self.source.ticker}  {self.file}: {self._done()}")
        for change in self.changes:
            old, new = (f"{f.value:,}" if f else "none" for f in (change.old, change.new))
            figure = change.figure
            what = f"{figure.measure} {figure.line or 'total'}"
            print_line(console, f"  {figure.period} {what}: {old} -> {new} {figure.unit}")
        for warning in self.warnings:
            print_line(console, f"  warning: {warning}")
