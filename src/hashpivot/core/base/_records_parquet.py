"""Rows as Parquet."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from ._library import optional_library


def records_parquet(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return rows as a Parquet file; a file without columns for no rows.

    A column is of numbers or of switches if all its values are, else of text; what is missing is null.

    Args:
        rows: Cells by column; all rows have the columns of the first.

    Raises:
        MissingLibrary: If pyarrow is not installed (extra `parquet`).
    """
    parquet = optional_library("pyarrow.parquet", "a Parquet file", "parquet")
    arrow = optional_library("pyarrow", "a Parquet file", "parquet")
    columns = {name: _column([row.get(name) for row in rows]) for name in (rows[0] if rows else ())}
    file = io.BytesIO()
    parquet.write_table(arrow.table(columns), file)
    return file.getvalue()


def _column(values: list[Any]) -> list[Any]:
    """Values of one type."""
    kinds = {type(value) for value in values} - {type(None)}
    if kinds == {int, float}:
        return [None if value is None else float(value) for value in values]
    if kinds in ({int}, {float}, {bool}):
        return values
    return [None if value is None else str(value) for value in values]
