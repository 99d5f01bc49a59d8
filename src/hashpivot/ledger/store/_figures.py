"""A collection of figures, remarks and contracts with their sources: what a view looks at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from hashpivot.core import Figure, Remark, Source

from ..disclosures import Contract


@dataclass(frozen=True)
class Figures:
    """Figures and remarks, the sources they stand in, and announced contracts.

    Args:
        sources: Sources by key.
        figures: Every figure's `source` is a key of `sources`.
        remarks: So is every remark's, unless it is a bundled one: it names an accession or a file.
        contracts: AI contracts as announced.
    """

    sources: dict[str, Source] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    remarks: tuple[Remark, ...] = ()
    contracts: tuple[Contract, ...] = ()

    def __or__(self, other: Figures) -> Figures:
        """Both together; a source standing in both is taken from the left, whole, a contract once."""
        fresh = {key: source for key, source in other.sources.items() if key not in self.sources}
        return Figures(
            self.sources | fresh,
            self.figures + tuple(f for f in other.figures if f.source in fresh),
            self.remarks + tuple(r for r in other.remarks if r.source in fresh),
            self.contracts + tuple(c for c in other.contracts if c not in self.contracts),
        )

    def current(self, day: date | None = None) -> Figures:
        """What was known by a day, without sources that a later copy of the same filing supersedes.

        Two files are copies of one filing if company, form, period end and accession (or its absence) are
        the same; the one that stands later in `sources` is taken, whole.

        Args:
            day: Figures known later are left out; none if not given.
        """
        known = {key: source for key, source in self.sources.items() if day is None or source.known <= day}
        last = {_filing(source): key for key, source in known.items()}
        old = {key for key, source in known.items() if last[_filing(source)] != key}

        def speaks(said: Figure | Remark) -> bool:
            return said.source not in old and (day is None or said.known <= day)

        return Figures(
            self.sources,
            tuple(filter(speaks, self.figures)),
            tuple(filter(speaks, self.remarks)),
            tuple(contract for contract in self.contracts if day is None or contract.known <= day),
        )

    def __len__(self) -> int:
        return len(self.figures)

    def __repr__(self) -> str:
        return f"Figures({len(self.figures)} figures from {len(self.sources)} sources)"


def _filing(source: Source) -> tuple[object, ...]:
    """What two copies of one filing share; the key alone where a source is no file or does not say."""
    if source.sha256 and source.ticker and source.form and source.period_end:
        return source.ticker, source.form, source.period_end, source.accession
    return (source.key,)
