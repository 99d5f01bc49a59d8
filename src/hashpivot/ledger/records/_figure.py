"""Rows of figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hashpivot.core import MEASURES, QUALIFIERS, Figure, Line, Measure, Source

from ..store import Entry
from . import _parse as parse
from ._cells import Cells, Unfit
from ._columns import KNOWN, SUPERSEDES, TICKER, RecordColumn, source_columns
from ._period import Period, period_of
from ._source import known_of_row, locator_of_row, source_cells, source_of_row

FIGURE_ROW = (
    TICKER,
    RecordColumn("measure", "total_revenue, revenue, bitcoin_mined and so on", "revenue", required=True),
    RecordColumn(
        "line", "Line of revenue and cost: self_mining, ai_colocation:rent, and so on", "self_mining"
    ),
    RecordColumn(
        "period", "2026Q2, 2026-01-01..2026-06-30, or one day for a balance", "2024Q3", required=True
    ),
    RecordColumn(
        "value", "The number in the measure's unit, dollars not thousands", "67500000", required=True
    ),
    RecordColumn("unit", "The measure's unit, to make sure", "usd", required=True),
    KNOWN,
    *source_columns("Riot third quarter 2024 results", "page 9, table 1, last column", "B", "8-K"),
    RecordColumn(
        "label", "The row's label as printed; the measure's name if not given", "Bitcoin mining revenue"
    ),
    RecordColumn(
        "decimals", "Trusted digits: 0 to the unit, -3 to the thousand; if not given, dollars as written"
    ),
    RecordColumn(
        "breakdown", "The set of rows that adds up to the total, with its basis: main@IFRS; main if not given"
    ),
    RecordColumn("note", "Anything a reader must know"),
    SUPERSEDES,
)

_DERIVED = ("gross_profit", "unattributed")
"""Measures that are computed from others and nowhere read."""
_RECORDED = tuple(name for name in MEASURES if name not in _DERIVED)
_SIGNED = ("usd", "usd_per_btc", "usd_per_mwh")
"""Units of amounts that may be negative: a loss, a credit for power."""
_SHARES = ("customer_concentration",)
_COARSEST = 6
"""Trailing zeros that count as rounding: amounts are printed in dollars, thousands or millions."""


@dataclass(frozen=True, slots=True)
class _Slot:
    """A line and the part of it; None and empty for the whole company."""

    line: Line | None = None
    qualifier: str = ""


def figure_entry(cells: Cells) -> Entry | None:
    """Return the figure of a row; None if it is at fault."""
    ticker = cells.read("ticker", parse.ticker_among(cells.scene.companies))
    measure = cells.read("measure", _measure)
    slot = _slot(cells, measure)
    value = _value(cells, measure)
    _check_unit(cells, measure)
    known = known_of_row(cells)
    source, locator = source_of_row(cells, ticker, known), locator_of_row(cells)
    period = _period(cells, ticker, measure)
    label, note = cells.read("label", parse.words), cells.read("note", parse.words) or ""
    decimals = cells.read("decimals", parse.whole)
    breakdown = cells.read("breakdown", parse.breakdown) or "main"
    if period and known and known < period[1]:
        cells.fault(
            "known", f"{known} is before the period's end, {period[1]}", "write the day it was published"
        )
    if cells.text("kind") not in ("", "reported"):
        cells.fault(
            "kind", f"a {cells.text('kind')} figure is not recorded", "record what it is derived from"
        )
    complete = ticker and measure and slot and period and source and locator and known and value is not None
    if cells.faults or not complete:
        return None
    assert ticker and measure and slot and period and source and locator and known and value is not None
    figure = Figure(
        ticker, measure.name, slot.line, *period, value, measure.unit, label or _title(measure, slot),
        source.key, locator, known,
        decimals=trusted_digits(cells.text("value"), measure.unit) if decimals is None else decimals,
        breakdown=breakdown, note=note, qualifier=slot.qualifier,
    )  # fmt: skip
    return Entry(cells.line, source, figure, cells.text("supersedes"))


def figure_cells(figure: Figure, source: Source) -> dict[str, str]:
    """Return the cells of a figure, as `figure_entry` reads them."""
    line = figure.line or ""
    return {
        "ticker": figure.ticker,
        "measure": figure.measure,
        "line": f"{line}:{figure.qualifier}" if figure.qualifier else str(line),
        "period": f"{figure.start}..{figure.end}" if figure.start else str(figure.end),
        "value": figure.text,
        "unit": figure.unit,
        "known": str(figure.known),
        **source_cells(source, figure.locator),
        "label": figure.label,
        "decimals": "" if figure.decimals is None else str(figure.decimals),
        "breakdown": figure.breakdown,
        "note": figure.note,
    }


def _measure(text: str) -> Measure:
    if text in _DERIVED:
        raise Unfit(f"{text} is derived, not recorded", "record revenue, cost_of_revenue and total_revenue")
    return MEASURES[parse.one_of(_RECORDED)(text)]


def _slot(cells: Cells, measure: Measure | None) -> _Slot | None:
    text = cells.text("line")
    if measure and not measure.by_line:
        if text not in ("", "total"):
            cells.fault("line", f"{measure.name} is kept for the whole company", "leave the cell empty")
        return _Slot()
    if not text or text == "total":
        if measure:
            hint = f"one of {', '.join(Line)}; the company's whole revenue is total_revenue"
            cells.fault("line", f"{measure.name} is kept by line", hint)
        return None
    return cells.read("line", _line_and_part)


def _line_and_part(text: str) -> _Slot:
    line, colon, part = text.partition(":")
    if colon and part not in QUALIFIERS:
        raise Unfit(f"no part of a line is called {part!r}", f"one of {', '.join(QUALIFIERS)}")
    return _Slot(parse.line_of(line), part)


def _value(cells: Cells, measure: Measure | None) -> Decimal | None:
    value = cells.read("value", parse.amount)
    if value is None or measure is None:
        return value
    if value < 0 and measure.unit not in _SIGNED:
        cells.fault("value", f"{measure.name} cannot be negative", "write it without the sign")
    if value > 1 and measure.name in _SHARES:
        cells.fault("value", f"{measure.name} is a share, {value} is more than 1", "write 45% as 0.45")
    return value


def _check_unit(cells: Cells, measure: Measure | None) -> None:
    unit = cells.text("unit")
    if measure and unit and unit != measure.unit:
        cells.fault(
            "unit", f"{measure.name} is in {measure.unit}, not {unit!r}", f"write it in {measure.unit}"
        )


def _period(cells: Cells, ticker: str | None, measure: Measure | None) -> Period | None:
    if ticker is None or measure is None:
        return None
    calendar = cells.scene.companies[ticker].calendar
    return cells.read("period", lambda text: period_of(text, measure.flow, calendar))


def trusted_digits(text: str, unit: str) -> int | None:
    """Return the digits of dollars that can be trusted as written: trailing zeros count as rounding.

    Other amounts are taken as exact, as bundled operating figures are.
    """
    if unit != "usd":
        return None
    behind = len(text.partition(".")[2])
    zeros = 0 if behind else len(text) - len(text.rstrip("0"))
    return behind - min(zeros, _COARSEST)


def _title(measure: Measure, slot: _Slot) -> str:
    return f"{slot.line.heading}: {measure.title.lower()}" if slot.line else measure.title
