"""Any result: the first rows of its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..shared import TextTable, clean
from ._fragment import Fragment, first_rows

_ROWS = 12
_WHOLE = 1e5
"""Numbers from here on are shown without decimals."""


def records_fragment(title: str, records: Sequence[Mapping[str, Any]]) -> Fragment:
    """The first rows of a table, its numbers grouped by thousands.

    Args:
        title: What the result is.
        records: Cells by column; every row has the same columns.
    """
    header = tuple(records[0]) if records else ()
    rows = tuple(tuple(_cell(row[name]) for name in header) for row in records)
    left = next((at for at, name in enumerate(header) if _is_number(records[0][name])), len(header))
    table = TextTable("", tuple(name.replace("_", " ") for name in header), rows, left)
    return Fragment(title=clean(title), tables=(first_rows(table, _ROWS, ".to_frame()"),))


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= _WHOLE else f"{value:,.6g}"
    return clean(str(value))
