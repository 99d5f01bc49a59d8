"""What every room stands on: errors, the user's folder, optional libraries, how results are shown."""

from ._collector import collector_paused
from ._errors import (
    BundleError,
    ChannelError,
    DocumentStoreError,
    HashpivotError,
    InvalidInput,
    JournalError,
    LedgerError,
    NoData,
    NotAtSource,
    ReaderFailure,
    RefusedBySource,
    SourceError,
    UnexpectedAnswer,
    UnknownCompany,
    UnknownFigure,
    UnknownKey,
    Unreachable,
    UnreadableFile,
    UnreadableFiling,
)
from ._home import LedgerPlace, default_ledger, home, ledger_place
from ._json_number import json_number
from ._json_text import json_text
from ._keyed import Keyed, near_keys
from ._ledger_url import LedgerUrl
from ._library import MissingLibrary, optional_library
from ._named_path import named_path
from ._program_text import json_for, write_data
from ._read_file import file_stamp, open_file, parse_json, parse_toml, read_bytes, read_text
from ._records_parquet import records_parquet
from ._shown import Tabular, cell_text, full_repr, html_table, short_repr
from ._terminal_text import CODE_PAGE, terminal_line, terminal_text
from ._write_file import UnwritableFile, write_bytes, write_text

__all__ = [
    "CODE_PAGE",
    "BundleError",
    "ChannelError",
    "DocumentStoreError",
    "HashpivotError",
    "InvalidInput",
    "JournalError",
    "Keyed",
    "LedgerError",
    "LedgerPlace",
    "LedgerUrl",
    "MissingLibrary",
    "NoData",
    "NotAtSource",
    "ReaderFailure",
    "RefusedBySource",
    "SourceError",
    "Tabular",
    "UnexpectedAnswer",
    "UnknownCompany",
    "UnknownFigure",
    "UnknownKey",
    "Unreachable",
    "UnreadableFile",
    "UnreadableFiling",
    "UnwritableFile",
    "cell_text",
    "collector_paused",
    "default_ledger",
    "file_stamp",
    "full_repr",
    "home",
    "html_table",
    "json_for",
    "json_number",
    "json_text",
    "ledger_place",
    "named_path",
    "near_keys",
    "open_file",
    "optional_library",
    "parse_json",
    "parse_toml",
    "read_bytes",
    "read_text",
    "records_parquet",
    "short_repr",
    "terminal_line",
    "terminal_text",
    "write_bytes",
    "write_data",
    "write_text",
]
