"""Watch: find new filings in three lists, tell what each changed, and forget nothing over a restart.

How a filing is read is for others: `Watcher` is given a reader.
"""

from hashpivot._lazy import lazy_names

from ._problems import WatchProblem
from ._watcher import FilingReader, ReadOutcome, Watcher
from .changes import (
    CompanyChanges,
    FilingChanges,
    HeadlineChange,
    LedgerChanges,
    RevenueSurprise,
    SourceChanges,
    VerdictMove,
    filing_changes,
    ledger_changes,
)
from .channels import Channel, MailChannel, WebhookChannel, settings_channels
from .finding import WatchedFilers
from .journal import EVENTS, FilingNews, FilingState, FoundFiling, Journal, JournalEntry, journal_failures

__all__ = [
    "EVENTS",
    "Channel",
    "CompanyChanges",
    "FilingChanges",
    "FilingNews",
    "FilingReader",
    "FilingState",
    "FoundFiling",
    "HeadlineChange",
    "Journal",
    "JournalEntry",
    "LedgerChanges",
    "MailChannel",
    "ReadOutcome",
    "RevenueSurprise",
    "SourceChanges",
    "VerdictMove",
    "WatchProblem",
    "WatchedFilers",
    "Watcher",
    "WebhookChannel",
    "filing_changes",
    "journal_failures",
    "ledger_changes",
    "settings_channels",
]

__getattr__, __dir__ = lazy_names(__name__)
