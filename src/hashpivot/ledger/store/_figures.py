"""Figures, text facts and contracts with their sources: what a ledger holds and a view looks at."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from hashpivot.core import Figure, Source, TextFact

from ..disclosures import FILING_DATE, RECORDED_CONTRACT, Contract, recorded_contract
from ._alias import Alias
from ._filing_dates import dated_members, dated_source, filing_day, filing_days
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
        fresh = {key: source for key, source in other.sources.items() if key not in self.sources}
        return Figures(
            self.sources | fresh,
            self.figures + tuple(f for f in other.figures if f.source in fresh),
            self.remarks + tuple(r for r in other.remarks if r.source in fresh),
            self.contracts + tuple(c for c in other.contracts if c not in self.contracts),
            other.aliases | self.aliases,
            self.changes + tuple(change for change in other.changes if change.source in fresh),
        )

    def dated(self) -> Figures:
        """Return the same with filing dates recorded by hand: sources, and all they say, known since."""
        filed_facts = [fact for fact in self.remarks if fact.kind == FILING_DATE]
        if not filed_facts:
            return self
        aside = out_of_force(self.changes, None)
        days = filing_days(fact for fact in filed_facts if fact.id not in aside)
        filed = {key: filing_day(days, source) for key, source in self.sources.items()}
        sources = {key: dated_source(source, filed[key]) for key, source in self.sources.items()}
        by_name = {
            name: source.known
            for key, source in sources.items()
            if filed[key]
            for name in (key, source.accession, source.name)
            if name
        }
        remarks = dated_members(self.remarks, by_name)
        ids = {old.id: new.id for old, new in zip(self.remarks, remarks, strict=True) if old is not new}
        return replace(
            self,
            sources=sources,
            figures=dated_members(self.figures, by_name),
            remarks=remarks,
            changes=tuple(replace(c, id=ids[c.id]) if c.id in ids else c for c in self.changes),
        )

    def current(self, day: date | None = None) -> Figures:
        """Return what was known by a day, as read by then, without sources that a later copy supersedes.

        What a later reading of a file withdrew counts up to the day before, what it added from that day on.
        Two files are copies of one filing if company, form, period end and accession (or its absence) are
        the same; the one that stands later in `sources` is taken, whole. Contracts recorded by hand join the
        announced ones.

        Args:
            day: Figures known later are left out; none if not given.
        """
        known = {key: source for key, source in self.sources.items() if day is None or source.known <= day}
        last = {_filing(source): key for key, source in known.items()}
        aside = out_of_force(self.changes, day)
        reread = {change.source for change in self.changes}
        superseded = {key for key, source in known.items() if last[_filing(source)] != key}

        def counts(member: Figure | TextFact) -> bool:
            if member.source in superseded or (day is not None and member.known > day):
                return False
            return member.source not in reread or member.id not in aside

        facts = tuple(filter(counts, self.remarks))
        recorded = (recorded_contract(fact) for fact in facts if fact.kind == RECORDED_CONTRACT)
        announced = (contract for contract in self.contracts if day is None or contract.known <= day)
        return Figures(
            self.sources,
            tuple(filter(counts, self.figures)),
            facts,
            (*announced, *recorded),
            self.aliases,
            self.changes,
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
