"""Watch: find new filings in three lists, tell what each changed, and forget nothing over a restart.

How a filing is read is for others: `Watcher` is given a reader.
"""

from hashpivot._lazy import lazy_names

from ._problems import WatchProblem
from ._watcher import FilingReader, ReadOutcome, Watcher
from .changes import FilingChanges, HeadlineChange, RevenueSurprise, VerdictMove, filing_changes
from .channels import Channel, MailChannel, WebhookChannel, settings_channels
from .finding import WatchedFilers
from .journal import EVENTS, FilingNews, FilingState, FoundFiling, Journal, JournalEntry

__all__ = [
    "EVENTS",
    "Channel",
    "FilingChanges",
    "FilingNews",
    "FilingReader",
    "FilingState",
    "FoundFiling",
    "HeadlineChange",
    "Journal",
    "JournalEntry",
    "MailChannel",
    "ReadOutcome",
    "RevenueSurprise",
    "VerdictMove",
    "WatchProblem",
    "WatchedFilers",
    "Watcher",
    "WebhookChannel",
    "filing_changes",
    "settings_channels",
]

__getattr__, __dir__ = lazy_names(__name__)
