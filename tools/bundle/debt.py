"""Write the table of debt instruments from the filings whose figures the package ships.

python -m tools write debt-instruments
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from hashpivot.ledger import bundled
from hashpivot.ledger.bundle._debt import DEBT_COLUMNS, debt_row
from hashpivot.lines import read

from ..parts import Made
from ..places import tables
from .snapshot import Snapshot


def make() -> Made:
    """The table."""
    snapshot = Snapshot.load()
    paths = [*snapshot.paths("filings/ixbrl"), *snapshot.paths("filings/submissions")]
    out = io.StringIO()
    rows = sorted(row for path in paths for row in _rows(path))
    csv.writer(out, lineterminator="\n").writerows([DEBT_COLUMNS, *rows])
    return {tables("ledger") / "debt_instruments.csv": out.getvalue()}


def _rows(path: Path) -> Iterator[tuple[str, ...]]:
    """Those of a filing that the figures' table names as a source."""
    reading = read(path)
    if reading.source.key in bundled().sources:
        yield from (debt_row(instrument, reading.source.key) for instrument in reading.debt)
