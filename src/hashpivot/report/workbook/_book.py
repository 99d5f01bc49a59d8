"""The book: sheets with safe names, cell styles, the sources of its numbers, and its checks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from hashpivot.core import Source
from hashpivot.formula import Term

from ._sheet import Sheet

_LONGEST_NAME = 31
_FONT = {"font_name": "Arial", "font_size": 10}


TIE = "Lines tie to total revenue"
"""The one check that may fail without anything being wrong: a company need not disclose every line."""


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A number of the workbook compared with another.

    Args:
        where: Company and quarter.
        what: What is compared.
        found: The cell in the workbook.
        wanted: What it should come to: another cell, or the number the desk computed.
        within: Difference that rounding allows.
    """

    where: tuple[str, str]
    what: str
    found: Term
    wanted: Term
    within: float

    @property
    def holds(self) -> bool:
        """True if the difference is allowed."""
        return abs(self.found.value - self.wanted.value) <= self.within

    @property
    def failing(self) -> str:
        """The word for a check that does not hold."""
        return "does not tie" if self.what == TIE else "differs"


class Book:
    """A workbook in the making; nothing touches the disk.

    Args:
        title: For the file's properties.
        day: Written as the day of creation, so that the same figures give the same bytes.
    """

    def __init__(self, title: str, day: date) -> None:
        self._bytes = BytesIO()
        import xlsxwriter  # type: ignore[import-untyped]  # late: only workbooks need it

        self._workbook: Any = xlsxwriter.Workbook(self._bytes, {"in_memory": True})
        created = datetime(day.year, day.month, day.day)
        self._workbook.set_properties({"title": title, "author": "hashpivot", "created": created})
        self._names: set[str] = set()
        self._styles: dict[tuple[tuple[str, object], ...], Any] = {}
        self._numbers: dict[str, int] = {}
        self.sources: dict[str, Source] = {}
        self.checks: list[Reconciliation] = []

    def page(self, name: str) -> Sheet:
        """A new sheet; its name is made acceptable to spreadsheets and unique."""
        free = sheet_name(name, self._names)
        self._names.add(free.casefold())
        return Sheet(self._workbook.add_worksheet(free), free, self.style)

    def style(self, **properties: object) -> Any:
        """The cell format of these properties, the same object every time."""
        key = tuple(sorted(properties.items()))
        if key not in self._styles:
            self._styles[key] = self._workbook.add_format(_FONT | properties)
        return self._styles[key]

    def chart(self, kind: str, subtype: str = "") -> Any:
        """A chart of the library's, to be placed on a page."""
        return self._workbook.add_chart({"type": kind} | ({"subtype": subtype} if subtype else {}))

    def number_of(self, source: Source) -> int:
        """The number a source has in the list of sources, from 1."""
        self.sources.setdefault(source.key, source)
        return self._numbers.setdefault(source.key, len(self.sources))

    def close(self) -> bytes:
        """The finished workbook."""
        self._workbook.close()
        return self._bytes.getvalue()


def sheet_name(text: str, taken: set[str]) -> str:
    """A name no spreadsheet refuses: up to 31 letters, no `[]:*?/\\`, unlike the taken (casefolded) ones."""
    plain = re.sub(r"[\[\]:*?/\\]", "_", "".join(letter for letter in text if letter.isprintable()))
    base = plain.strip(" '")[:_LONGEST_NAME].strip(" '") or "Sheet"
    base = f"{base}_" if base.casefold() == "history" else base
    name, count = base, 1
    while name.casefold() in taken:
        count += 1
        tail = f" ({count})"
        name = base[: _LONGEST_NAME - len(tail)] + tail
    return name
