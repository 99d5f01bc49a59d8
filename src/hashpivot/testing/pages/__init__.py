"""Pages written from rows: inline XBRL, and press releases."""

from ._inline_document import Dims, FactPeriod, InlineDocument
from ._inline_filing import InlineFiling, product, segment
from ._release import RELEASE_LAYOUTS, ReleaseLayout, release_page, release_table

__all__ = [
    "RELEASE_LAYOUTS",
    "Dims",
    "FactPeriod",
    "InlineDocument",
    "InlineFiling",
    "ReleaseLayout",
    "product",
    "release_page",
    "release_table",
    "segment",
]
