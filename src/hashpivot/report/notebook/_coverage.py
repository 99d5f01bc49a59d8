"""What the ledger holds by company and quarter."""

from __future__ import annotations

from collections.abc import Sequence

from hashpivot.coverage import Coverage, cell_words

from ..coverage_page import coverage_head
from ..shared import clean
from ..terminal import coverage_table, holes_table
from ._fragment import Fragment, FragmentCell, FragmentTable, Letters

_HOLES = 6


def coverage_fragment(coverage: Coverage) -> Fragment:
    """The matrix of letters, and the first reports to get."""
    head = coverage_head(coverage)
    tables = (_matrix(coverage), holes_table(coverage.holes, _HOLES))
    return Fragment(title=head.title, lede=head.lede, meta=head.meta, tables=tables)


def _matrix(coverage: Coverage) -> FragmentTable:
    table = coverage_table(coverage)
    rows = tuple(_row(coverage, row) for row in table.rows)
    return FragmentTable(table.header, rows, left=table.left, notes=table.notes)


def _row(coverage: Coverage, row: Sequence[str]) -> tuple[FragmentCell, ...]:
    """A row of the matrix whose letters say what they mean."""
    ticker, *letters, following = row
    cells = zip(letters, coverage[ticker].quarters, strict=True)
    meant = (Letters(text, clean(cell_words(ticker, cell))) for text, cell in cells)
    return ticker, *meant, following
