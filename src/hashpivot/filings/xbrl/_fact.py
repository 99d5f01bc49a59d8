"""A fact: one tagged number or text; label, table and header are looked up on its page when asked for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from hashpivot.core import Locator, terminal_line

from ._context import Context

if TYPE_CHECKING:
    from lxml import etree

    from ..page import Layout, TextReader


class Fact:
    """One fact of a filing.

    Attributes:
        concept: Canonical name, `us-gaap:Revenues`.
        context: Who, when, which dimensions.
        unit: `USD`, `shares`, `pure`, `USD/shares`, ...; empty for text.
        value: The number with scale, sign and format applied; None for nil and for text.
        nil: True if reported as having no value.
        decimals: Digits after the point that can be trusted (-3: thousands); None if exact or unstated.
        locator: Of its element, numbered `nORDINAL` where that has no id of its own; unique in the filing. A
            cell for the number of a release.
        hidden: True if the page does not show it.
    """

    __slots__ = (
        "_layout",
        "_number",
        "_text",
        "concept",
        "context",
        "decimals",
        "hidden",
        "locator",
        "nil",
        "unit",
        "value",
    )

    def __init__(
        self,
        concept: str,
        context: Context,
        unit: str,
        value: Decimal | None,
        text: str | TextReader,
        nil: bool,
        decimals: int | None,
        place: tuple[Locator, int, bool],
        layout: Layout | None,
    ) -> None:
        self.concept = concept
        self.context = context
        self.unit = unit
        self.value = value
        self.nil = nil
        self.decimals = decimals
        self.locator, self._number, self.hidden = place
        self._text = text
        self._layout = layout

    @property
    def text(self) -> str:
        """As displayed (numbers), or the value as text with continuations joined and formats applied."""
        text = self._text
        if not isinstance(text, str):
            text = self._text = text(self._layout.element(self._number)) if self._layout else ""
        return text

    @property
    def element(self) -> etree._Element | None:
        """Its element on the page; None where there is no page."""
        return self._layout.element(self._number) if self._layout else None

    @property
    def start(self) -> date | None:
        """First day of its period; None for an instant."""
        return self.context.start

    @property
    def end(self) -> date:
        """Last day of its period, or the instant."""
        return self.context.end

    @property
    def label(self) -> str:
        """The label of its table row as a human sees it; empty outside tables and in rows without one."""
        return self._layout.label(self._number) if self._layout else ""

    @property
    def in_label(self) -> bool:
        """True for a number within the words of its row's label, such as `net of allowance of $5`."""
        return self._layout.in_label(self._number) if self._layout else False

    @property
    def note(self) -> str:
        """A note on its number; empty for tagged facts."""
        return ""

    @property
    def table(self) -> int:
        """Number of the innermost table around it in document order, from 0; -1 outside tables."""
        return self._layout.table(self._number) if self._layout else -1

    @property
    def row(self) -> int:
        """Row in that table, from 0; -1 outside tables."""
        return self._layout.row(self._number) if self._layout else -1

    @property
    def column(self) -> int:
        """Column in that table, spans counted, from 0; -1 outside tables."""
        return self._layout.column(self._number) if self._layout else -1

    @property
    def column_header(self) -> str:
        """What the rows above the numbers say over its column; empty if nothing."""
        return self._layout.column_header(self._number) if self._layout else ""

    def __repr__(self) -> str:
        shown = self.text if self.value is None else f"{self.value:f} {self.unit}"
        period = f"{self.start}..{self.end}" if self.start else str(self.end)
        dims = "".join(f" {axis}={member}" for axis, member in self.context.dims)
        return terminal_line(f"<Fact {self.concept} {period}{dims}: {'nil' if self.nil else shown[:60]}>")
