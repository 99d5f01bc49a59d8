"""Rows of share splits: figures of the measure `stock_split_ratio` on the day they took effect."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from hashpivot.core import MEASURES, Figure, Source

from ..store import Entry
from . import _parse as parse
from ._cells import Cells, Unfit
from ._columns import SUPERSEDES, TICKER, RecordColumn, source_columns
from ._figure import trusted_digits
from ._source import known_of_row, locator_of_row, source_cells, source_of_row

SPLIT = "stock_split_ratio"

SPLIT_ROW = (
    replace(TICKER, example="BTBT"),
    RecordColumn("day", "Day it took effect", "2025-03-03", required=True),
    RecordColumn(
        "ratio", "Shares after it for each before: 4-for-1, 1-for-10 or 0.1", "1-for-10", required=True
    ),
    RecordColumn("known", "Day from which it is known, not before it took effect", "2025-03-03", True),
    *source_columns("Bit Digital announces a reverse split", "first paragraph"),
    RecordColumn("note", "Anything a reader must know"),
    SUPERSEDES,
)

_FOR = re.compile(r"([0-9]{1,6})\s*(?:-for-|for|:)\s*([0-9]{1,6})", re.IGNORECASE)
_STEP = Decimal("1e-12")
"""Ratios are kept to twelve digits: 1-for-3 has no end."""


def split_entry(cells: Cells) -> Entry | None:
    """Return the split of a row as a figure; None if it is at fault."""
    ticker = cells.read("ticker", parse.ticker_among(cells.scene.companies))
    known, effective = known_of_row(cells), cells.read("day", parse.day)
    source, locator = source_of_row(cells, ticker, known), locator_of_row(cells)
    ratio = cells.read("ratio", _ratio)
    note = cells.read("note", parse.words) or ""
    if known and effective and known < effective:
        cells.fault("known", f"{known} is before the split, {effective}", f"write {effective}")
    if cells.faults or not (source and locator and known and effective and ratio):
        return None
    measure = MEASURES[SPLIT]
    figure = Figure(
        source.ticker, SPLIT, None, None, effective, ratio, measure.unit, measure.title, source.key, locator,
        known, decimals=trusted_digits(f"{ratio:f}", measure.unit), breakdown="main", note=note,
    )  # fmt: skip
    return Entry(cells.line, source, figure, cells.text("supersedes"))


def split_cells(figure: Figure, source: Source) -> dict[str, str]:
    """Return the cells of a split, as `split_entry` reads them."""
    return {
        "ticker": figure.ticker,
        "day": str(figure.end),
        "ratio": figure.text,
        "known": str(figure.known),
        **source_cells(source, figure.locator),
        "note": figure.note,
    }


def _ratio(text: str) -> Decimal:
    counts = _FOR.fullmatch(text)
    if counts is None:
        value = parse.positive(text)
    elif "0" in {count.lstrip("0") or "0" for count in counts.groups()}:
        raise Unfit(f"{text} is no ratio", "write shares after, then shares before, such as 1-for-10")
    else:
        value = (Decimal(counts[1]) / Decimal(counts[2])).quantize(_STEP).normalize()
    if value == 1:
        raise Unfit("a ratio of 1 is no split", "write shares after it for each before, such as 1-for-10")
    return value
