"""Figures, text facts and contracts with their sources: what a ledger holds and a view looks at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from hashpivot.core import Figure, Source, TextFact

from ..disclosures import FILING_DATE, RECORDED_CONTRACT, Contract, recorded_contract
from ._alias import Alias
from ._filing_dates import FilingDates, dated_members
from ._rereading import Change, out_of_force


@dataclass(frozen=True)
class Figures:
    """Figures and text facts, the sources that give them, and announced contracts.

    Args:
        sources: Sources by key.
        figures: Every figure's `source` is a key of `sources`.
        remarks: Text facts; every one's `source` is such a key too, or, of a bundled one, an accession or
            a file's name.
        contracts: AI contracts as announced; those recorded by hand stand in `remarks`.
        aliases: Ids that a changed reading has replaced, by old id.
        changes: What later readings of held files added and withdrew, in the order they were made.
    """

    sources: dict[str, Source] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    remarks: tuple[TextFact, ...] = ()
    contracts: tuple[Contract, ...] = ()
    aliases: dict[str, Alias] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()

    def __or__(self, other: Figures) -> Figures:
        """Return both together; a source in both is taken from the left, whole, and a contract once."""
        fresh = other.without(self.sources)
        return Figures(
            self.sources | fresh.sources,
            self.figures + fresh.figures,
            self.remarks + fresh.remarks,
            self.contracts + tuple(c for c in other.contracts if c not in self.contracts),
            other.aliases | self.aliases,
            self.changes + fresh.changes,
        )

    def without(self, keys: Collection[str]) -> Figures:
        """Return the same without sources of some keys and all that they say."""
        sources = {key: source for key, source in self.sources.items() if key not in keys}
        return replace(
            self,
            sources=sources,
            figures=tuple(f for f in self.figures if f.source in sources),
            remarks=tuple(r for r in self.remarks if r.source in sources),
            changes=tuple(change for change in self.changes if change.source in sources),
        )

    def dated(self, filed: FilingDates | None = None) -> Figures:
        """Return the same with filing dates recorded by hand: sources, and all they say, known since.

        Args:
            filed: The dates; those recorded among these figures' own text facts if not given.
        """
        filed = self.filing_dates() if filed is None else filed
        if not filed:
            return self
        remarks = dated_members(self.remarks, filed.by_name)
        ids = {old.id: new.id for old, new in zip(self.remarks, remarks, strict=True) if old is not new}
        return replace(
            self,
            sources={key: filed.dated(source) for key, source in self.sources.items()},
            figures=dated_members(self.figures, filed.by_name),
            remarks=remarks,
            changes=tuple(replace(c, id=ids[c.id]) if c.id in ids else c for c in self.changes),
        )

    def filing_dates(self, sources: Mapping[str, Source] | None = None) -> FilingDates:
        """Return the filing dates recorded by hand.

        Args:
            sources: All sources that they may be of; those of these figures if not given.
        """
        facts = [fact for fact in self.remarks if fact.kind == FILING_DATE]
        if not facts:
            return FilingDates()
        aside = out_of_force(self.changes, None)
        return FilingDates.of((f for f in facts if f.id not in aside), sources or self.sources)

    def current(self, day: date | None = None) -> Figures:
        """Return what was known by a day, as read by then, without sources that a later copy supersedes.

        What a later reading of a file withdrew counts up to the day before, what it added from that day on.
        Two files are copies of one filing if company, form, period end and accession (or its absence) are
        the same; the one that stands later in `sources` is taken, whole. Contracts recorded by hand join the
        announced ones.

        Args:
            day: Figures known later are left out; none if not given.
        """
        counts = self._counting(day)
        return Figures(
            self.sources,
            tuple(filter(counts, self.figures)),
            tuple(filter(counts, self.remarks)),
            self.contracts_on(day),
            self.aliases,
            self.changes,
        )

    def contracts_on(self, day: date | None = None) -> tuple[Contract, ...]:
        """Return the contracts known by a day: the announced ones, then those recorded by hand."""
        counts = self._counting(day)
        facts = (fact for fact in self.remarks if fact.kind == RECORDED_CONTRACT)
        announced = (contract for contract in self.contracts if day is None or contract.known <= day)
        return (*announced, *map(recorded_contract, filter(counts, facts)))

    def turns(self) -> list[date]:
        """Return the days, in order, on which some figure begins to count or no longer counts."""
        copied = Counter(map(filing_identity, self.sources.values()))
        copies = (s.known for s in self.sources.values() if copied[filing_identity(s)] > 1)
        days = {figure.known for figure in self.figures}
        return sorted(days.union(copies, (change.read_on for change in self.changes)))

    def _counting(self, day: date | None) -> Callable[[Figure | TextFact], bool]:
        """Whether a figure or text fact counts on a day."""
        known = {key: source for key, source in self.sources.items() if day is None or source.known <= day}
        last = {filing_identity(source): key for key, source in known.items()}
        aside = out_of_force(self.changes, day)
        reread = {change.source for change in self.changes}
        superseded = {key for key, source in known.items() if last[filing_identity(source)] != key}

        def counts(member: Figure | TextFact) -> bool:
            if member.source in superseded or (day is not None and member.known > day):
                return False
            return member.source not in reread or member.id not in aside

        return counts

    def __len__(self) -> int:
        return len(self.figures)

    def __repr__(self) -> str:
        return f"Figures({len(self.figures)} figures from {len(self.sources)} sources)"


def filing_identity(source: Source) -> tuple[object, ...]:
    """What two copies of one filing share; the key alone where a source is no file or does not say."""
    if source.sha256 and source.ticker and source.form and source.period_end:
        return source.ticker, source.form, source.period_end, source.accession
    return (source.key,)
