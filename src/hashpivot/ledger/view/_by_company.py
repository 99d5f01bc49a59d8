"""All figures split by company."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Any

from hashpivot.core import Figure, Source, TextFact

from ..store import Change, Figures


def by_company(figures: Figures) -> dict[str, Figures]:
    """Return what concerns each company, in the order it stands in.

    That are its figures, text facts, contracts and aliases, all sources of the companies whose filings give
    them, and what later readings changed of these sources.

    Args:
        figures: Of all companies.
    """
    members = _grouped(figures.figures, "ticker")
    facts = _grouped(figures.remarks, "ticker")
    contracts = _grouped(figures.contracts, "ticker")
    sources = _grouped(figures.sources.values(), "ticker")
    changes = _grouped(figures.changes, "source")
    aliases: dict[str, list[str]] = defaultdict(list)
    for key in figures.aliases:
        aliases[ticker_of_id(key)].append(key)
    order = _Order(figures)

    def company(ticker: str) -> Figures:
        own = order.sources(sources, (*members.get(ticker, ()), *facts.get(ticker, ())), ticker)
        return Figures(
            own,
            tuple(members.get(ticker, ())),
            tuple(facts.get(ticker, ())),
            tuple(contracts.get(ticker, ())),
            {key: figures.aliases[key] for key in aliases.get(ticker, ())},
            order.changes(changes, own),
        )

    tickers = dict.fromkeys([*members, *facts, *contracts, *sources, *aliases])
    return {ticker: company(ticker) for ticker in tickers}


def ticker_of_id(figure_id: str) -> str:
    """Return whose figure an id is of: what stands before its last three slashes."""
    return figure_id.partition("@")[0].rsplit("/", 3)[0]


class _Order:
    """The order in which sources and changes of several companies stand."""

    def __init__(self, figures: Figures) -> None:
        self._all = figures.sources
        self._sources = {key: number for number, key in enumerate(figures.sources)}
        self._changes = {id(change): number for number, change in enumerate(figures.changes)}

    def sources(
        self, by_ticker: Mapping[str, list[Source]], members: Iterable[Figure | TextFact], ticker: str
    ) -> dict[str, Source]:
        """The sources of a company and of those whose filings its members name."""
        named = {member.source for member in members}
        others = {self._all[key].ticker for key in named if key in self._all}
        if others <= {ticker}:
            return {source.key: source for source in by_ticker.get(ticker, ())}
        every = (source for owner in others | {ticker} for source in by_ticker.get(owner, ()))
        return {source.key: source for source in sorted(every, key=lambda s: self._sources[s.key])}

    def changes(self, by_source: Mapping[str, list[Change]], keys: Iterable[str]) -> tuple[Change, ...]:
        """The changes of some sources."""
        every = (change for key in keys for change in by_source.get(key, ()))
        return tuple(sorted(every, key=lambda change: self._changes[id(change)]))


def _grouped(items: Iterable[Any], name: str) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = defaultdict(list)
    of = attrgetter(name)
    for item in items:
        groups[of(item)].append(item)
    return groups
