"""From files to facts: inline XBRL, XBRL instances, full submissions, releases' tables, offline and safe."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ._context import Context
from ._fact import Fact
from ._filing import Filing
from ._prose import Prose, Sentence, read_prose
from ._read import read_filing
from ._submission import Submission, SubmissionDocument, split_submission

if TYPE_CHECKING:
    from ._period_header import read_period
    from ._release import Release, read_release
    from ._table_types import ReleaseColumn, ReleaseRow, ReleaseTable, ReleaseValue

__all__ = [
    "Context",
    "Fact",
    "Filing",
    "Prose",
    "Release",
    "ReleaseColumn",
    "ReleaseRow",
    "ReleaseTable",
    "ReleaseValue",
    "Sentence",
    "Submission",
    "SubmissionDocument",
    "read_filing",
    "read_period",
    "read_prose",
    "read_release",
    "split_submission",
]

_LATER = {"Release": "_release", "read_release": "_release"}
_LATER["read_period"] = "_period_header"
_LATER |= dict.fromkeys(("ReleaseColumn", "ReleaseRow", "ReleaseTable", "ReleaseValue"), "_table_types")


def __getattr__(name: str) -> Any:
    """Import what reads releases when it is first asked for: most filings are tagged."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
