"""The journal: which filings were seen and told, and the messages that are still to be sent."""

from ._entries import FilingState, FoundFiling, JournalEntry
from ._failures import journal_failures
from ._journal import Journal
from ._news import EVENTS, FilingNews

__all__ = [
    "EVENTS",
    "FilingNews",
    "FilingState",
    "FoundFiling",
    "Journal",
    "JournalEntry",
    "journal_failures",
]
