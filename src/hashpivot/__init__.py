"""hashpivot: the earnings desk for bitcoin miners that are turning into AI and chip companies.

import hashpivot as hp

desk = hp.Desk.open()
desk.season("2024Q4")
desk.lines("RIOT").to_frame()
hp.read("riot-20240630x10q.htm").to_dict()
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hashpivot._lazy import lazy_names

__version__ = "0.1.0"

if TYPE_CHECKING:
    from hashpivot.core import Companies, Figure, HashpivotError, Line, Missing, Quarter
    from hashpivot.lines import Reading, read

    from ._desk import CompanyLines, Desk
    from ._document import Document, read_document

__all__ = [
    "Companies",
    "CompanyLines",
    "Desk",
    "Document",
    "Figure",
    "HashpivotError",
    "Line",
    "Missing",
    "Quarter",
    "Reading",
    "read",
    "read_document",
]


__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "._desk": ("CompanyLines", "Desk"),
        "._document": ("Document", "read_document"),
        ".core": ("Companies", "Figure", "HashpivotError", "Line", "Missing", "Quarter"),
        ".lines": ("Reading", "read"),
    },
)
