"""What the ledger holds by company and quarter."""

from __future__ import annotations

from hashpivot.coverage import Coverage, cell_words

from ..coverage_page import coverage_head
from ..shared import clean
from ..terminal import coverage_table, holes_table
from ._fragment import Fragment, FragmentTable, Letters

_HOLES = 6


def coverage_fragment(coverage: Coverage) -> Fragment:
    """The matrix of letters, and the first reports to get."""
    head = coverage_head(coverage)
    tables = (_matrix(coverage), holes_table(coverage.holes, _HOLES))
    return Fragment(title=head.title, lede=head.lede, meta=head.meta, tables=tables)


def _matrix(coverage: Coverage) -> FragmentTable:
    table = coverage_table(coverage)
    rows: list[tuple[str | Letters, ...]] = [
        (
            ticker,
            *(Letters(*pair) for pair in zip(letters, _words(coverage, ticker), strict=True)),
            following,
        )
        for ticker, *letters, following in table.rows
    ]
    return FragmentTable(table.header, tuple(rows), left=table.left, notes=table.notes)


def _words(coverage: Coverage, ticker: str) -> list[str]:
    return [clean(cell_words(ticker, cell)) for cell in coverage[ticker].quarters]
