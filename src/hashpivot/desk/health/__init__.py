"""Where a desk's figures come from, and whether that works: ledger, sources, store, failures, rate limits."""

from ._health import HealthResult, desk_health
from ._sources import FailedDocument, ListedSource, SourcesResult, StoredOfService, desk_sources

__all__ = [
    "FailedDocument",
    "HealthResult",
    "ListedSource",
    "SourcesResult",
    "StoredOfService",
    "desk_health",
    "desk_sources",
]
