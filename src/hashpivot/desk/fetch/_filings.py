"""Fetch filings: which are wanted, each into the store and from there into the ledger."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby

from hashpivot.core import Company, LedgerPlace, Quarter, RefusedBySource, SourceError
from hashpivot.sources import Client, Store
from hashpivot.sources.sec import (
    FORMS,
    FilingEntry,
    FilingList,
    filing_key,
    filing_list,
    filing_url,
    listed_filers,
)

from ..ledger import FileAdder
from ._companies_asked import AskedCompany, ask_for
from ._downloads import Download, Downloads, WantedFiling
from ._events import (
    DocumentFetched,
    FetchEvent,
    FetchPlanned,
    FetchState,
    FilerFetched,
    FilerFound,
    FilerLost,
)
from ._one_ahead import one_ahead
from ._patience import Patience
from ._reading import Outcome, read_into_ledger
from ._wanted import MissingReport, earliest, of_missing, of_season, since


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


def fetch_filings(
    asked: FilingsAsked, client: Client, store: Store, ledger: LedgerPlace | None = None
) -> Iterator[FetchEvent]:
    """Fetch what is asked for, company by company, each one's oldest filing first, and tell what happens.

    Every document is stored whole before it is read, and added whole: whenever this is stopped, what was done
    stays done, and the next run goes on from there. The next document is fetched while the last one is read.

    Args:
        asked: What is asked for.
        client: Of EDGAR.
        store: Where documents are kept.
        ledger: The user's ledger.

    Raises:
        RefusedBySource: If EDGAR refuses the first request: identification, keys.
        LedgerError, DocumentStoreError: If ledger or store cannot be written, such as on a full disk.
    """
    patience = Patience()
    wanted: dict[str, WantedFiling] = {}
    for event, filings in _lists(asked, client, store, patience):
        wanted |= {one.entry.accession: one for one in filings if one.entry.accession not in wanted}
        yield event
    ordered = list(wanted.values())
    stored = sum(store.get(filing_key(one.entry.accession)) is not None for one in ordered)
    yield FetchPlanned(len(ordered), stored)
    if asked.dry_run:
        documents = (_told(one, Outcome(FetchState.WANTED)) for one in ordered)
    else:
        documents = _documents(ordered, Downloads(client, store.folder, patience), store, ledger)
    with closing(documents):
        for ticker, of_company in groupby(documents, key=lambda document: document.ticker):
            done: list[DocumentFetched] = []
            for document in of_company:
                done.append(document)
                yield document
            yield FilerFetched(ticker, tuple(done))


def fetch_entries(
    asked: AskedCompany,
    entries: Sequence[FilingEntry],
    client: Client,
    store: Store,
    ledger: LedgerPlace | None = None,
) -> Iterator[DocumentFetched]:
    """Fetch filings of a company, one after another, and tell what became of each.

    Args:
        asked: The company.
        entries: Which filings.
        client: Of EDGAR.
        store: Where documents are kept.
        ledger: The user's ledger.

    Raises:
        LedgerError, DocumentStoreError: If ledger or store cannot be written.
    """
    wanted = [WantedFiling(asked, entry) for entry in entries]
    return _documents(wanted, Downloads(client, store.folder, Patience()), store, ledger)


def _lists(
    asked: FilingsAsked, client: Client, store: Store, patience: Patience
) -> Iterator[tuple[FetchEvent, Sequence[WantedFiling]]]:
    """The companies' lists of filings, and what is wanted of each."""
    try:
        companies, lost = ask_for(asked.companies, cache(lambda: listed_filers(client, store)))
    except RefusedBySource:
        raise
    except SourceError as error:
        patience.failed(error)
        companies = [AskedCompany(c, c.cik) for c in asked.companies if c.cik]
        lost = {c.ticker: error for c in asked.companies if not c.cik}
    for ticker, reason in lost.items():
        yield FilerLost(ticker, reason), ()
    for number, one in enumerate(companies):
        try:
            patience.check()
            listed = filing_list(client, one.cik, _first_day(asked, one.company))
        except SourceError as error:
            if number == 0 and not lost and isinstance(error, RefusedBySource):
                raise
            if not patience.lost:
                patience.failed(error)
            yield FilerLost(one.ticker, error), ()
        else:
            patience.answered()
            yield _found(asked, one, listed)


def _first_day(asked: FilingsAsked, company: Company) -> date:
    if asked.missing is not None:
        quarters = [report.quarter for report in asked.missing.get(company.ticker, ())]
        return min((earliest(company, quarter) for quarter in quarters), default=date.max)
    return earliest(company, asked.season) if asked.season else asked.first


def _found(
    asked: FilingsAsked, company: AskedCompany, listed: FilingList
) -> tuple[FilerFound, Sequence[WantedFiling]]:
    absent: list[str] = []
    if asked.missing is not None:
        entries: list[FilingEntry] = []
        for report in sorted(asked.missing.get(company.ticker, ()), key=lambda report: report.quarter):
            found = of_missing(listed.filings, company.company, report)
            entries += found
            if not found:
                absent.append(f"{' or '.join(report.forms)} for {report.quarter}")
    elif asked.season:
        entries = of_season(listed.filings, asked.forms, company.company, asked.season)
    else:
        entries = since(listed.filings, asked.forms, asked.first)
    once = {entry.accession: WantedFiling(company, entry) for entry in sorted(entries, key=_oldest_first)}
    looked_up = bool(company.looked_up)
    event = FilerFound(company.ticker, listed.cik, listed.name, looked_up, len(once), tuple(absent))
    return event, tuple(once.values())


def _oldest_first(entry: FilingEntry) -> tuple[date, str]:
    return entry.filed, entry.accession


def _documents(
    wanted: Sequence[WantedFiling], downloads: Downloads, store: Store, ledger: LedgerPlace | None
) -> Generator[DocumentFetched]:
    with FileAdder(ledger) as adder:
        adder.ledger.last_seal()  # one that cannot be read is found out before anything is fetched
        with closing(one_ahead(downloads, wanted)) as downloaded:
            for download in downloaded:
                yield _told(download.wanted, _read(download, store, adder), download)


def _read(download: Download, store: Store, adder: FileAdder) -> Outcome:
    if download.document is None:
        return Outcome(FetchState.UNREACHABLE, reason=download.reason)
    asked = download.wanted.asked
    return read_into_ledger(download.document, store, adder, asked.ticker if asked.unnamed else "")


def _told(wanted: WantedFiling, outcome: Outcome, download: Download | None = None) -> DocumentFetched:
    entry = wanted.entry
    document = download.document if download else None
    return DocumentFetched(
        wanted.asked.ticker,
        entry.form,
        entry.accession,
        entry.filed,
        entry.period,
        filing_url(entry),
        outcome.state,
        bool(download and download.now),
        str(document.path) if document else "",
        outcome.figures,
        outcome.reason,
        outcome.warnings,
    )
