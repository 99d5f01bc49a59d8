"""EDGAR: what was filed, by whom and when, and the filings themselves."""

from ._archive import fetch_filing, filing_key, filing_page, filing_url
from ._daily_index import daily_index
from ._feed import CurrentFiling, current_filings
from ._forms import CURRENT, FORMS, OFFERING, PERIODIC, base_form, chosen
from ._notes_data_set import NotesDataSet, TaggedNumber, notes_data_set, notes_data_set_name
from ._search import SearchHit, SearchResult, full_text_search
from ._service import BLOCK, sec_kind, sec_service
from ._submissions import FilingEntry, FilingList, filing_list
from ._tickers import ListedFiler, listed_filers

__all__ = [
    "BLOCK",
    "CURRENT",
    "FORMS",
    "OFFERING",
    "PERIODIC",
    "CurrentFiling",
    "FilingEntry",
    "FilingList",
    "ListedFiler",
    "NotesDataSet",
    "SearchHit",
    "SearchResult",
    "TaggedNumber",
    "base_form",
    "chosen",
    "current_filings",
    "daily_index",
    "fetch_filing",
    "filing_key",
    "filing_list",
    "filing_page",
    "filing_url",
    "full_text_search",
    "listed_filers",
    "notes_data_set",
    "notes_data_set_name",
    "sec_kind",
    "sec_service",
]
