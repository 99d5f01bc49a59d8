"""The site's bus: what machines share with AI load, solar power and a battery, which is scheduled exactly."""

from ._site_bus import SiteBus, site_bus
from ._storage import StorageOffers, StoragePath, best_storage, offers_at, offers_on, stepwise_storage

__all__ = [
    "SiteBus",
    "StorageOffers",
    "StoragePath",
    "best_storage",
    "offers_at",
    "offers_on",
    "site_bus",
    "stepwise_storage",
]
