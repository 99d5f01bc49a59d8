"""What a mutated filing must still say: the total of every period whose tags the mutation left alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, cached_property

from hashpivot.core import Companies, HashpivotError
from hashpivot.filings import Filing, read_filing
from hashpivot.lines import Reading, read_facts

Span = tuple[date, date]
Tags = dict[Span, set[tuple[str, str, Decimal | None]]]


@dataclass(frozen=True)
class Said:
    """What a filing says of whole periods.

    Args:
        tags: Names, units and values of the numbers without dimensions, by period.
        totals: Total revenue by period.
        warnings: Of its reading.
    """

    tags: Tags
    totals: dict[Span, Decimal]
    warnings: frozenset[str]

    @classmethod
    def of(cls, filing: Filing, reading: Reading) -> Said:
        """What this filing says, and what was read of it."""
        tags: Tags = {}
        for fact in filing.facts:
            if fact.start is not None and not fact.context.dims:
                tags.setdefault((fact.start, fact.context.end), set()).add(
                    (fact.concept, fact.unit, fact.value)
                )
        totals = {(period.start, period.end): period.total_revenue for period in reading.periods}
        return cls(tags, totals, frozenset(reading.warnings))

    def lost(self, mutated: Said) -> Iterator[str]:
        """Totals that are wrong or gone without a word, though all tags of their period agree.

        A word is, for a wrong total, a new warning that names the period; for one that is gone, any new one.
        """
        new = mutated.warnings - self.warnings
        for span, total in self.totals.items():
            if mutated.tags.get(span) == self.tags[span] and mutated.totals.get(span) != total:
                name, got = f"{span[0]}..{span[1]}", mutated.totals.get(span)
                if not any(got is None or name in warning for warning in new):
                    yield f"{name}: {total:,} became {got} without a warning"


@cache
def known_companies() -> Companies:
    """The shipped table of companies, loaded once."""
    return Companies.load()


class Original:
    """An unchanged document by its place among all, read when it is first asked for."""

    def __init__(self, documents: Sequence[bytes], place: int) -> None:
        self._documents, self._place = documents, place

    @cached_property
    def said(self) -> Said | None:
        """What it says; None if it tags nothing."""
        try:
            filing = read_filing("original", data=self._documents[self._place])
            return Said.of(filing, read_facts(filing, companies=known_companies()))
        except HashpivotError:
            return None
