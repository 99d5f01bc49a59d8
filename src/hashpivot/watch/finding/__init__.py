"""New filings of watched companies, from three lists: the feed is fast, the others are complete."""

from ._lists import FeedRead, IndexRead, in_feed, in_index, in_submissions, index_days
from ._watched import WatchedFilers

__all__ = [
    "FeedRead",
    "IndexRead",
    "WatchedFilers",
    "in_feed",
    "in_index",
    "in_submissions",
    "index_days",
]
