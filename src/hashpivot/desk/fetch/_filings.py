"""Fetch filings: which are wanted, each into the store and from there into the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from hashpivot.core import Company, HashpivotError, Quarter, RefusedBySource, SourceError, Unreachable
from hashpivot.ledger import Ledger
from hashpivot.sources import Client, Store
from hashpivot.sources.sec import (
    FORMS,
    FilingEntry,
    FilingList,
    fetch_filing,
    filing_key,
    filing_list,
    filing_url,
    listed_filers,
)

from ._companies_asked import AskedCompany, ask_for
from ._events import DocumentFetched, FetchEvent, FetchPlanned, FetchState, FilerFound, FilerLost
from ._reading import read_into_ledger
from ._wanted import MissingReport, earliest, of_missing, of_season, since

_GIVES_UP = 3  # documents in a row without an answer after which the service is taken to be away


@dataclass(frozen=True, slots=True)
class FilingsAsked:
    """What is asked for.

    Args:
        companies: Of which companies, each once.
        season: The filings of a quarter's season; None for all since `first`.
        first: First day of filing, without a season.
        forms: Forms, amendments included.
        missing: By ticker the reports to look for; if given, nothing else is.
        dry_run: Nothing is fetched but the lists.
    """

    companies: tuple[Company, ...]
    season: Quarter | None = None
    first: date = date.min
    forms: tuple[str, ...] = FORMS
    missing: Mapping[str, Sequence[MissingReport]] | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class _Wanted:
    asked: AskedCompany
    entry: FilingEntry


def fetch_filings(
    asked: FilingsAsked, client: Client, store: Store, ledger: Path | None = None
) -> Iterator[FetchEvent]:
    """Fetch what is asked for, oldest filing first, and tell what happens.

    Every document is stored whole before it is read, and added whole: whenever this is stopped, what was done
    stays done, and the next run goes on from there.

    Args:
        asked: What is asked for.
        client: Of EDGAR.
        store: Where documents are kept.
        ledger: The user's ledger.

    Raises:
        RefusedBySource: If EDGAR refuses the first request: identification, keys.
        LedgerError, DocumentStoreError: If ledger or store cannot be written, such as on a full disk.
    """
    wanted: dict[str, _Wanted] = {}
    for event, found in _lists(asked, client, store):
        wanted |= {each.entry.accession: each for each in found if each.entry.accession not in wanted}
        yield event
    ordered = sorted(wanted.values(), key=lambda each: (each.entry.filed, each.entry.accession))
    yield FetchPlanned(
        len(ordered), sum(store.get(filing_key(w.entry.accession)) is not None for w in ordered)
    )
    if asked.dry_run:
        yield from (_told(each, FetchState.WANTED) for each in ordered)
    else:
        yield from _documents(ordered, client, store, ledger)


def _lists(
    asked: FilingsAsked, client: Client, store: Store
) -> Iterator[tuple[FetchEvent, Sequence[_Wanted]]]:
    """The companies' lists of filings, and what is wanted of each."""

    try:
        companies, lost = ask_for(asked.companies, cache(lambda: listed_filers(client, store)))
    except RefusedBySource:
        raise
    except SourceError as error:
        companies = [AskedCompany(c, c.cik) for c in asked.companies if c.cik]
        lost = {c.ticker: error for c in asked.companies if not c.cik}
    for ticker, reason in lost.items():
        yield FilerLost(ticker, reason), ()
    for number, each in enumerate(companies):
        try:
            held = filing_list(client, each.cik, _first_day(asked, each.company))
        except RefusedBySource as error:
            if number == 0 and not lost:
                raise
            yield FilerLost(each.ticker, error), ()
        except SourceError as error:
            yield FilerLost(each.ticker, error), ()
        else:
            yield _found(asked, each, held)


def _first_day(asked: FilingsAsked, company: Company) -> date:
    if asked.missing is not None:
        quarters = [report.quarter for report in asked.missing.get(company.ticker, ())]
        return min((earliest(company, quarter) for quarter in quarters), default=date.max)
    return earliest(company, asked.season) if asked.season else asked.first


def _found(
    asked: FilingsAsked, company: AskedCompany, held: FilingList
) -> tuple[FilerFound, Sequence[_Wanted]]:
    absent: list[str] = []
    if asked.missing is not None:
        entries: list[FilingEntry] = []
        for report in asked.missing.get(company.ticker, ()):
            found = of_missing(held.filings, company.company, report)
            entries += found
            if not found:
                absent.append(f"{' or '.join(report.forms)} for {report.quarter}")
    elif asked.season:
        entries = of_season(held.filings, asked.forms, company.company, asked.season)
    else:
        entries = since(held.filings, asked.forms, asked.first)
    once = {entry.accession: _Wanted(company, entry) for entry in entries}
    looked_up = bool(company.looked_up)
    event = FilerFound(company.ticker, held.cik, held.name, looked_up, len(once), tuple(absent))
    return event, tuple(once.values())


def _documents(
    wanted: Sequence[_Wanted], client: Client, store: Store, ledger: Path | None
) -> Iterator[DocumentFetched]:
    with Ledger.open(ledger) as opened:
        readers = opened.readers()
    in_a_row = 0
    for each in wanted:
        if in_a_row >= _GIVES_UP and store.get(filing_key(each.entry.accession)) is None:
            yield _told(each, FetchState.UNREACHABLE, reason="not asked for: the service does not answer")
            continue
        try:
            document, now = fetch_filing(client, store, each.entry)
        except SourceError as error:
            in_a_row = in_a_row + 1 if isinstance(error, Unreachable) else 0
            yield _told(each, FetchState.UNREACHABLE, reason=_reason(error))
            continue
        in_a_row = 0 if now else in_a_row
        ticker = each.asked.ticker if each.asked.unnamed else ""
        outcome = read_into_ledger(document, store, ledger, readers, ticker)
        yield _told(
            each,
            outcome.state,
            downloaded=now,
            path=str(document.path),
            figures=outcome.figures,
            reason=outcome.reason,
        )


def _told(
    wanted: _Wanted,
    state: FetchState,
    *,
    downloaded: bool = False,
    path: str = "",
    figures: int = 0,
    reason: str = "",
) -> DocumentFetched:
    entry = wanted.entry
    return DocumentFetched(
        wanted.asked.ticker,
        entry.form,
        entry.accession,
        entry.filed,
        entry.period,
        filing_url(entry),
        state,
        downloaded,
        path,
        figures,
        reason,
    )


def _reason(error: HashpivotError) -> str:
    return f"{error.message}; {error.hint}" if error.hint else error.message
