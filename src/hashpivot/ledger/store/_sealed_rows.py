"""Rows of a ledger of which none is missing: all, those of one company or source, or the latest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Self

from ._seals import NO_ROWS, Seal, Span, indexed_seals, last_seal, seal_at, seals_of
from .database import CHANGES, READINGS, SEALED, SOURCES, StoredRows, StoredTable

_OF_SOURCE = (SOURCES, READINGS, CHANGES)
_Spans = Mapping[str, Iterable[Span]]


@dataclass(frozen=True, slots=True)
class SealedRows:
    """Some rows of the tables, by the seals that cover them.

    Every constructor and `of` raise DamagedRow if a row or a seal is missing or not what was written.
    """

    stored: StoredRows
    spans: _Spans

    @classmethod
    def whole(cls, stored: StoredRows, upto: int | None = None) -> Self:
        """All rows, or those that were there when the seal `upto` was the last."""
        return cls(stored, _between(NO_ROWS, _ends(stored, upto)))

    @classmethod
    def after(cls, stored: StoredRows, number: int, upto: int | None = None) -> Self:
        """What was written after the seal of a number, 0 for all, and before any that follows `upto`."""
        return cls(stored, _between(_ends(stored, number), _ends(stored, upto)))

    @classmethod
    def company(cls, stored: StoredRows, ticker: str, upto: int | None = None) -> Self:
        """The rows of one company; of sources of others that name it their own row, readings and changes."""
        seals = _until(seals_of(stored, tickers=[ticker]), upto)
        own = {seal.source for seal in seals if seal.spans[0][1]}
        others = {seal.source for seal in seals} - own
        spans = _by_table(seals)
        whole = _by_table(_until(seals_of(stored, sources=others), upto) if others else ())
        for table in _OF_SOURCE:
            spans[table.name] += whole[table.name]
        return cls(stored, spans)

    @classmethod
    def source(cls, stored: StoredRows, key: str) -> Self:
        """The rows of one source; none if it is not held."""
        return cls.sealed(stored, seals_of(stored, sources=[key]))

    @classmethod
    def indexed(cls, stored: StoredRows, key: str) -> Self:
        """The rows of one source as the index finds them; those of a later reading may be missing."""
        return cls.sealed(stored, indexed_seals(stored, key))

    @classmethod
    def sealed(cls, stored: StoredRows, seals: Iterable[Seal]) -> Self:
        """The rows that some seals cover."""
        return cls(stored, _by_table(seals))

    def of(self, table: StoredTable) -> Iterator[tuple[str, ...]]:
        """Return the rows of a table in the order they were written."""
        spans = _merged(self.spans[table.name])
        return chain.from_iterable(self.stored.span(table, *span) for span in spans)

    def texts(self, table: StoredTable) -> Iterator[str]:
        """Return the same rows, each with its values joined by `SEPARATOR`."""
        spans = _merged(self.spans[table.name])
        return chain.from_iterable(self.stored.texts(table, *span) for span in spans)


def _until(seals: Iterable[Seal], number: int | None) -> list[Seal]:
    return [seal for seal in seals if number is None or seal.number <= number]


def _ends(stored: StoredRows, number: int | None) -> tuple[int, ...]:
    last = last_seal(stored)
    if number is not None and last is not None and number < last.number:
        return seal_at(stored, number).ends if number else NO_ROWS
    return last.ends if last else NO_ROWS


def _between(starts: Iterable[int], ends: Iterable[int]) -> dict[str, list[Span]]:
    bounds = zip(SEALED, starts, ends, strict=True)
    return {table.name: [(start, end - start)] for table, start, end in bounds}


def _by_table(seals: Iterable[Seal]) -> dict[str, list[Span]]:
    every = list(seals)
    return {table.name: [seal.spans[place] for seal in every] for place, table in enumerate(SEALED)}


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans in order, each with those that follow it without a gap: one query reads them all."""
    start = count = 0
    for first, length in sorted({span for span in spans if span[1]}):
        if count and first == start + count:
            count += length
            continue
        if count:
            yield start, count
        start, count = first, length
    if count:
        yield start, count
