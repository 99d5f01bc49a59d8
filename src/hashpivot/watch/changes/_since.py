"""What changed in a ledger since a moment: every source that came, and what they changed together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Company, Figure, Quarter, Source, Tabular
from hashpivot.ledger import Contract, Figures, Restatement, View, restatements
from hashpivot.season import REPORTED_WITHIN

from ._changes import (
    HeadlineChange,
    VerdictMove,
    changed_quarters,
    headline_changes,
    known_values,
    new_and_restated,
    verdict_moves,
    without,
)

_MOST_QUARTERS = 4
"""The newest of a company: what many filings changed is looked at in a second or two, not in ten."""


@dataclass(frozen=True, slots=True)
class SourceChanges:
    """A source that came.

    Args:
        source: The source.
        figures: How many figures it gives.
        new: How many of them answer a question that no figure answered before.
        restated: How many of them differ from every figure that did.
        text_facts: How many statements of its text are kept.
    """

    source: Source
    figures: int
    new: int
    restated: int
    text_facts: int

    def to_dict(self) -> dict[str, Any]:
        """One of `sources` in the JSON contract of `/changes.json`."""
        source = self.source
        return {
            "title": source.title,
            "form": source.form or None,
            "known": source.known.isoformat(),
            "grade": source.grade,
            "accession": source.accession or None,
            "url": source.url or None,
            "figures": self.figures,
            "new": self.new,
            "restated": self.restated,
            "text_facts": self.text_facts,
        }


@dataclass(frozen=True, slots=True)
class CompanyChanges:
    """What changed of one company.

    Args:
        ticker, name: The company.
        sources: Those that came, newest first.
        headlines: Total and AI revenue of its newest quarters.
        restated: Quarterly amounts that are other than before.
        verdicts: Of its newest quarters.
        contracts: Those announced since.
    """

    ticker: str
    name: str
    sources: tuple[SourceChanges, ...]
    headlines: tuple[HeadlineChange, ...]
    restated: tuple[Restatement, ...]
    verdicts: tuple[VerdictMove, ...]
    contracts: tuple[Contract, ...]

    def to_dict(self) -> dict[str, Any]:
        """One of `companies` in the JSON contract of `/changes.json`."""
        return {
            "ticker": self.ticker,
            "name": self.name,
            "sources": [source.to_dict() for source in self.sources],
            "headlines": [change.to_dict() for change in self.headlines],
            "restated": [change.to_dict() for change in self.restated],
            "verdicts": [change.to_dict() for change in self.verdicts],
            "contracts": [
                {"counterparty": c.counterparty, "announced": c.announced, "known": c.known.isoformat()}
                for c in self.contracts
            ],
        }


@dataclass(frozen=True, slots=True, repr=False)
class LedgerChanges(Tabular):
    """What changed since a moment.

    Args:
        since: The moment, UTC.
        companies: Those with a source that came or was read anew, the one with the newest source first.
    """

    since: datetime
    companies: tuple[CompanyChanges, ...]

    def __repr__(self) -> str:
        return f"LedgerChanges({self.since:%Y-%m-%d %H:%M}, {len(self.companies)} companies)"

    @property
    def sources(self) -> tuple[SourceChanges, ...]:
        """All sources that came."""
        return tuple(source for company in self.companies for source in company.sources)

    @property
    def verdicts(self) -> int:
        """How many verdicts changed."""
        return sum(len(company.verdicts) for company in self.companies)

    @property
    def restated(self) -> int:
        """How many quarterly amounts are other than before."""
        return sum(len(company.restated) for company in self.companies)

    def records(self) -> list[dict[str, Any]]:
        """One row a source."""
        return [
            {"ticker": company.ticker} | source.to_dict()
            for company in self.companies
            for source in company.sources
        ]

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `/changes.json`."""
        return {
            "since": f"{self.since:%Y-%m-%dT%H:%MZ}",
            "sources": len(self.sources),
            "figures": sum(source.figures for source in self.sources),
            "restated": self.restated,
            "verdicts": self.verdicts,
            "companies": [company.to_dict() for company in self.companies],
        }


def ledger_changes(
    after: View,
    fresh: Collection[str],
    since: datetime,
    network: NetworkHistory,
    companies: Mapping[str, Company],
) -> LedgerChanges:
    """What sources, and later readings of held ones, changed together.

    Args:
        after: What is known now.
        fresh: Keys of the sources that came since the moment.
        since: The moment, UTC; readings from its day on count.
        network: The network's history.
        companies: By ticker.
    """
    figures, day = after.all_figures, since.date()
    reread = {change.source for change in figures.changes if change.read_on >= day}
    contracts = [contract for contract in figures.contracts if contract.known >= day]
    tickers = {figures.sources[key].ticker for key in (*fresh, *reread) if key in figures.sources} - {""}
    tickers |= {contract.ticker for contract in contracts}
    if not tickers:
        return LedgerChanges(since, ())
    before = View(_before(figures, fresh, day), as_of=after.as_of, companies=companies)
    given = _by_ticker(figures, {*fresh, *reread})
    changed = (
        _company(
            before, after, ticker, companies, network, given[ticker], fresh,
            tuple(contract for contract in contracts if contract.ticker == ticker),
        )
        for ticker in tickers
    )  # fmt: skip
    return LedgerChanges(since, tuple(sorted(changed, key=_newest_first)))


def _before(figures: Figures, fresh: Collection[str], day: date) -> Figures:
    """The figures without fresh sources, as read and as announced before a day."""
    held = without(figures, *fresh)
    held = replace(held, contracts=tuple(c for c in held.contracts if c.known < day))
    later = [change for change in held.changes if change.read_on >= day]
    added = {change.id for change in later if change.added}
    if not later:
        return held
    return replace(
        held,
        figures=tuple(figure for figure in held.figures if figure.id not in added),
        remarks=tuple(fact for fact in held.remarks if fact.id not in added),
        changes=tuple(change for change in held.changes if change not in later),
    )


def _by_ticker(figures: Figures, sources: Collection[str]) -> dict[str, list[Figure]]:
    by_ticker: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures.figures:
        if figure.source in sources:
            by_ticker[figure.ticker].append(figure)
    return by_ticker


def _company(
    before: View,
    after: View,
    ticker: str,
    companies: Mapping[str, Company],
    network: NetworkHistory,
    given: Iterable[Figure],
    fresh: Collection[str],
    contracts: tuple[Contract, ...],
) -> CompanyChanges:
    figures = list(given)
    sources = [s for key in fresh if (s := after.sources.get(key)) and s.ticker == ticker]
    days = [known.known for group in (sources, figures, contracts) for known in group]
    told_in = Quarter.containing(min(days) - REPORTED_WITHIN)
    quarters = changed_quarters(before, after, ticker, figures, told_in)[:_MOST_QUARTERS]
    company = companies.get(ticker)
    name = company.name if company else ticker
    known = known_values(before, ticker)
    facts = [fact.source for fact in after.all_figures.remarks if fact.ticker == ticker]
    return CompanyChanges(
        ticker,
        name,
        tuple(
            _source(source, [f for f in figures if f.source == source.key], known, facts.count(source.key))
            for source in sorted(sources, key=lambda source: source.known, reverse=True)
        ),
        tuple(headline_changes(before, after, ticker, quarters)),
        tuple(restatements(before, after, ticker)),
        tuple(verdict_moves(before, after, network, ticker, name, quarters)),
        contracts,
    )


def _source(
    source: Source, figures: list[Figure], known: Mapping[tuple[object, ...], Collection[Any]], facts: int
) -> SourceChanges:
    new, restated = new_and_restated(figures, known)
    return SourceChanges(source, len(figures), new, restated, facts)


def _newest_first(changes: CompanyChanges) -> tuple[int, str]:
    newest = max((source.source.known.toordinal() for source in changes.sources), default=0)
    return -newest, changes.ticker
