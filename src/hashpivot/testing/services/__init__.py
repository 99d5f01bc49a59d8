"""Stand-ins for the services hashpivot fetches from, over real HTTP on this machine alone.

Each is a context manager with `.url`, `.requests` (what the server saw) and faults on command (`.fail`).
The faults every service can have stand in `hashpivot.testing.services.http`, those of EDGAR in
`hashpivot.testing.services.edgar`.
"""

from ..submissions import (
    FiledDocument,
    ServedFiler,
    ServedFiling,
    served_file,
    wrapped_document,
    wrapped_submission,
)
from .edgar import EdgarService
from .http import LocalService, SeenRequest, ServedAnswer

__all__ = [
    "EdgarService",
    "FiledDocument",
    "LocalService",
    "SeenRequest",
    "ServedAnswer",
    "ServedFiler",
    "ServedFiling",
    "served_file",
    "wrapped_document",
    "wrapped_submission",
]
