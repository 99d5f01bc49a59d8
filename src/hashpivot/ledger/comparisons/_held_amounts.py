"""What ledger and package hold of the companies that filings are added of, kept up to date as it grows."""

from __future__ import annotations

from collections.abc import Iterable

from hashpivot.core import Figure, Source

from ..bundle import bundled
from ..store import Figures, Ledger
from ._company_amounts import CompanyAmounts

_MOST_FIGURES = 60_000
"""Kept of all companies together, about 30 MB; the one that is compared is kept whole, whatever it has."""


class HeldAmounts:
    """Held figures that filings are compared with, one filing after another.

    A company's figures are read when it is first asked about. After that only what was written since is
    read, by this process or another, so that a filing costs the same however many came before it.

    Args:
        ledger: An open ledger.
        most_figures: Companies asked about longest ago are forgotten beyond as many.
    """

    def __init__(self, ledger: Ledger, *, most_figures: int = _MOST_FIGURES) -> None:
        self._ledger = ledger
        self._most = most_figures
        self._companies: dict[str, CompanyAmounts] = {}
        self._seal = ledger.last_seal()

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
            if any(figure.source in company.sources for figure in figures):
                del self._companies[ticker]  # a file was read again: what its other figures are worth changes
            else:
                company.add(figures, written.sources)

    def _company(self, ticker: str) -> CompanyAmounts:
        company = self._companies.pop(ticker, None)
        if company is None:
            held = bundled() | self._ledger.read(ticker)
            company = CompanyAmounts(_of(held, ticker), held.sources)
        self._companies[ticker] = company  # the last one asked about stands last
        while len(self._companies) > 1 and sum(map(len, self._companies.values())) > self._most:
            del self._companies[next(iter(self._companies))]
        return company


def _of(held: Figures, ticker: str) -> Iterable[Figure]:
    return (figure for figure in held.figures if figure.ticker == ticker)
