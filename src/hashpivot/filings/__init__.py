"""From files to facts: inline XBRL, XBRL instances, full submissions, releases' tables, offline and safe."""

from typing import TYPE_CHECKING

from hashpivot._lazy import lazy_names

from .prose import Prose, Sentence, read_prose
from .source import Submission, SubmissionDocument, split_submission
from .xbrl import Context, Fact, Filing, read_filing, scale_slip

if TYPE_CHECKING:
    from .release import (
        Release,
        ReleaseColumn,
        ReleaseRow,
        ReleaseTable,
        ReleaseValue,
        UnreadCell,
        read_period,
        read_release,
    )
    from .shown import SHOWN_POLICY, ShownDocument, ShownFile, ShownPlace, anchor_of, shown_file

__all__ = [
    "SHOWN_POLICY",
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
    "ShownDocument",
    "ShownFile",
    "ShownPlace",
    "Submission",
    "SubmissionDocument",
    "UnreadCell",
    "anchor_of",
    "read_filing",
    "read_period",
    "read_prose",
    "read_release",
    "scale_slip",
    "shown_file",
    "split_submission",
]

__getattr__, __dir__ = lazy_names(
    __name__,
    {  # most filings are tagged
        ".release": (
            "Release",
            "ReleaseColumn",
            "ReleaseRow",
            "ReleaseTable",
            "ReleaseValue",
            "UnreadCell",
            "read_period",
            "read_release",
        ),
        ".shown": (
            "SHOWN_POLICY",
            "ShownDocument",
            "ShownFile",
            "ShownPlace",
            "anchor_of",
            "shown_file",
        ),
    },
)
