"""Watch: new filings into the ledger as they become public, and what each changed."""

from typing import TYPE_CHECKING

from hashpivot._lazy import lazy_names

if TYPE_CHECKING:
    from ._events import WatchEvent, WatchStarted
    from ._watch import DeskWatch, open_watch, watch_events

__all__ = ["DeskWatch", "WatchEvent", "WatchStarted", "open_watch", "watch_events"]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "._events": ("WatchEvent", "WatchStarted"),
        "._watch": ("DeskWatch", "open_watch", "watch_events"),
    },
)
