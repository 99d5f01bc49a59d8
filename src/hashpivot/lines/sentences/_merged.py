"""Results of sentences beside those of tables: they count where no table gives one, else they check it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property

from hashpivot.filings import Fact

from ..rules import local_name
from ..tagged import (
    CandidateRow,
    CandidateRows,
    Parts,
    PeriodReading,
    Reported,
    Span,
    StatementFacts,
    cost_parts,
    measures_of,
    revenue_parts,
    total_cost,
)
from ._results import agrees


class SentenceStatements(StatementFacts):
    """The facts of sentences, as if of one income statement, table 0."""

    @property
    def income(self) -> frozenset[int]:
        """The one table."""
        return frozenset({0})

    def tables(self, where: str) -> frozenset[int]:
        """Sentences are in no other statement."""
        return self.income if where == "income" else frozenset()

    @cached_property
    def totals(self) -> dict[Span, Fact]:
        """Total revenue by period, in order of the text."""
        facts = (f for f in self.facts if local_name(f.concept) == "Revenues" and not f.context.dims)
        return {(fact.start, fact.end): fact for fact in facts if fact.start is not None}

    @property
    def spans(self) -> tuple[Span, ...]:
        """Periods with a total revenue."""
        return tuple(self.totals)


def with_sentences(
    periods: tuple[PeriodReading, ...],
    reported: tuple[Reported, ...],
    said: SentenceStatements,
    rows: CandidateRows,
) -> tuple[tuple[PeriodReading, ...], tuple[Reported, ...], list[str]]:
    """Periods and measures with those that only sentences give, and a warning for each contradiction.

    Args:
        periods: Of the tables.
        reported: Of the tables.
        said: The facts of the sentences.
        rows: The same as candidates for the parts of a total.
    """
    held = {(period.start, period.end): period for period in periods}
    given = {(found.measure.name, found.start, found.end): found for found in reported}
    added = [_period(rows, span, total) for span, total in said.totals.items() if span not in held]
    found = measures_of(said)
    more = [each for each in found if (each.measure.name, each.start, each.end) not in given]
    pairs = [*_revenue_pairs(said, held), *_measure_pairs(found, given)]
    warnings = [_contradiction(fact, sentence) for fact, sentence in pairs if not agrees(fact, sentence)]
    return (*periods, *added), (*reported, *more), warnings


def _period(rows: CandidateRows, span: Span, total: Fact) -> PeriodReading:
    """Sentences do not say whether cost of revenue includes depreciation."""
    revenue = revenue_parts(rows, span, total)
    cost = cost_parts(rows, span, total_cost(rows.undivided("cost", span)), revenue)
    return PeriodReading(*span, _noted(revenue), _noted(cost) if cost else None, (), "")


def _noted(parts: Parts) -> Parts:
    """With the note of each fact: that a sentence states it."""
    rows, unplaced = (tuple(map(_with_note, group)) for group in (parts.rows, parts.unplaced))
    return replace(parts, total=parts.total and _with_note(parts.total), rows=rows, unplaced=unplaced)


def _with_note(row: CandidateRow) -> CandidateRow:
    return replace(row, note="; ".join(filter(None, (row.note, row.fact.note))))


def _revenue_pairs(said: SentenceStatements, held: dict[Span, PeriodReading]) -> Iterator[tuple[Fact, Fact]]:
    for span, fact in said.totals.items():
        if span in held and (total := held[span].revenue.total) is not None:
            yield total.fact, fact


def _measure_pairs(
    found: list[Reported], given: dict[tuple[str, date | None, date], Reported]
) -> Iterator[tuple[Fact, Fact]]:
    for said in found:
        table = given.get((said.measure.name, said.start, said.end))
        if table is not None and len(table.facts) == 1:
            yield table.facts[0], said.facts[0]


def _contradiction(fact: Fact, said: Fact) -> str:
    period = f"{said.start}..{said.end}" if said.start else str(said.end)
    return (
        f"{period}: a sentence says {said.value:,f} at {said.locator} but the table {fact.value:,f} at "
        f"{fact.locator}, which is used"
    )
