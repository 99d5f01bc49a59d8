"""A figure's trace down to the boxed place on the page of a stored filing."""

from typing import TYPE_CHECKING

from hashpivot._lazy import lazy_names

from ._trace_result import TraceResult

if TYPE_CHECKING:
    from ._fetch_filing import fetch_filing_of
    from ._stored_pages import StoredPages, stored_file
    from ._trace_page import TracePage, trace_page

__all__ = ["StoredPages", "TracePage", "TraceResult", "fetch_filing_of", "stored_file", "trace_page"]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "._fetch_filing": ("fetch_filing_of",),
        "._stored_pages": ("StoredPages", "stored_file"),
        "._trace_page": ("TracePage", "trace_page"),
    },
)
