"""The store of fetched documents: each whole, once, found by the name its source gives it."""

from ._download import download
from ._store import Store, StoredDocument, held_documents, store_folder

__all__ = ["Store", "StoredDocument", "download", "held_documents", "store_folder"]
