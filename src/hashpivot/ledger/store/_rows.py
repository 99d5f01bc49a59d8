"""Sources, figures and text facts as rows of text: one form for the SQLite tables and the bundled CSVs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from sys import intern
from typing import Any

from hashpivot.core import QUALIFIERS, Figure, Kind, LedgerError, Line, Locator, Source, TextFact

from ._rereading import Change
from .database import SEPARATOR

_day = lru_cache(4096)(date.fromisoformat)
_SLOTS: dict[str, tuple[Line | None, str]] = {"": (None, "")} | {
    f"{line.value}:{part}" if part else line.value: (line, part)
    for line in Line
    for part in ("", *QUALIFIERS)
}
_KINDS = {kind.value: kind for kind in Kind}


def source_row(source: Source) -> tuple[str, ...]:
    """Write a source as text, in the order of `SOURCE_COLUMNS`; an absent date is empty."""
    return (
        source.key,
        source.ticker,
        source.form,
        source.known.isoformat(),
        source.known_basis,
        source.grade,
        source.accession,
        source.url,
        source.sha256,
        source.name,
        _iso(source.period_end),
    )


def figure_row(figure: Figure) -> tuple[str, ...]:
    """Write a figure as text, in the order of `FIGURE_COLUMNS`; operands as JSON, empty if none.

    A qualifier follows the line: `ai_colocation:rent`.

    Raises:
        LedgerError: If its value is no finite number.
    """
    if not figure.value.is_finite():
        raise LedgerError(
            f"{figure.value} of {figure.address} is no finite number",
            where=figure.source,
            hint="leave it out",
        )
    return (
        figure.ticker,
        figure.measure,
        f"{figure.line}:{figure.qualifier}" if figure.qualifier else figure.line or "",
        _iso(figure.start),
        figure.end.isoformat(),
        figure.text,
        figure.unit,
        figure.label,
        figure.source,
        str(figure.locator),
        figure.known.isoformat(),
        figure.kind.value,
        "" if figure.decimals is None else str(figure.decimals),
        figure.breakdown,
        figure.formula,
        json.dumps(figure.operands) if figure.operands else "",
        figure.note,
    )


def text_fact_row(fact: TextFact) -> tuple[str, ...]:
    """Write a text fact as text, in the order of `TEXT_FACT_COLUMNS`."""
    return fact.ticker, fact.source, fact.known.isoformat(), fact.kind, str(fact.locator), fact.data


def source_of(row: Sequence[str]) -> Source:
    """Return the source written by `source_row`.

    Raises:
        ValueError: If the row is not one.
    """
    key, ticker, form, known, basis, grade, accession, url, sha256, name, period_end = row
    ended = _day(period_end) if period_end else None
    return Source(key, ticker, form, _day(known), basis, grade, accession, url, sha256, name, ended)


def figure_of(row: Sequence[str]) -> Figure:
    """Return the figure written by `figure_row`.

    Raises:
        ValueError, KeyError, ArithmeticError: If the row is not one.
    """
    return stored_figure(SEPARATOR.join(("", *row)))


def stored_figure(text: str) -> Figure:
    """Return the figure of an id and the row that `figure_row` wrote, joined by `SEPARATOR`.

    Raises:
        ValueError, KeyError, ArithmeticError: If the text is not one.
    """
    (
        _, ticker, measure, line, start, end, value, unit, label, source, locator, rest,
    ) = text.split(SEPARATOR, 11)  # fmt: skip
    business, part = _SLOTS[line]
    known, kind, decimals, breakdown, formula, operands, note = _last_fields(rest)
    amount = Decimal(value)
    if not amount.is_finite():
        raise ValueError(f"not a finite number: {value}")
    return Figure.of_fields(
        intern(ticker),
        intern(measure),
        business,
        _day(start) if start else None,
        _day(end),
        amount,
        intern(unit),
        intern(label),
        intern(source),
        Locator.parse(locator),
        known,
        kind,
        decimals,
        breakdown,
        formula,
        operands,
        note,
        part,
    )


@lru_cache(4096)
def _last_fields(text: str) -> tuple[Any, ...]:
    """Fields that many figures share: the day, kind, decimals and all that follow."""
    known, kind, decimals, breakdown, formula, operands, note = text.split(SEPARATOR)
    return (
        _day(known),
        _KINDS[kind],
        int(decimals) if decimals else None,
        intern(breakdown),
        formula,
        tuple(json.loads(operands)) if operands else (),
        note,
    )


def text_fact_of(row: Sequence[str]) -> TextFact:
    """Return the text fact written by `text_fact_row`.

    Raises:
        ValueError: If the row is not one.
    """
    ticker, source, known, kind, locator, data = row
    return TextFact(ticker, source, _day(known), kind, Locator.parse(locator), data)


def row_id(table: str, row: Sequence[str]) -> str:
    """Return the id of what a row of `figures` or `remarks` says.

    Raises:
        ValueError, KeyError, ArithmeticError: If the row is not one.
    """
    return figure_of(row).id if table == "figures" else text_fact_of(row).id


def change_row(change: Change) -> tuple[str, ...]:
    """Write a change as text, in the order of `CHANGE_COLUMNS`."""
    return (
        change.id,
        change.source,
        str(change.reader),
        "1" if change.added else "",
        change.successor,
        change.read_on.isoformat(),
    )


def change_of(row: Sequence[str]) -> Change:
    """Return the change written by `change_row`.

    Raises:
        ValueError: If the row is not one.
    """
    key, source, reader, added, successor, read_on = row
    return Change(key, source, int(reader), bool(added), successor, _day(read_on))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
