"""Into the ledger and out of it: documents, added files, records by hand, exported tables."""

from typing import TYPE_CHECKING

from hashpivot._lazy import lazy_names

if TYPE_CHECKING:
    from ._added import AddedFile, add_file
    from ._document import Document, one_file, read_document, read_figures
    from ._ledger_table import LedgerTable, ledger_table
    from ._recorded import Recording, record_table

__all__ = [
    "AddedFile",
    "Document",
    "LedgerTable",
    "Recording",
    "add_file",
    "ledger_table",
    "one_file",
    "read_document",
    "read_figures",
    "record_table",
]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "._added": ("AddedFile", "add_file"),
        "._document": ("Document", "one_file", "read_document", "read_figures"),
        "._ledger_table": ("LedgerTable", "ledger_table"),
        "._recorded": ("Recording", "record_table"),
    },
)
