"""Releases: from labelled rows of tables to the facts a tagged filing would have given."""

from ._as_filing import ReleaseDocument

__all__ = [
    "ReleaseDocument",
]
