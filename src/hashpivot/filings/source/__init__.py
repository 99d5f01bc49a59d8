"""Sources: from a path to bytes, documents, characters and trees, bounded and safe."""

from ._decode import decoded
from ._file_bytes import load, unpack
from ._notes import Notes
from ._references import numeric_references
from ._submission import Submission, SubmissionDocument, looks_like_submission, split_submission
from ._xml import as_utf8, parse, transcode

__all__ = [
    "Notes",
    "Submission",
    "SubmissionDocument",
    "as_utf8",
    "decoded",
    "load",
    "looks_like_submission",
    "numeric_references",
    "parse",
    "split_submission",
    "transcode",
    "unpack",
]
