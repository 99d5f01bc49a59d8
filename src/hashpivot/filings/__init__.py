"""From files to facts: inline XBRL, XBRL instances and EDGAR full submissions, offline and safe."""

from ._context import Context
from ._fact import Fact
from ._filing import Filing
from ._prose import Prose, Sentence, read_prose
from ._read import read_filing
from ._release import Release, read_release
from ._submission import Submission, SubmissionDocument, split_submission
from ._table import ReleaseColumn, ReleaseRow, ReleaseTable, ReleaseValue

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
    "read_prose",
    "read_release",
    "split_submission",
]
