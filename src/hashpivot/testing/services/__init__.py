"""Stand-ins for the services hashpivot fetches from, over real HTTP on this machine alone.

Each is a context manager with `.url`, `.requests` (what the server saw) and faults on command (`.fail`).
The faults every service can have stand in `hashpivot.testing.services.http`, those of EDGAR in
`hashpivot.testing.services.edgar`, those of a node and of exchanges in `hashpivot.testing.services.network`.
`hashpivot.testing.services.edgar`, those of ERCOT in `hashpivot.testing.services.ercot`.
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
from .ercot import ErcotService, ercot_postings
from .http import LocalService, SeenRequest, ServedAnswer
from .network import (
    BitcoindService,
    ExchangeService,
    MempoolService,
    NetworkService,
    made_up_network_days,
)

__all__ = [
    "BitcoindService",
    "EdgarService",
    "ExchangeService",
    "ErcotService",
    "FiledDocument",
    "LocalService",
    "MempoolService",
    "NetworkService",
    "SeenRequest",
    "ServedAnswer",
    "ServedFiler",
    "ServedFiling",
    "made_up_network_days",
    "ercot_postings",
    "served_file",
    "wrapped_document",
    "wrapped_submission",
]
