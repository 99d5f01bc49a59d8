"""Where a view finds what is held of a company: in memory, or in the bundle and a ledger, read when asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, cached_property
from threading import RLock
from typing import Protocol, Self

from hashpivot.core import LedgerError, LedgerPlace, Source, ledger_place

from ..bundle import bundled
from ..disclosures import Contract
from ..store import Figures, FilingDates, Ledger
from ._by_company import by_company


class HeldCompanies(Protocol):
    """Figures of all companies, to be asked for by company; filing dates recorded by hand are applied."""

    def tickers(self) -> list[str]:
        """Return the companies of which anything is held, in alphabetical order."""

    def company(self, ticker: str) -> Figures:
        """Return what is held of one company."""

    def sources(self) -> Mapping[str, Source]:
        """Return all sources by key, in any order."""

    def contracts(self) -> tuple[Contract, ...]:
        """Return the contracts as announced, without those recorded by hand."""

    def everything(self) -> Figures:
        """Return what is held of all companies."""

    def renewed(self) -> Self:
        """Return what is held now; what nobody wrote to meanwhile is not read again."""


class FiguresInMemory:
    """Figures that have been read.

    Args:
        figures: All of them.
    """

    def __init__(self, figures: Figures) -> None:
        self._figures = figures.dated()

    def tickers(self) -> list[str]:
        """Return the companies of which anything is held, in alphabetical order."""
        return sorted(self._companies)

    def company(self, ticker: str) -> Figures:
        """Return what is held of one company."""
        return self._companies.get(ticker, Figures())

    def sources(self) -> Mapping[str, Source]:
        """Return all sources by key."""
        return self._figures.sources

    def contracts(self) -> tuple[Contract, ...]:
        """Return the contracts as announced, without those recorded by hand."""
        return self._figures.contracts

    def everything(self) -> Figures:
        """Return all figures."""
        return self._figures

    def renewed(self) -> Self:
        """Return itself."""
        return self

    @cached_property
    def _companies(self) -> dict[str, Figures]:
        return by_company(self._figures)


class FiguresInLedger:
    """The bundled figures and those of a ledger, of which only what is asked for is read.

    Args:
        path: The ledger, as in `Ledger.open`.

    Raises:
        LedgerError: If there is no reading it.
    """

    def __init__(self, path: str | LedgerPlace | None) -> None:
        self._path = path
        self._lock = RLock()
        self._read: dict[str, Figures] = {}
        self._whole: FiguresInMemory | None = None
        self._of_ledger: tuple[Figures, int] | None = None  # all its figures, and the last seal by then
        with Ledger.open(path) as ledger:
            self._upto = ledger.last_seal()
            self._seal = ledger.seal(self._upto)

    def tickers(self) -> list[str]:
        """Return the companies of which anything is held, in alphabetical order."""
        if self._whole:
            return self._whole.tickers()
        with self._ledger() as ledger:
            return sorted({*_bundle().tickers(), *ledger.tickers(upto=self._upto)})

    def company(self, ticker: str) -> Figures:
        """Return what is held of one company."""
        with self._lock:
            if self._whole:
                return self._whole.company(ticker)
            if ticker not in self._read:
                self._read[ticker] = self._company(ticker)
            return self._read[ticker]

    def sources(self) -> Mapping[str, Source]:
        """Return all sources by key."""
        with self._lock:
            return self._whole.sources() if self._whole else self._sources

    def contracts(self) -> tuple[Contract, ...]:
        """Return the contracts as announced, without those recorded by hand."""
        return bundled().contracts

    def everything(self) -> Figures:
        """Return what is held of all companies."""
        with self._lock:
            if self._whole is None:
                held, seal = self._of_ledger or (None, 0)
                with self._ledger() as ledger:
                    held = (
                        ledger.read_since(held, seal, upto=self._upto)
                        if held
                        else ledger.read(upto=self._upto)
                    )
                self._of_ledger = held, self._upto
                self._whole = FiguresInMemory(bundled() | held)
                self._read.clear()
            return self._whole.everything()

    def renewed(self) -> Self:
        """Return what is held now; companies that no seal since names are not read again."""
        fresh = type(self)(self._path)
        with Ledger.open(self._path) as ledger, self._lock:
            if ledger.seal(self._upto) != self._seal:
                return fresh
            fresh._of_ledger = self._of_ledger
            if not self._filing_dates and not fresh._filing_dates:
                changed = set(ledger.tickers(after=self._upto, upto=fresh._upto))
                fresh._read = {
                    ticker: held
                    for ticker, held in self._read.items()
                    if changed.isdisjoint((ticker, *(source.ticker for source in held.sources.values())))
                }
        return fresh

    @contextmanager
    def _ledger(self) -> Iterator[Ledger]:
        """The ledger, if it still holds what it held: never figures of two ledgers in one view."""
        with Ledger.open(self._path) as ledger:
            if ledger.seal(self._upto) != self._seal:
                raise LedgerError(
                    "another ledger has taken its place since this view of it was opened",
                    where=str(ledger_place(self._path)),
                    hint="open the view or desk again",
                )
            yield ledger

    def _company(self, ticker: str) -> Figures:
        with self._ledger() as ledger:
            own = ledger.read(ticker, upto=self._upto)
        fresh = own.without(bundled().sources)
        return (_bundle().company(ticker) | fresh).dated(self._filing_dates)

    @cached_property
    def _filing_dates(self) -> FilingDates:
        with self._ledger() as ledger:
            recorded = ledger.filing_dates(upto=self._upto)
            sources = ledger.sources(upto=self._upto) if recorded.remarks else {}
        return recorded.filing_dates(sources | bundled().sources)

    @cached_property
    def _sources(self) -> Mapping[str, Source]:
        with self._ledger() as ledger:
            held = ledger.sources(upto=self._upto) | bundled().sources
        return {key: self._filing_dates.dated(source) for key, source in held.items()}


@cache
def _bundle() -> FiguresInMemory:
    return FiguresInMemory(bundled())
