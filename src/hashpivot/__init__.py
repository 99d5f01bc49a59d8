"""hashpivot: the earnings desk for bitcoin miners that are turning into AI and chip companies.

import hashpivot as hp

desk = hp.Desk.open()
desk.season("2024Q4").to_html("q4.html")
desk.lines("RIOT").to_frame()
hp.read("riot-20240630x10q.htm").to_dict()
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hashpivot._lazy import lazy_names

__version__ = "0.1.0"

if TYPE_CHECKING:
    from hashpivot.core import Companies, Figure, HashpivotError, Line, Missing, Quarter
    from hashpivot.desk import CompanyLines, Desk, Document, read_document
    from hashpivot.lines import Reading, read

    from . import (
        assistant,
        bitcoin,
        company,
        core,
        coverage,
        desk,
        discover,
        filings,
        formula,
        guidance,
        ledger,
        lines,
        nowcast,
        outlook,
        report,
        search,
        season,
        site,
        sources,
        testing,
        watch,
        web,
    )

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
    "__version__",
    "assistant",
    "bitcoin",
    "company",
    "core",
    "coverage",
    "desk",
    "discover",
    "filings",
    "formula",
    "guidance",
    "ledger",
    "lines",
    "nowcast",
    "outlook",
    "read",
    "read_document",
    "report",
    "search",
    "season",
    "site",
    "sources",
    "testing",
    "watch",
    "web",
]


__getattr__, __dir__ = lazy_names(
    __name__,
    {
        ".core": ("Companies", "Figure", "HashpivotError", "Line", "Missing", "Quarter"),
        ".desk": ("CompanyLines", "Desk", "Document", "read_document"),
        ".lines": ("Reading", "read"),
    },
)
