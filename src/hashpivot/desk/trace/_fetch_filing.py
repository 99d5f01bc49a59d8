"""The one filing that a source was read from."""

from __future__ import annotations

from hashpivot.core import Company, InvalidInput, LedgerPlace, NoData, Quarter, SourceError
from hashpivot.ledger import Trace
from hashpivot.report import fetch_command
from hashpivot.sources import Client, Store
from hashpivot.sources.sec import FilingEntry, listed_filers

from ..fetch import (
    DocumentFetched,
    FetchState,
    FilerLost,
    FilingsAsked,
    ask_for,
    fetch_entries,
    fetch_filings,
)


def fetch_filing_of(
    trace: Trace, company: Company, client: Client, store: Store, ledger: LedgerPlace | None
) -> tuple[DocumentFetched, ...]:
    """Fetch the filing of a reported figure: by its accession, else the reports of its form and quarter.

    Args:
        trace: Of the figure.
        company: Whose it is.
        client: Of EDGAR.
        store: Where filings are kept.
        ledger: The user's ledger.

    Raises:
        InvalidInput: If the figure is derived, or its source is no filing.
        UnknownCompany: If the company's CIK is not known.
        SourceError: If it does not come.
        NoData: If EDGAR lists no such filing.
        LedgerError, DocumentStoreError: If ledger or store cannot be written.
    """
    source, figure = trace.source, trace.figure
    if source is None or not fetch_command(source, figure):
        raise InvalidInput("no filing of the SEC is named as its source", where=figure.id)
    if source.accession:
        asked, lost = ask_for([company], lambda: listed_filers(client, store))
        for error in lost.values():
            raise error
        entry = FilingEntry(asked[0].cik, source.accession, source.form, source.known, source.period_end)
        documents = tuple(fetch_entries(asked[0], [entry], client, store, ledger))
    else:
        season = Quarter.containing(source.period_end or figure.end)
        wanted = FilingsAsked((company,), season, forms=(source.form.removesuffix("/A"),))
        events = list(fetch_filings(wanted, client, store, ledger))
        for event in events:
            if isinstance(event, FilerLost):
                raise event.error
        documents = tuple(event for event in events if isinstance(event, DocumentFetched))
        if not documents:
            raise NoData(f"the SEC lists no {source.form} of {company.ticker} on {season}")
    for document in documents:
        if document.state is FetchState.UNREACHABLE:
            raise SourceError(document.reason, where=document.url)
    return documents
