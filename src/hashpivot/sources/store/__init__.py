"""The store of fetched documents: each whole, once, found by the name its source gives it."""

from ._download import download
from ._store import Store, StoredDocument, store_folder

__all__ = ["Store", "StoredDocument", "download", "store_folder"]
