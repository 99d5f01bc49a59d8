"""What every room stands on: errors, the user's folder, optional libraries, how results are shown."""

from ._collector import collector_paused
from ._errors import (
    BundleError,
    HashpivotError,
    InvalidInput,
    LedgerError,
    NoData,
    ReaderFailure,
    UnknownCompany,
    UnknownFigure,
    UnknownKey,
    UnreadableFile,
    UnreadableFiling,
)
from ._home import home, ledger_path
from ._json_number import json_number
from ._keyed import Keyed, near_keys
from ._library import MissingLibrary, optional_library
from ._shown import Tabular, full_repr, html_table, short_repr

__all__ = [
    "BundleError",
    "HashpivotError",
    "InvalidInput",
    "Keyed",
    "LedgerError",
    "MissingLibrary",
    "NoData",
    "ReaderFailure",
    "Tabular",
    "UnknownCompany",
    "UnknownFigure",
    "UnknownKey",
    "UnreadableFile",
    "UnreadableFiling",
    "collector_paused",
    "full_repr",
    "home",
    "html_table",
    "json_number",
    "ledger_path",
    "near_keys",
    "optional_library",
    "short_repr",
]
