"""Rows as CSV that a spreadsheet opens as what they are."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

_ACTING = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would compute: https://owasp.org/www-community/attacks/CSV_Injection"""


def records_csv(rows: Sequence[Mapping[str, Any]], *, header: bool = True) -> str:
    """Return rows as CSV; empty for no rows.

    A text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay numbers.

    Args:
        rows: Cells by column; all rows have the columns of the first.
        header: False for rows that come after others.
    """
    if not rows:
        return ""
    text = io.StringIO()
    writer = csv.DictWriter(
        text, list(rows[0]), restval="", lineterminator="\r\n"
    )  # a lone \r is quoted only then
    if header:
        writer.writeheader()
    writer.writerows({name: _inert(value) for name, value in row.items()} for row in rows)
    return text.getvalue()


def _inert(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_ACTING) else value
