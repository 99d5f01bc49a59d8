"""Whose filings are asked for: the CIK of each company, known or looked up, never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from hashpivot.core import Company, HashpivotError, UnknownCompany
from hashpivot.sources.sec import ListedFiler

_COMMON = {
    "inc",
    "corp",
    "corporation",
    "ltd",
    "limited",
    "plc",
    "co",
    "company",
    "the",
    "holdings",
    "holding",
}
_COMMON |= {"group", "technologies", "technology", "platforms", "sa", "nv", "ag", "de"}


@dataclass(frozen=True, slots=True)
class AskedCompany:
    """A company whose filings are asked for.

    Args:
        company: As the table has it.
        cik: Under which it files.
        looked_up: The name EDGAR's list of tickers gives that CIK; empty if our own table has the CIK.
    """

    company: Company
    cik: str
    looked_up: str = ""

    @property
    def ticker(self) -> str:
        """Its ticker."""
        return self.company.ticker

    @property
    def unnamed(self) -> bool:
        """True if a filing's own CIK does not tell the reader whose it is."""
        return bool(self.looked_up)


def ask_for(
    companies: Iterable[Company], listed: Callable[[], Mapping[str, ListedFiler]]
) -> tuple[list[AskedCompany], dict[str, HashpivotError]]:
    """The CIK of each company, from our table or else from EDGAR's list of tickers.

    Args:
        companies: Each once.
        listed: Gives EDGAR's list; called only if a company has no CIK.

    Returns:
        Those found, and the error of each that was not, by ticker.

    Raises:
        SourceError: If the list is needed and cannot be had.
    """
    found: list[AskedCompany] = []
    lost: dict[str, HashpivotError] = {}
    for company in companies:
        if company.cik:
            found.append(AskedCompany(company, company.cik))
            continue
        filer = listed().get(company.ticker)
        if filer and same_name(filer.name, company.names):
            found.append(AskedCompany(company, filer.cik, filer.name))
        else:
            lost[company.ticker] = _unknown(company, filer)
    return found, lost


def same_name(name: str, names: Iterable[str]) -> bool:
    """True if a name's telling words begin one of several, or the other way round.

    `CANGO INC.` is `Cango Inc.`; `Bit Mining Ltd` is not `Bit Digital, Inc.`, though both begin alike.
    """
    words = _telling(name)
    return any(_begins(words, other) or _begins(other, words) for other in map(_telling, names))


def _begins(words: list[str], longer: list[str]) -> bool:
    return bool(words) and longer[: len(words)] == words


def _telling(name: str) -> list[str]:
    return [word for word in re.findall(r"[a-z0-9]+", name.casefold()) if word not in _COMMON]


def _unknown(company: Company, filer: ListedFiler | None) -> UnknownCompany:
    said = f"lists {filer.name} (CIK {filer.cik}) under that ticker" if filer else "does not list that ticker"
    return UnknownCompany(
        f"its CIK is not known, and the SEC {said}",
        where=company.ticker,
        hint=f"add [{company.ticker}] with its cik to companies.toml in HASHPIVOT_HOME",
    )
