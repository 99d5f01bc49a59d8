"""The figure: one number with everything needed to quote it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields, make_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ..base import short_repr, terminal_line
from ..periods import Quarter, period_label
from ._line import Line
from ._locator import Locator


class Kind(StrEnum):
    """How a figure came about."""

    REPORTED = "reported"
    DERIVED = "derived"
    ESTIMATED = "estimated"


@short_repr
@dataclass(frozen=True, slots=True)
class Source:
    """Where figures were read.

    Args:
        key: Unique name: sha256 of the file, or the accession or URL of a bundled row.
        ticker: Company that reported; empty if unknown.
        form: `10-K`, `10-Q`, `8-K`, ...; empty if unknown.
        known: Day from which the public could know it.
        known_basis: How `known` was found: `filed` on, `signed` on, `dated` by the page or another about it,
            by a day in the `url`, assumed from the filing `deadline`, `added`, or `recorded` by hand.
        grade: A filing, B company release, C secondary.
        accession: SEC accession number, empty if unknown.
        url: Where a reader can look it up, empty if unknown.
        sha256: Of the file read, empty for bundled rows.
        name: File name or title.
        period_end: Document period end, if stated.
        reader: Version of the reader that read it last; 0 from before readers had versions.
    """

    key: str
    ticker: str
    form: str
    known: date
    known_basis: str
    grade: str
    accession: str = ""
    url: str = ""
    sha256: str = ""
    name: str = ""
    period_end: date | None = None
    reader: int = 0

    @property
    def title(self) -> str:
        """Short human name: `RIOT 10-Q 2024-06-30`; of a text without both, `RIOT call.txt`."""
        period = self.period_end.isoformat() if self.period_end else ""
        what = (self.form, period) if self.form or period else (self.name,)
        return " ".join(filter(None, (self.ticker, *what))) or self.key


class _KnownId:
    """Keeps the id of a figure that was asked for it: hashing takes longer than all else that is asked."""

    __slots__ = ("_id",)
    _id: str


@dataclass(frozen=True, slots=True, repr=False)
class Figure(_KnownId):
    """One number.

    Args:
        ticker: Company.
        measure: A name from `MEASURES`.
        line: Line of business; None for the company as a whole.
        start: First day of the period, None for an instant.
        end: Last day of the period, inclusive, or the instant.
        value: The number in `unit`.
        unit: `usd`, `btc`, `ehs`, `mw`, `shares`, `pure`, ...
        label: The row label as reported.
        source: Key of the `Source`.
        locator: Where in the source: a fact, a cell, a labelled row; empty if derived.
        known: Day from which the public could know it.
        kind: Reported, derived or estimated.
        decimals: Digits that can be trusted as in XBRL: 0 = to the unit, -3 = to the thousand; None = exact.
        breakdown: Name of the set of rows that partitions the total with it; only figures of one breakdown
            may be added or subtracted.
        formula: For derived figures, with operands written `{0}`, `{1}`, ...
        operands: Addresses of the figures the formula stands on.
        note: Anything a reader must know, such as `excludes depreciation`.
        qualifier: What part of its line it is, one of `QUALIFIERS`; empty for the line as a whole or a part
            without one.
    """

    ticker: str
    measure: str
    line: Line | None
    start: date | None
    end: date
    value: Decimal
    unit: str
    label: str
    source: str
    locator: Locator
    known: date
    kind: Kind = Kind.REPORTED
    decimals: int | None = 0
    breakdown: str = ""
    formula: str = ""
    operands: tuple[str, ...] = ()
    note: str = ""
    qualifier: str = ""

    @classmethod
    def of_fields(cls, *values: Any) -> Figure:
        """Return the figure of all fields, in order: what `Figure(*values)` is, in a quarter of the time."""
        figure = _OpenFigure(*values)
        figure.__class__ = cls
        return figure  # type: ignore[no-any-return]

    def __repr__(self) -> str:
        return terminal_line(f"Figure({self.address}: {self.value:,f} {self.unit}, {self.kind})")

    @property
    def period(self) -> str:
        """`2024Q4`, `2024-01-01..2024-12-31`, or the day of an instant."""
        return period_label(self.start, self.end)

    @property
    def quarter(self) -> Quarter | None:
        """The calendar quarter of a three-month period or of an instant, else None."""
        return (
            Quarter.of_period_end(self.end) if self.start is None else Quarter.of_period(self.start, self.end)
        )

    @property
    def address(self) -> str:
        """`RIOT/2024Q4/revenue/self_mining`: the question this figure answers, whatever its vintage.

        A qualifier follows the line: `APLD/2025Q4/revenue/ai_colocation:fit_out`.
        """
        line = f"{self.line}:{self.qualifier}" if self.line and self.qualifier else self.line or "total"
        return "/".join((self.ticker, self.period, self.measure, line))

    @property
    def text(self) -> str:
        """Its value written canonically: no exponent, no trailing zeros, no negative zero."""
        text = format(self.value, "f")
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        return "0" if text in ("-0", "") else text

    @property
    def id(self) -> str:
        """Address plus eight hex digits of its provenance: exactly this figure, for ever."""
        try:
            return self._id
        except AttributeError:
            object.__setattr__(self, "_id", self._made_id())
            return self._id

    def _made_id(self) -> str:
        parts = (
            self.address,
            self.source,
            str(self.locator),
            self.label,
            self.text,
            self.formula,
            *self.operands,
        )
        return f"{self.address}@{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:8]}"

    @property
    def unit_step(self) -> Decimal:
        """The smallest amount its rounding can tell apart: 1000 for `decimals` = -3."""
        return Decimal(1).scaleb(-self.decimals) if self.decimals is not None else Decimal(0)


_OpenFigure: Any = make_dataclass(
    "_OpenFigure",
    [field.name for field in fields(Figure)],
    bases=(_KnownId,),
    repr=False,
    eq=False,
    slots=True,
)
"""A figure that is not frozen: a frozen dataclass sets every field by a call of its own."""
