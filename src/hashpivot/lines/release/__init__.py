"""Releases: from labelled rows of tables to the facts a tagged filing would have given."""

from ._document import ReleaseDocument

__all__ = [
    "ReleaseDocument",
]
