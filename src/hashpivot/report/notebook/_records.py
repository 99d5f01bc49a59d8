"""Any result: the first rows of its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hashpivot.core import cell_text

from ..shared import TextTable, clean
from ._fragment import Fragment, first_rows

_ROWS = 12


def records_fragment(title: str, records: Sequence[Mapping[str, Any]]) -> Fragment:
    """The first rows of a table, its numbers grouped by thousands.

    Args:
        title: What the result is.
        records: Cells by column; every row has the same columns.
    """
    header = tuple(records[0]) if records else ()
    rows = tuple(tuple(clean(cell_text(row[name])) for name in header) for row in records)
    left = next((at for at, name in enumerate(header) if _is_number(records[0][name])), len(header))
    table = TextTable("", tuple(name.replace("_", " ") for name in header), rows, left)
    return Fragment(title=clean(title), tables=(first_rows(table, _ROWS, ".to_frame()"),))


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
