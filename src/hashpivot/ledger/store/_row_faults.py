"""What is wrong with rows that were to be recorded: every fault with its line, its column and the cure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hashpivot.core import InvalidInput

_SHOWN = 50
"""Faults that a message lists: two screens. `RowFaults.faults` and the JSON hold all of them."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """One fault of one row.

    Args:
        line: Line of the file, the header's being 1; of rows given in Python, their number from 1; 0 of one
            row alone.
        column: The column; empty if the row as a whole is at fault.
        message: What is wrong.
        hint: What to write instead.
    """

    line: int
    column: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        places = (f"line {self.line}" if self.line else "", self.column)
        advice = f" ({self.hint})" if self.hint else ""
        return f"{', '.join(filter(None, places)) or 'the row'}: {self.message}{advice}"

    def to_dict(self) -> dict[str, object]:
        """Stable keys; see docs/json.md."""
        return {
            "line": self.line or None,
            "column": self.column or None,
            "message": self.message,
            "hint": self.hint,
        }


class RowFaults(InvalidInput):
    """Rows that cannot be recorded; nothing of the table was stored.

    Args:
        faults: All of them, at least one.
        where: The file, if there is one.
    """

    def __init__(self, faults: Sequence[RowFault], *, where: str = "") -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        rows = len({fault.line for fault in faults})
        shown = [f"  {fault}" for fault in self.faults[:_SHOWN]]
        more = [f"  and {len(faults) - _SHOWN} more"] if len(faults) > _SHOWN else []
        what = "1 row is wrong" if rows == 1 else f"{rows} rows are wrong"
        lines = [f"{what}, nothing was recorded", *shown, *more]
        super().__init__("\n".join(lines), where=where)
