"""Watch: new filings into the ledger as they become public, what each changed, and all since a moment."""

from typing import TYPE_CHECKING

from hashpivot._lazy import lazy_names

if TYPE_CHECKING:
    from ._changes import DeskChanges, fresh_sources, read_moment
    from ._events import WatchEvent, WatchStarted
    from ._watch import DeskWatch, open_watch, watch_events

__all__ = [
    "DeskChanges",
    "DeskWatch",
    "WatchEvent",
    "WatchStarted",
    "fresh_sources",
    "open_watch",
    "read_moment",
    "watch_events",
]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "._changes": ("DeskChanges", "fresh_sources", "read_moment"),
        "._events": ("WatchEvent", "WatchStarted"),
        "._watch": ("DeskWatch", "open_watch", "watch_events"),
    },
)
