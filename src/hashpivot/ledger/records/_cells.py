"""The cells of one row, read one by one; whatever is wrong with them is collected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from hashpivot.core import Company, Source

from ..store import RowFault
from ._columns import RecordColumn

T = TypeVar("T")


class Unfit(Exception):
    """A cell does not hold what its column asks for.

    Args:
        message: What is wrong.
        hint: What to write.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True)
class Scene:
    """What rows are checked against.

    Args:
        companies: By ticker.
        today: No day may be later.
        sources: Sources that a filing date may be of, by key.
        ends: Last day any amount of a source covers, by key.
    """

    companies: Mapping[str, Company]
    today: date
    sources: Mapping[str, Source] = field(default_factory=dict)
    ends: Mapping[str, date] = field(default_factory=dict)


class Cells:
    """The cells of one row by column.

    Args:
        line: The row's line.
        texts: Cells by column; those that are not there count as empty.
        scene: What they are checked against.
    """

    def __init__(self, line: int, texts: Mapping[str, str], scene: Scene) -> None:
        self.line = line
        self.scene = scene
        self.faults: list[RowFault] = []
        self._texts = texts

    def text(self, column: str) -> str:
        """Return a cell as written; empty if it is not there."""
        return self._texts.get(column, "")

    def read(self, column: str, parse: Callable[[str], T]) -> T | None:
        """Return what a cell means; None if it is empty or at fault."""
        text = self.text(column)
        if not text:
            return None
        try:
            return parse(text)
        except Unfit as unfit:
            self.fault(column, unfit.message, unfit.hint)
            return None

    def fault(self, column: str, message: str, hint: str = "") -> None:
        """Say that a cell is wrong; the row is not recorded then."""
        self.faults.append(RowFault(self.line, column, message, hint))

    def require(self, columns: Iterable[RecordColumn]) -> None:
        """Find fault with every required cell that is empty."""
        for column in columns:
            if column.required and not self.text(column.name):
                example = f"; for example {column.example}" if column.example else ""
                self.fault(column.name, "is empty", f"{column.meaning}{example}")
