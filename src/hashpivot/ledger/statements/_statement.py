"""Statements: the lines one source gives for one period, which together are its total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from hashpivot.core import MEASURES, Figure, Line, Quarter, Source, is_quarter_long, short_repr

from ._basis import basis_of
from ._combine import SUM_NOTE, combine
from ._standing import SourceStanding, standing
from ._tie_status import TieStatus

DETAIL = "detail"
"""The breakdown of figures beside a statement (parts of a row, monthly updates), never added up."""

Slot = Line | None
"""A line of business, or None for a figure of the whole company."""

OWN_TERMS = frozenset({"segment_gross_profit"})
"""Measures each report defines for itself, so that two reports' figures are not added or subtracted."""


@short_repr
@dataclass(frozen=True)
class Statement:
    """Figures of one measure and period that may be used together.

    Args:
        figures: One figure a line; a single one under None for a measure of the whole company.
        source: Key of the source; empty if derived from several.
        grade: The worst among the figures it stands on.
        standing: Of its source; the worst of those it is derived from.
        tie_status: How its lines compare with the total.
        shown: Further lines its source shows apart in the revenue of the same period, so that their absence
            here means unknown, neither zero nor folded into another line.
        amends: True if its source is an amendment, which restates before others do.
        parts: `(+1 or -1, statement)` it was derived from; empty if reported.
        split: The rows among its lines that carry a qualifier, derived as the lines are.
        basis: What its amounts are stated by where a company has stated them by more than one: accounting
            rules, with or without a discontinued business, a definition of its own; else empty.
    """

    ticker: str
    measure: str
    start: date
    end: date
    figures: Mapping[Slot, Figure]
    source: str
    grade: str
    standing: SourceStanding = SourceStanding.REPORT
    tie_status: TieStatus = TieStatus.UNKNOWN
    shown: frozenset[Slot] = frozenset()
    amends: bool = False
    parts: tuple[tuple[int, Statement], ...] = ()
    split: tuple[Figure, ...] = ()
    basis: str = ""

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
        """The calendar quarter of a statement as long as a quarter; 12 or 16 weeks are none."""
        return Quarter.of_period_end(self.end) if is_quarter_long(self.start, self.end) else None

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

    def amount(self, slot: Slot) -> Decimal:
        """The amount of a line; zero if it is not shown."""
        figure = self.figures.get(slot)
        return figure.value if figure else Decimal(0)

    def same_breakdown(self, other: Statement) -> bool:
        """True if every line that is not zero in one stands in the other, on the same terms and basis."""
        if (self.terms, self.basis) != (other.terms, other.basis):
            return False
        return self.signature <= other.apart and other.signature <= self.apart

    def agrees(self, finer: Statement) -> bool:
        """True if `finer` is rounded less and gives each of these lines within this one's rounding."""
        return finer.step < self.step and all(
            slot in finer.figures and abs(finer.figures[slot].value - figure.value) <= figure.unit_step / 2
            for slot, figure in self.figures.items()
        )


def statements(figures: Iterable[Figure], sources: Mapping[str, Source]) -> list[Statement]:
    """Group figures of one company and one flow measure into statements, not yet compared with totals.

    Args:
        figures: Figures with a period; those of the breakdown `detail` are left out.
        sources: Sources by key.
    """
    groups: dict[tuple[object, ...], dict[Slot, dict[tuple[object, ...], Figure]]] = {}
    for figure in figures:
        if figure.start is None or figure.breakdown == DETAIL:
            continue
        by_line = figure.line is not None
        alone = figure.breakdown if by_line else (figure.label, figure.value, basis_of(figure))
        key = (figure.start, figure.end, figure.source, alone)
        slots = groups.setdefault(key, defaultdict(dict))
        slots[figure.line].setdefault((figure.label, figure.value), figure)
    return [_statement(slots, sources) for slots in groups.values()]


def moments(figures: Iterable[Figure], sources: Mapping[str, Source]) -> list[Statement]:
    """Every figure of an instant as a statement of its own; those of the breakdown `detail` are left out."""
    rows = {(f.label, f.value, f.source): f for f in figures if f.start is None and f.breakdown != DETAIL}
    return [_statement({None: {(): figure}}, sources) for figure in rows.values()]


def _statement(
    slots: Mapping[Slot, Mapping[tuple[object, ...], Figure]], sources: Mapping[str, Source]
) -> Statement:
    figures = {slot: _one(tuple(parts.values())) for slot, parts in slots.items()}
    split = tuple(figure for parts in slots.values() for figure in parts.values() if figure.qualifier)
    first = next(iter(next(iter(slots.values())).values()))
    source = sources.get(first.source)
    return Statement(
        first.ticker,
        first.measure,
        first.start or first.end,
        first.end,
        figures,
        first.source,
        source.grade if source else "C",
        standing(source),
        amends=source is not None and source.form.endswith("/A"),
        split=split,
        basis=basis_of(first),
    )


def _one(parts: tuple[Figure, ...]) -> Figure:
    """One figure for a line: the figure itself, or the sum of several rows that map to the line.

    A single row that is only a part of its line by its qualifier is the sum of one.
    """
    if len(parts) == 1 and not parts[0].qualifier:
        return parts[0]
    labels = " and ".join(part.label for part in parts)
    return combine([(1, part) for part in parts], parts[0], f"{SUM_NOTE}{labels}")


def additive(measure: str) -> bool:
    """Tell whether a measure is a flow whose quarters add up to the year."""
    definition = MEASURES.get(measure)
    return bool(definition and definition.flow and definition.additive)
