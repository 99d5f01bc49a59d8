"""Fetch: from the live sources into the ledger, one event after another, and into the network table."""

from typing import TYPE_CHECKING

from hashpivot._lazy import lazy_names

if TYPE_CHECKING:
    from ._asked import filings_asked, first_day, open_sec
    from ._companies_asked import AskedCompany, ask_for
    from ._events import (
        DocumentFetched,
        FetchEvent,
        FetchPlanned,
        FetchState,
        FetchSummary,
        FilerFetched,
        FilerFound,
        FilerLost,
    )
    from ._filings import FilingsAsked, fetch_entries, fetch_filings
    from ._network import NetworkFetch, fetch_network
    from ._power import PowerFetch, fetch_power
    from ._power_file import PowerFile, power_path
    from ._reading import read_into_ledger
    from ._stored import StoredDocuments, stored_documents

__all__ = [
    "AskedCompany",
    "DocumentFetched",
    "FetchEvent",
    "FetchPlanned",
    "FetchState",
    "FetchSummary",
    "FilerFetched",
    "FilerFound",
    "FilerLost",
    "FilingsAsked",
    "NetworkFetch",
    "PowerFetch",
    "PowerFile",
    "StoredDocuments",
    "ask_for",
    "fetch_entries",
    "fetch_filings",
    "fetch_network",
    "fetch_power",
    "filings_asked",
    "first_day",
    "open_sec",
    "power_path",
    "read_into_ledger",
    "stored_documents",
]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "._asked": ("filings_asked", "first_day", "open_sec"),
        "._companies_asked": ("AskedCompany", "ask_for"),
        "._events": (
            "DocumentFetched",
            "FetchEvent",
            "FetchPlanned",
            "FetchState",
            "FetchSummary",
            "FilerFetched",
            "FilerFound",
            "FilerLost",
        ),
        "._filings": ("FilingsAsked", "fetch_entries", "fetch_filings"),
        "._network": ("NetworkFetch", "fetch_network"),
        "._reading": ("read_into_ledger",),
        "._power": ("PowerFetch", "fetch_power"),
        "._power_file": ("PowerFile", "power_path"),
        "._stored": ("StoredDocuments", "stored_documents"),
    },
)
