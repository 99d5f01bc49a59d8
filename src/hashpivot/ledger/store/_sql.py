"""Rows of a ledger's tables: written within a transaction, selected, and put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from hashpivot.core import Figure, Source, TextFact, collector_paused

from ..disclosures import FILING_DATE
from ._alias import Alias
from ._figures import Figures, filing_identity
from ._record_keys import is_record_key
from ._rereading import Change, Member, out_of_force
from ._rows import (
    change_of,
    change_row,
    figure_row,
    source_of,
    source_row,
    stored_figure,
    text_fact_of,
    text_fact_row,
)
from ._sealed_rows import SealedRows
from ._seals import NO_ROWS, Seal, all_seals, last_seal, seals_of_records
from .database import (
    CHANGES,
    FIGURES,
    READINGS,
    SEALED,
    SEALS,
    SOURCES,
    TEXT_FACTS,
    DamagedRow,
    StoredRows,
    StoredTable,
)


class TableWriter:
    """What a transaction writes: collected by source and company, then numbered and sealed.

    Args:
        stored: The tables within an open transaction.
        sources: Sources held already that readings or changes are written of.
    """

    def __init__(self, stored: StoredRows, sources: Iterable[Source] = ()) -> None:
        self._stored = stored
        self._tickers = {source.key: source.ticker for source in sources}
        self._groups: dict[tuple[str, str], dict[str, list[tuple[str, ...]]]] = {}

    def insert_source(self, source: Source) -> None:
        """Write a source."""
        self._tickers[source.key] = source.ticker
        self._put(SOURCES, source.key, source.ticker, source_row(source))

    def insert_member(self, member: Member) -> None:
        """Write a figure or text fact.

        Raises:
            LedgerError: If its value is no finite number.
        """
        if isinstance(member, Figure):
            self._put(FIGURES, member.source, member.ticker, (member.id, *figure_row(member)))
        else:
            self._put(TEXT_FACTS, member.source, member.ticker, (member.id, *text_fact_row(member)))

    def insert_reading(self, source: str, number: int, day: date) -> None:
        """Write that a source was read, by which version of the reader or in which recording."""
        self._put(READINGS, source, self._tickers[source], (source, str(number), day.isoformat()))

    def insert_change(self, change: Change) -> None:
        """Write that a member counts, or no longer counts."""
        self._put(CHANGES, change.source, self._tickers[change.source], change_row(change))

    def copy(self, source: str, ticker: str, rows: Mapping[str, Iterable[tuple[str, ...]]]) -> None:
        """Write the rows that one seal of another ledger covers, by table."""
        for table in SEALED:
            for row in rows[table.name]:
                self._put(table, source, ticker, row)

    def seal(self) -> None:
        """Write all that was collected, with a seal for each source and company.

        Raises:
            DamagedRow: If the tables are not what they should be before.
        """
        last = last_seal(self._stored)
        ends = list(last.ends if last else NO_ROWS)
        seals = []
        for (source, ticker), rows in self._groups.items():
            spans = tuple((end, len(rows[table.name])) for table, end in zip(SEALED, ends, strict=True))
            seals.append(Seal(source, ticker, spans))
            ends = [start + count for start, count in spans]
        for table, end in zip(SEALED, last.ends if last else NO_ROWS, strict=True):
            every = [row for rows in self._groups.values() for row in rows[table.name]]
            self._stored.insert(table, end + 1, every)
        self._stored.insert(SEALS, (last.number if last else 0) + 1, [seal.row for seal in seals])
        self._groups.clear()

    def _put(self, table: StoredTable, source: str, ticker: str, row: tuple[str, ...]) -> None:
        rows = self._groups.setdefault((source, ticker), {sealed.name: [] for sealed in SEALED})
        rows[table.name].append(row)


def select_sources(rows: SealedRows) -> list[Source]:
    """Sources in the order of their keys, without the versions of the reader that read them.

    Raises:
        DamagedRow: If one is there twice.
    """
    sources = sorted(map(source_of, rows.of(SOURCES)), key=lambda source: source.key)
    for one, other in pairwise(sources):
        if one.key == other.key:
            raise DamagedRow(f"the source {one.key} is there twice")
    return sources


def select_figures(rows: SealedRows) -> Iterator[Figure]:
    """Figures in the order they were added."""
    return map(stored_figure, rows.texts(FIGURES))


def select_text_facts(rows: SealedRows) -> Iterator[TextFact]:
    """Text facts in the order they were added."""
    return (text_fact_of(row[1:]) for row in rows.of(TEXT_FACTS))


def select_members(rows: SealedRows) -> list[Member]:
    """Figures, then text facts, each in the order they were added."""
    return [*select_figures(rows), *select_text_facts(rows)]


def select_changes(rows: SealedRows) -> Iterator[Change]:
    """What later readings changed, in the order it was written."""
    return map(change_of, rows.of(CHANGES))


def last_readers(rows: SealedRows) -> dict[str, int]:
    """The latest version of the reader that read each source; those read before there were versions lack."""
    last: dict[str, int] = {}
    for source, reader, _ in rows.of(READINGS):
        last[source] = max(int(reader), last.get(source, 0))
    return last


def added_days(rows: SealedRows) -> dict[str, date]:
    """The day of the first reading of each source, where it was written down."""
    days: dict[str, str] = {}
    for source, _, day in rows.of(READINGS):
        if day:
            days[source] = min(day, days.get(source, day))
    return {source: date.fromisoformat(day) for source, day in days.items()}


def read_all(stored: StoredRows, upto: int | None = None) -> Figures:
    """Return everything, or what was there when the seal `upto` was the last."""
    return _assembled(SealedRows.whole(stored, upto))


@collector_paused()
def read_since(stored: StoredRows, held: Figures, seal: int, upto: int | None = None) -> Figures:
    """Return what `read_all` does, given what it returned when `seal` was the last."""
    rows = SealedRows.after(stored, seal, upto)
    fresh, readers = select_sources(rows), {key: source.reader for key, source in held.sources.items()}
    twice = next((source.key for source in fresh if source.key in held.sources), None)
    if twice is not None:
        raise DamagedRow(f"the source {twice} is there twice")
    for key, reader in last_readers(rows).items():
        readers[key] = max(reader, readers.get(key, 0))
    sources = sorted((*held.sources.values(), *fresh), key=lambda source: source.key)
    changes = (*held.changes, *select_changes(rows))
    figures, facts = (*held.figures, *select_figures(rows)), (*held.remarks, *select_text_facts(rows))
    return _put_together(sources, readers, changes, figures, facts)


def read_company(stored: StoredRows, ticker: str, upto: int | None = None) -> Figures:
    """Return what concerns one company; nothing but sources and what changed of them is read of others."""
    held = _assembled(SealedRows.company(stored, ticker, upto))
    others = {source.ticker for source in held.sources.values()} - {ticker}
    copies: dict[str, Source] = {}
    for owner in sorted(others):
        rows = SealedRows.company(stored, owner, upto)
        copies |= with_readers(select_sources(rows), last_readers(rows))
    fresh = {key: source for key, source in copies.items() if key not in held.sources}
    return replace(held, sources=_in_order_of_writing(stored, fresh | held.sources, upto))


def _in_order_of_writing(
    stored: StoredRows, sources: dict[str, Source], upto: int | None
) -> dict[str, Source]:
    """Sources in the order of all members of theirs, those of other companies too.

    The last copy of a filing counts, so that only where there are copies the order matters.
    """
    if len(set(map(filing_identity, sources.values()))) == len(sources):
        return sources
    last = dict.fromkeys(sources, (0, 0))
    for seal in all_seals(stored):
        if seal.source in last and (upto is None or seal.number <= upto):
            figure, fact = last[seal.source]
            last[seal.source] = max(figure, seal.last(FIGURES)), max(fact, seal.last(TEXT_FACTS))
    return dict(sorted(sources.items(), key=lambda item: (last[item[0]], item[0])))


def read_filing_dates(stored: StoredRows, upto: int | None = None) -> Figures:
    """Return the text facts that are filing dates, of all companies, and what superseded them."""
    seals = [seal for seal in seals_of_records(stored) if upto is None or seal.number <= upto]
    rows = SealedRows.sealed(stored, seals)
    facts = tuple(fact for fact in select_text_facts(rows) if fact.kind == FILING_DATE)
    return Figures(remarks=facts, changes=tuple(select_changes(rows)) if facts else ())


def with_readers(sources: Iterable[Source], readers: Mapping[str, int]) -> dict[str, Source]:
    """Return sources by key, each with the version of the reader that read it last."""
    return {source.key: replace(source, reader=readers.get(source.key, 0)) for source in sources}


@collector_paused()
def _assembled(rows: SealedRows) -> Figures:
    sources, readers = select_sources(rows), last_readers(rows)
    changes = tuple(select_changes(rows))
    figures, facts = tuple(select_figures(rows)), tuple(select_text_facts(rows))
    return _put_together(sources, readers, changes, figures, facts)


def _put_together(
    sources: Sequence[Source],
    readers: Mapping[str, int],
    changes: tuple[Change, ...],
    figures: tuple[Figure, ...],
    facts: tuple[TextFact, ...],
) -> Figures:
    """Figures of sources in the order of their keys, and of members and changes in that of writing."""
    last_figure = {figure.source: number for number, figure in enumerate(figures)}
    last_fact = {fact.source: number for number, fact in enumerate(facts)}
    ordered = sorted(sources, key=lambda s: (last_figure.get(s.key, -1), last_fact.get(s.key, -1)))
    by_key = with_readers(ordered, readers)
    return Figures(by_key, figures, facts, aliases=_successors(changes, by_key), changes=changes)


def _successors(changes: Sequence[Change], sources: Mapping[str, Source]) -> dict[str, Alias]:
    """Aliases from ids that no longer count to those that stand for them."""
    aside = out_of_force(changes, None)
    return {
        change.id: Alias(change.id, change.successor, _reason(change, sources.get(change.source)))
        for change in changes
        if change.successor and change.id in aside
    }


def _reason(change: Change, source: Source | None) -> str:
    if source and is_record_key(source.key):
        return "a later record supersedes it"
    return f"read again by version {change.reader} of the reader"
