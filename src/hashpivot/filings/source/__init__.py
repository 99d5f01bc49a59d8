"""Sources: from a path to bytes, documents, characters and trees, bounded and safe."""

from ._decode import decoded
from ._file_bytes import GZIP_MAGIC, file_name, load, unpack
from ._limits import (
    MAX_BYTES,
    MAX_CELL_CHARACTERS,
    MAX_HEADER_ROWS,
    MAX_PROSE_CHARACTERS,
    MAX_SELECTOR_STEPS,
    MAX_SHOWN_ELEMENTS,
    MAX_SHOWN_SENTENCES,
    MAX_SPAN,
    MAX_SPANNED,
    MAX_STYLE_CHARACTERS,
    MAX_STYLE_RULES,
    MAX_TABLE_CELLS,
    MAX_TABLE_WIDTH,
    MAX_TABLES,
    MAX_TITLES,
)
from ._markup import parse_html
from ._notes import Notes
from ._references import numeric_references
from ._submission import Submission, SubmissionDocument, looks_like_submission, split_submission
from ._xml import as_utf8, parse, transcode

__all__ = [
    "GZIP_MAGIC",
    "MAX_BYTES",
    "MAX_CELL_CHARACTERS",
    "MAX_HEADER_ROWS",
    "MAX_PROSE_CHARACTERS",
    "MAX_SELECTOR_STEPS",
    "MAX_SHOWN_ELEMENTS",
    "MAX_SHOWN_SENTENCES",
    "MAX_SPAN",
    "MAX_SPANNED",
    "MAX_STYLE_CHARACTERS",
    "MAX_STYLE_RULES",
    "MAX_TABLES",
    "MAX_TABLE_CELLS",
    "MAX_TABLE_WIDTH",
    "MAX_TITLES",
    "Notes",
    "Submission",
    "SubmissionDocument",
    "as_utf8",
    "decoded",
    "file_name",
    "load",
    "looks_like_submission",
    "numeric_references",
    "parse",
    "parse_html",
    "split_submission",
    "transcode",
    "unpack",
]
