"""Sources, figures and remarks as rows of text, one form for the SQLite tables and the bundled CSV files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from functools import lru_cache

from hashpivot.core import Figure, Kind, Line, Remark, Source

SOURCE_COLUMNS = tuple(field.name for field in fields(Source))
FIGURE_COLUMNS = tuple(field.name for field in fields(Figure))
REMARK_COLUMNS = tuple(field.name for field in fields(Remark))

_day = lru_cache(4096)(date.fromisoformat)
_operands = lru_cache(4096)(lambda text: tuple(json.loads(text)))
_LINES: dict[str, Line | None] = {"": None} | {line.value: line for line in Line}
_KINDS = {kind.value: kind for kind in Kind}


def source_row(source: Source) -> tuple[str, ...]:
    """A source as text, in the order of `SOURCE_COLUMNS`; an absent date is empty."""
    return tuple(_text(getattr(source, name)) for name in SOURCE_COLUMNS)


def figure_row(figure: Figure) -> tuple[str, ...]:
    """A figure as text, in the order of `FIGURE_COLUMNS`; operands as JSON, empty if none."""
    return tuple(figure.text if name == "value" else _text(getattr(figure, name)) for name in FIGURE_COLUMNS)


def remark_row(remark: Remark) -> tuple[str, ...]:
    """A remark as text, in the order of `REMARK_COLUMNS`."""
    return tuple(_text(getattr(remark, name)) for name in REMARK_COLUMNS)


def source_of(row: Sequence[str]) -> Source:
    """The source written by `source_row`.

    Raises:
        ValueError: If the row is not one.
    """
    key, ticker, form, known, basis, grade, accession, url, sha256, name, period_end = row
    ended = _day(period_end) if period_end else None
    return Source(key, ticker, form, _day(known), basis, grade, accession, url, sha256, name, ended)


def figure_of(row: Sequence[str]) -> Figure:
    """The figure written by `figure_row`.

    Raises:
        ValueError, KeyError, ArithmeticError: If the row is not one.
    """
    ticker, measure, line, start, end, value, unit, label, source, locator = row[:10]
    known, kind, decimals, cut, formula, operands, note = row[10:]
    return Figure(
        ticker,
        measure,
        _LINES[line],
        _day(start) if start else None,
        _day(end),
        Decimal(value),
        unit,
        label,
        source,
        locator,
        _day(known),
        _KINDS[kind],
        int(decimals) if decimals else None,
        cut,
        formula,
        _operands(operands) if operands else (),
        note,
    )


def remark_of(row: Sequence[str]) -> Remark:
    """The remark written by `remark_row`.

    Raises:
        ValueError: If the row is not one.
    """
    ticker, source, known, kind, locator, data = row
    return Remark(ticker, source, _day(known), kind, locator, data)


def _text(value: object) -> str:
    if value is None or value == ():
        return ""
    if isinstance(value, tuple):
        return json.dumps(value)
    return value.isoformat() if isinstance(value, date) else str(value)
