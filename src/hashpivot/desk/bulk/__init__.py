"""Many files into the ledger: read by processes or a cluster, written by one, with a report."""

from typing import TYPE_CHECKING

from hashpivot._lazy import lazy_names

if TYPE_CHECKING:
    from ._bulk_add import TIME_LIMIT, BulkAdd
    from ._file_reading import FileJob, FileReading, read_here
    from ._listing import FileList, ListedFile, list_files
    from ._outcome import BulkSummary, FileOutcome, FileState
    from ._processes import WorkerFailure

__all__ = [
    "TIME_LIMIT",
    "BulkAdd",
    "BulkSummary",
    "FileJob",
    "FileList",
    "FileOutcome",
    "FileReading",
    "FileState",
    "ListedFile",
    "WorkerFailure",
    "list_files",
    "read_here",
]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "._bulk_add": ("BulkAdd", "TIME_LIMIT"),
        "._file_reading": ("FileJob", "FileReading", "read_here"),
        "._listing": ("FileList", "ListedFile", "list_files"),
        "._outcome": ("BulkSummary", "FileOutcome", "FileState"),
        "._processes": ("WorkerFailure",),
    },
)
