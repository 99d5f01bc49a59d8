"""Whose filings are watched for, and which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from hashpivot.sources.sec import FORMS, chosen

from ..journal import FoundFiling


@dataclass(frozen=True, slots=True)
class WatchedFilers:
    """Companies and forms that are watched.

    Args:
        tickers: Companies by CIK without leading zeros.
        unnamed: CIKs of those whose filings do not tell the reader whose they are.
        forms: Forms; the amendments of each are filings of their own, and watched too.
    """

    tickers: Mapping[str, str]
    unnamed: frozenset[str] = frozenset()
    forms: tuple[str, ...] = field(default=FORMS)

    def filing(
        self, accession: str, ciks: Iterable[str], form: str, filed: date, listed_in: str
    ) -> FoundFiling | None:
        """The filing, if a watched company takes part in it and its form is watched.

        Args:
            accession: Its number.
            ciks: Of all who take part, or of one of them.
            form: Its form.
            filed: Day of filing.
            listed_in: The list that shows it.
        """
        watched = min((cik for cik in ciks if cik in self.tickers), default=None)
        if watched is None or not chosen(form, self.forms):
            return None
        return FoundFiling(accession, watched, self.tickers[watched], form, filed, listed_in)
