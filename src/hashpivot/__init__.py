"""hashpivot: the earnings desk for bitcoin miners that are turning into AI and chip companies.

import hashpivot as hp

desk = hp.Desk.open()
desk.season("2024Q4")
desk.lines("RIOT").to_frame()
hp.read("riot-20240630x10q.htm").to_dict()
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from hashpivot._desk import CompanyLines, Desk
    from hashpivot._document import Document, read_document
    from hashpivot.core import Companies, Figure, HashpivotError, Line, Missing, Quarter
    from hashpivot.lines import Reading, read

_HOMES = {
    "CompanyLines": "_desk",
    "Desk": "_desk",
    "Document": "_document",
    "read_document": "_document",
    "Companies": "core",
    "Figure": "core",
    "HashpivotError": "core",
    "Line": "core",
    "Missing": "core",
    "Quarter": "core",
    "Reading": "lines",
    "read": "lines",
}

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


def __getattr__(name: str) -> Any:
    """Import a public name from its room when it is first asked for, so that `import hashpivot` is quick."""
    if name not in _HOMES:
        raise AttributeError(f"module 'hashpivot' has no attribute {name!r}")
    return getattr(import_module(f"hashpivot.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
