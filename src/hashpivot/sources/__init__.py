"""Live sources: documents and series that the SEC, the bitcoin network, exchanges and power markets publish.

No reader is known here: what a document says is for other rooms.
"""

from typing import TYPE_CHECKING

from hashpivot._lazy import lazy_names

if TYPE_CHECKING:
    from .http import Client, Fetched, Service, ServiceLimit, service_limits
    from .settings import Identity, Settings, identity, save_identity
    from .store import Store, StoredDocument, download, held_documents, store_folder

__all__ = [
    "Client",
    "Fetched",
    "Identity",
    "Service",
    "ServiceLimit",
    "Settings",
    "Store",
    "StoredDocument",
    "download",
    "held_documents",
    "identity",
    "save_identity",
    "service_limits",
    "store_folder",
]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        ".http": ("Client", "Fetched", "Service", "ServiceLimit", "service_limits"),
        ".settings": ("Identity", "Settings", "identity", "save_identity"),
        ".store": ("Store", "StoredDocument", "download", "held_documents", "store_folder"),
    },
)
