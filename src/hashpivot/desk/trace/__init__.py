"""A figure's trace down to the boxed place on the page of a stored filing."""

from ._fetch_filing import fetch_filing_of
from ._stored_pages import StoredPages, stored_file
from ._trace_page import TracePage, trace_page

__all__ = ["StoredPages", "TracePage", "fetch_filing_of", "stored_file", "trace_page"]
