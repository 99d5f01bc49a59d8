"""The stand-in for EDGAR, and the faults only EDGAR has."""

from ._edgar_faults import (
    column_added,
    column_missing,
    column_renamed,
    column_short,
    maintenance,
    missing_key,
    not_found,
    rate_threshold,
    search_failed,
    undeclared_tool,
    zulu_in_doubt,
)
from ._edgar_service import EdgarService

__all__ = [
    "EdgarService",
    "column_added",
    "column_missing",
    "column_renamed",
    "column_short",
    "maintenance",
    "missing_key",
    "not_found",
    "rate_threshold",
    "search_failed",
    "undeclared_tool",
    "zulu_in_doubt",
]
