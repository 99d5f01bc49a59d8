"""Into the ledger and out of it: documents, added files, records by hand, exported tables, upkeep."""

from typing import TYPE_CHECKING

from hashpivot._lazy import lazy_names

if TYPE_CHECKING:
    from ._added import AddedFile
    from ._adder import FileAdder, add_file
    from ._document import Document, one_file, read_document, read_figures
    from ._kept_copy import keep_copy, no_copy
    from ._ledger_table import LedgerTable, ledger_table
    from ._ready_file import ReadyFile, ready_file
    from ._recorded import Recording, record_table
    from ._upkeep import (
        CheckedLedger,
        LedgerFileResult,
        RepairedLedger,
        back_up_ledger,
        check_ledger,
        repair_ledger,
        restore_ledger,
        vacuum_ledger,
    )

__all__ = [
    "AddedFile",
    "CheckedLedger",
    "Document",
    "FileAdder",
    "LedgerFileResult",
    "LedgerTable",
    "ReadyFile",
    "Recording",
    "RepairedLedger",
    "add_file",
    "back_up_ledger",
    "check_ledger",
    "keep_copy",
    "ledger_table",
    "no_copy",
    "one_file",
    "read_document",
    "read_figures",
    "ready_file",
    "record_table",
    "repair_ledger",
    "restore_ledger",
    "vacuum_ledger",
]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "._added": ("AddedFile",),
        "._adder": ("FileAdder", "add_file"),
        "._document": ("Document", "one_file", "read_document", "read_figures"),
        "._kept_copy": ("keep_copy", "no_copy"),
        "._ledger_table": ("LedgerTable", "ledger_table"),
        "._ready_file": ("ReadyFile", "ready_file"),
        "._recorded": ("Recording", "record_table"),
        "._upkeep": (
            "CheckedLedger",
            "LedgerFileResult",
            "RepairedLedger",
            "back_up_ledger",
            "check_ledger",
            "repair_ledger",
            "restore_ledger",
            "vacuum_ledger",
        ),
    },
)
