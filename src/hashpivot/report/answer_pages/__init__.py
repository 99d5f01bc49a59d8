"""Pages that are served and not written to files: comparison, nowcast and track record, halving, health,
search, changes, sources."""

from ._changes import changes_above, changes_body
from ._comparison import comparison_body, comparison_head
from ._halving import halving_body, halving_head
from ._health import health_body
from ._nowcast import (
    nowcast_body,
    nowcast_charts,
    nowcast_head,
    track_record_body,
    track_record_head,
    write_nowcast,
)
from ._search import search_body
from ._sources import sources_body

__all__ = [
    "changes_above",
    "changes_body",
    "comparison_body",
    "comparison_head",
    "halving_body",
    "halving_head",
    "health_body",
    "nowcast_body",
    "nowcast_charts",
    "nowcast_head",
    "search_body",
    "sources_body",
    "track_record_body",
    "track_record_head",
    "write_nowcast",
]
