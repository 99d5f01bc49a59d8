"""Company events with their sources, checked as `hashpivot record events` checks them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hashpivot.core import Companies
from hashpivot.ledger.bundle._events import EVENT_COLUMNS
from hashpivot.ledger.records import Scene, TextRow, check_rows, record_kind

from .further import further_rows


def event_rows() -> Iterator[list[str]]:
    """Rows of `events.csv` by company and day, in the order of `EVENT_COLUMNS`.

    Raises:
        RowFaults: With every cell that is wrong.
    """
    rows = further_rows("events.csv")
    scene = Scene(Companies.load(), date.max)
    check_rows(record_kind("events"), [TextRow(n, row) for n, row in enumerate(rows, 2)], scene)
    for row in sorted(rows, key=lambda row: (row["ticker"], row["effective"])):
        yield [row[column] for column in EVENT_COLUMNS]
