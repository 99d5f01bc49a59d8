"""Stand-ins for the services hashpivot fetches from, over real HTTP on this machine alone.

Each is a context manager with `.url`, `.requests` (what the server saw) and faults on command (`.fail`).
The faults every service can have stand in `hashpivot.testing.services.http`, those of EDGAR in
`hashpivot.testing.services.edgar`, those of a node and of exchanges in `hashpivot.testing.services.network`,
those of ERCOT in `hashpivot.testing.services.ercot`.
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
from .http import LocalService, SeenRequest, ServedAnswer, ServicesTogether
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
    "ErcotService",
    "ExchangeService",
    "FiledDocument",
    "LocalService",
    "MempoolService",
    "NetworkService",
    "SeenRequest",
    "ServedAnswer",
    "ServedFiler",
    "ServedFiling",
    "ServicesTogether",
    "ercot_postings",
    "made_up_network_days",
    "served_file",
    "wrapped_document",
    "wrapped_submission",
]
