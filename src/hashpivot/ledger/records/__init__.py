"""Records: tables of figures, contracts, targets, events and the like, by hand in and as files out."""

from ..store import record_base
from ._cells import Scene
from ._columns import RecordColumn
from ._export import EXPORTS, ExportTable, csv_text, export_rows, export_table, write_table
from ._kinds import RECORD_KINDS, RecordKind, record_kind
from ._record import check_rows, record_rows, scene_of
from ._table import TextRow, rows_of_file, rows_of_mappings, template

__all__ = [
    "EXPORTS",
    "RECORD_KINDS",
    "ExportTable",
    "RecordColumn",
    "RecordKind",
    "Scene",
    "TextRow",
    "check_rows",
    "csv_text",
    "export_rows",
    "export_table",
    "record_base",
    "record_kind",
    "record_rows",
    "rows_of_file",
    "rows_of_mappings",
    "scene_of",
    "template",
    "write_table",
]
