"""Rows of company events: halls converted, sites sold or bought, mergers, spin-offs, lines ended."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hashpivot.core import Source, TextFact

from ..disclosures import EVENT, CompanyEvent, EventKind, canonical_json, event_data
from ..store import Entry
from . import _parse as parse
from ._cells import Cells, Unfit
from ._columns import KNOWN, SUPERSEDES, TICKER, RecordColumn, source_columns
from ._source import known_of_row, locator_of_row, source_cells, source_of_row

EVENT_ROW = (
    TICKER,
    RecordColumn("kind", f"One of {', '.join(EventKind)}", EventKind.SITE_BOUGHT.value, required=True),
    RecordColumn("effective", "Day it took effect, or is due to", "2024-07-23", required=True),
    replace(KNOWN, example="2024-07-31"),
    RecordColumn("line", "The line of business it changes; empty for the whole company", "self_mining"),
    RecordColumn("scale", "Share of the line left after it, more than 1 for additions; empty if not told"),
    RecordColumn("ehs", "Exahashes a second bought, sold or converted"),
    RecordColumn("mw", "Megawatts bought, sold or converted", "60"),
    RecordColumn("counterparty", "Who else is party to it, or the site", "Block Mining (Kentucky)"),
    RecordColumn("note", "What happened, in your own words", "Two operating sites"),
    *source_columns("Riot 10-Q of June 2024", "note 3, Acquisitions", "A", "10-Q"),
    SUPERSEDES,
)

_AMOUNTS = ("ehs", "mw")
_SHRINKS = (EventKind.HALLS_CONVERTED, EventKind.SITE_SOLD, EventKind.LINE_ENDED)


def event_entry(cells: Cells) -> Entry | None:
    """Return the event of a row as a text fact; None if it is at fault."""
    ticker = cells.read("ticker", parse.ticker_among(cells.scene.companies))
    known = known_of_row(cells)
    source, locator = source_of_row(cells, ticker, known), locator_of_row(cells)
    word = cells.read("kind", parse.one_of(EventKind))
    effective, line = cells.read("effective", parse.day), cells.read("line", parse.line_of)
    scale = cells.read("scale", _scale)
    ehs, mw = (cells.read(name, parse.positive) for name in _AMOUNTS)
    counterparty, note = (cells.read(name, parse.words) or "" for name in ("counterparty", "note"))
    kind = EventKind(word) if word else None
    if kind:
        _check_scale(cells, kind, scale)
    if kind is EventKind.LINE_ENDED and not cells.text("line"):
        cells.fault("line", "is empty, and the event ends a line", "name the line that ended")
    if cells.faults or not (source and locator and known and kind and effective):
        return None
    event = CompanyEvent(
        source.ticker, kind, effective, known, line, scale, ehs, mw, counterparty, note, source.key, locator
    )
    fact = TextFact(source.ticker, source.key, known, EVENT, locator, canonical_json(event_data(event)))
    return Entry(cells.line, source, fact, cells.text("supersedes"))


def event_cells(event: CompanyEvent, source: Source) -> dict[str, str]:
    """Return the cells of an event, as `event_entry` reads them."""
    amounts = {name: getattr(event, name) for name in ("scale", *_AMOUNTS)}
    return {
        "ticker": event.ticker,
        "kind": event.kind.value,
        "effective": event.effective.isoformat(),
        "known": event.known.isoformat(),
        "line": event.line.value if event.line else "",
        **{name: "" if amount is None else f"{amount:f}" for name, amount in amounts.items()},
        "counterparty": event.counterparty,
        "note": event.note,
        **source_cells(source, event.locator),
    }


def _scale(text: str) -> Decimal:
    value = parse.amount(text)
    if value < 0:
        raise Unfit(
            f"{text} is below zero", "write 0 if nothing is left, 0.4 for two fifths, 1.5 for half more"
        )
    return value


def _check_scale(cells: Cells, kind: EventKind, scale: Decimal | None) -> None:
    """Find fault with a share that contradicts the kind."""
    if scale is None:
        return
    if kind in _SHRINKS and scale > 1:
        cells.fault("scale", f"{scale:f} is more than 1, and {kind.words} leaves less", "write what is left")
    if kind is EventKind.LINE_ENDED and scale > 0:
        cells.fault("scale", f"{scale:f} is above 0, and the line ended", "write 0 or leave the cell empty")
    if kind is EventKind.SITE_BOUGHT and scale < 1:
        cells.fault("scale", f"{scale:f} is below 1, and {kind.words} adds", "write 1.5 for half more")
