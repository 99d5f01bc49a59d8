"""What ledger and package hold of the companies that filings are added of, kept up to date as it grows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from hashpivot.core import Figure, Source

from ..bundle import bundled
from ..store import Ledger
from ._amount_index import AmountIndex
from ._company_amounts import CompanyAmounts


class HeldAmounts:
    """Held figures that filings are compared with, one filing after another; a context manager.

    A company's figures are read when it is first asked about, and what comparing needs of them is kept in a
    temporary file. After that only what was written since is read, by this process or another, so that a
    filing costs the same however many came before it.

    Args:
        ledger: An open ledger.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._index = AmountIndex()
        self._companies: dict[str, CompanyAmounts] = {}
        self._read = 0
        self._seal = ledger.last_seal()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the temporary file."""
        self._index.close()

    def disagreements(self, figures: Iterable[Figure], source: Source) -> list[str]:
        """Return one sentence for each figure that disagrees with what is held; see `disagreements`.

        Args:
            figures: Of a source that is not in the ledger.
            source: That source.

        Raises:
            LedgerError: If the ledger cannot be read.
        """
        self._catch_up()
        return self._company(source.ticker).disagreements(figures, source)

    def _catch_up(self) -> None:
        """Take in what was written since."""
        self._seal, written = self._ledger.read_after(self._seal)
        by_ticker: dict[str, list[Figure]] = {}
        for figure in written.figures:
            by_ticker.setdefault(figure.ticker, []).append(figure)
        for ticker, figures in by_ticker.items():
            company = self._companies.get(ticker)
            if company is None:
                continue
            if any(company.has(key) for key in {figure.source for figure in figures}):
                del self._companies[ticker]  # a file was read again: what its other figures are worth changes
            else:
                company.add(figures, written.sources)

    def _company(self, ticker: str) -> CompanyAmounts:
        company = self._companies.get(ticker)
        if company is None:
            held = bundled() | self._ledger.read(ticker)
            self._read += 1
            company = CompanyAmounts(self._index, f"{ticker}|{self._read}")
            company.add((figure for figure in held.figures if figure.ticker == ticker), held.sources)
            self._companies[ticker] = company
        return company
