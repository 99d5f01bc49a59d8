"""Statements: the lines one source gives for one period, which together are its total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import IntEnum
from functools import cached_property

from hashpivot.core import MEASURES, Figure, Kind, Line, Quarter

DETAIL = "detail"
"""The cut of figures that stand beside a statement (parts of a row, monthly updates), never added up."""

Slot = Line | None
"""A line of business, or None for a figure of the whole company."""

NEAR = Decimal("0.02")
"""A statement whose lines miss the total by less than this share still counts as complete."""

OWN_TERMS = frozenset({"segment_gross_profit"})
"""Measures each report defines for itself, so that two reports' figures are not added or subtracted."""

_SUM = "sum of "


class Fit(IntEnum):
    """How the lines of a statement compare with the total of their period, best first."""

    TIES = 0
    NEAR = 1
    UNKNOWN = 2
    SHORT = 3
    OVER = 4

    @property
    def complete(self) -> int:
        """0 if the lines make up the total, 1 if that is not known, 2 or 3 if they do not."""
        return max(0, self - Fit.NEAR)


@dataclass(frozen=True)
class Statement:
    """Figures of one measure and period that may be used together.

    Args:
        figures: One figure a line; a single one under None for a measure of the whole company.
        source: Key of the source; empty if derived from several.
        grade: The worst among the figures it stands on.
        fit: How its lines compare with the total.
        shown: Further lines its source shows apart in the revenue of the same period, so that their absence
            here means unknown, neither zero nor folded into another line.
        parts: `(+1 or -1, statement)` it was derived from; empty if reported.
    """

    ticker: str
    measure: str
    start: date
    end: date
    figures: Mapping[Slot, Figure]
    source: str
    grade: str
    fit: Fit = Fit.UNKNOWN
    shown: frozenset[Slot] = frozenset()
    parts: tuple[tuple[int, Statement], ...] = ()

    @cached_property
    def known(self) -> date:
        """Day from which all of it could be known."""
        return max(figure.known for figure in self.figures.values())

    @cached_property
    def step(self) -> Decimal:
        """The coarsest rounding among its figures."""
        return max(figure.unit_step for figure in self.figures.values())

    @cached_property
    def signature(self) -> frozenset[Slot]:
        """The lines that are not explicitly zero."""
        return frozenset(slot for slot, figure in self.figures.items() if figure.value)

    @cached_property
    def apart(self) -> frozenset[Slot]:
        """The lines its source does not fold into others."""
        return self.shown | self.figures.keys()

    @cached_property
    def quarter(self) -> Quarter | None:
        """The calendar quarter of a three-month statement."""
        return Quarter.of_period(self.start, self.end)

    @property
    def terms(self) -> str:
        """The source by whose definition its figures are meant; empty if all sources share one."""
        return self.source if self.measure in OWN_TERMS else ""

    @property
    def total(self) -> Decimal:
        """Sum of its lines."""
        return sum((figure.value for figure in self.figures.values()), Decimal(0))

    @property
    def derived(self) -> bool:
        """True if it was not reported as it stands."""
        return bool(self.parts)

    def same_cut(self, other: Statement) -> bool:
        """True if every line that is not zero in one stands in the other, and both are in the same terms."""
        if self.terms != other.terms:
            return False
        return self.signature <= other.apart and other.signature <= self.apart

    def agrees(self, finer: Statement) -> bool:
        """True if `finer` is rounded less and gives each of these lines within this one's rounding."""
        return finer.step < self.step and all(
            slot in finer.figures and abs(finer.figures[slot].value - figure.value) <= figure.unit_step / 2
            for slot, figure in self.figures.items()
        )


def combine(terms: Sequence[tuple[int, Figure]], like: Figure, note: str = "") -> Figure:
    """The derived figure that adds and subtracts others: formula, operands, coarsest rounding, latest day.

    Args:
        terms: `(+1 or -1, figure)`; the result names them in this order.
        like: Gives company, measure, line, period and unit.
        note: How it came about, in words. What every operand is noted for follows it; what only some are
            noted for is theirs.
    """
    formula = "".join(f" {'+' if sign > 0 else '-'} {{{n}}}" for n, (sign, _) in enumerate(terms))
    steps = [figure.decimals for _, figure in terms if figure.decimals is not None]
    return replace(
        like,
        value=sum((sign * figure.value for sign, figure in terms), Decimal(0)),
        label="",
        source="",
        locator="",
        known=max(figure.known for _, figure in terms),
        kind=Kind.DERIVED,
        decimals=min(steps, default=None),
        cut="",
        formula=formula.removeprefix(" + ").strip(),
        operands=tuple(figure.id for _, figure in terms),
        note="; ".join(dict.fromkeys(filter(None, (note, *_shared(figure for _, figure in terms))))),
    )


def _shared(figures: Iterable[Figure]) -> list[str]:
    """The remarks all figures carry, without those on how one of them was summed."""
    first, *others = (figure.note.split("; ") for figure in figures)
    return [told for told in first if all(told in notes for notes in others) and not told.startswith(_SUM)]


def statements(figures: Iterable[Figure], grades: Mapping[str, str]) -> list[Statement]:
    """The statements among figures of one company and one flow measure, not yet compared with totals.

    Args:
        figures: Figures with a period; those of the cut `detail` are left out.
        grades: Grade by source key.
    """
    groups: dict[tuple[object, ...], dict[Slot, dict[tuple[object, ...], Figure]]] = {}
    for figure in figures:
        if figure.start is None or figure.cut == DETAIL:
            continue
        by_line = figure.line is not None
        alone = figure.cut if by_line else (figure.label, figure.value)
        key = (figure.start, figure.end, figure.source, alone)
        slots = groups.setdefault(key, defaultdict(dict))
        slots[figure.line].setdefault((figure.label, figure.value), figure)
    return [_statement(slots, grades) for slots in groups.values()]


def _statement(
    slots: Mapping[Slot, Mapping[tuple[object, ...], Figure]], grades: Mapping[str, str]
) -> Statement:
    figures = {slot: _one(tuple(parts.values())) for slot, parts in slots.items()}
    first = next(iter(next(iter(slots.values())).values()))
    assert first.start
    grade = grades.get(first.source, "C")
    return Statement(first.ticker, first.measure, first.start, first.end, figures, first.source, grade)


def _one(parts: tuple[Figure, ...]) -> Figure:
    """One figure for a line: the figure itself, or the sum of several rows that map to the line."""
    if len(parts) == 1:
        return parts[0]
    labels = " and ".join(part.label for part in parts)
    return combine([(1, part) for part in parts], parts[0], f"{_SUM}{labels}")


def fit(statement: Statement, total: Figure | None, eliminations: Decimal) -> Fit:
    """Compare the lines of a statement with the total of its period.

    They tie if the difference can come from rounding: half a step for each line and for the total.
    """
    if total is None:
        return Fit.UNKNOWN
    left = total.value - eliminations - statement.total
    rounding = sum((figure.unit_step for figure in statement.figures.values()), total.unit_step) / 2
    if abs(left) <= rounding:
        return Fit.TIES
    if abs(left) <= NEAR * abs(total.value):
        return Fit.NEAR
    return Fit.SHORT if left > 0 else Fit.OVER


def additive(measure: str) -> bool:
    """True for flows whose quarters add up to the year."""
    known = MEASURES.get(measure)
    return bool(known and known.flow and known.additive)
