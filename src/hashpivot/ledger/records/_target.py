"""Rows of targets: what a company said it would reach, or would not reach after all."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hashpivot.core import Line, Source, TextFact

from ..disclosures import METRIC_UNITS, TOTAL, Stance, Target, canonical_json, target_data
from ..store import Entry
from . import _parse as parse
from ._cells import Cells
from ._columns import KNOWN, SUPERSEDES, TICKER, RecordColumn, source_columns
from ._source import known_of_row, locator_of_row, source_cells, source_of_row

TARGET_ROW = (
    TICKER,
    replace(KNOWN, name="said_on", meaning="Day it was said", example="2025-02-24"),
    RecordColumn("metric", f"One of {', '.join(METRIC_UNITS)}", "hash_rate", required=True),
    RecordColumn("low", "Lower end of the range, or the number; empty for `up to`", "38.4"),
    RecordColumn(
        "high", "Upper end of the range; the number again if there is one, empty for `at least`", "38.4"
    ),
    RecordColumn("unit", "The metric's unit, to make sure", "ehs", required=True),
    RecordColumn("due", "2026-12-31, 2026Q4 or 2026; empty if none was given", "2025Q4"),
    RecordColumn("due_text", "The words of the due date", "end of 2025"),
    RecordColumn("stance", "contracted, guided or aspiration", "guided", required=True),
    RecordColumn("added", "true if the number comes on top of what there is"),
    RecordColumn("scope", "Whose revenue: total or a line; empty for what is no revenue"),
    RecordColumn("withdrawn", "true if the company says it will not reach it after all"),
    RecordColumn("excerpt", "The words around the number, up to 160 characters"),
    *source_columns("Riot fourth quarter 2024 results", "page 2, guidance"),
    SUPERSEDES,
)

_OF_REVENUE = ("revenue", "annualised_revenue")
_MOST_EXCERPT = 160


def target_entry(cells: Cells) -> Entry | None:
    """Return the target of a row as a text fact; None if it is at fault."""
    ticker = cells.read("ticker", parse.ticker_among(cells.scene.companies))
    said_on = known_of_row(cells, "said_on")
    source, locator = source_of_row(cells, ticker, said_on), locator_of_row(cells)
    metric = cells.read("metric", parse.one_of(METRIC_UNITS))
    low, high = _range(cells)
    unit = cells.text("unit")
    if metric and unit and unit != METRIC_UNITS[metric]:
        cells.fault("unit", f"{metric} is in {METRIC_UNITS[metric]}, not {unit!r}", "write the number in it")
    stance = cells.read("stance", parse.one_of(Stance))
    due = cells.read("due", parse.last_day)
    due_text = cells.read("due_text", parse.words) or cells.text("due")
    scope = cells.read("scope", parse.one_of((TOTAL, *Line))) or ""
    if metric and scope and metric not in _OF_REVENUE:
        cells.fault("scope", f"{metric} is no revenue", "leave the cell empty")
    added = cells.read("added", parse.switch) or False
    withdrawn = cells.read("withdrawn", parse.switch) or False
    if due and said_on and due < said_on and not withdrawn:
        cells.fault("due", f"{due} is before the day it was said, {said_on}", "write the day it is due")
    excerpt = cells.read("excerpt", parse.words) or ""
    if len(excerpt) > _MOST_EXCERPT:
        cells.fault("excerpt", f"has {len(excerpt)} characters", f"write at most {_MOST_EXCERPT}")
    if cells.faults or not (source and locator and said_on and metric and stance):
        return None
    target = Target(
        metric, low, high, unit, due, due_text, Stance(stance), locator, excerpt, said_on,
        added, source.ticker, scope, source.key,
    )  # fmt: skip
    kind = "withdrawal" if withdrawn else "target"
    fact = TextFact(source.ticker, source.key, said_on, kind, locator, canonical_json(target_data(target)))
    return Entry(cells.line, source, fact, cells.text("supersedes"))


def target_cells(target: Target, kind: str, source: Source | None) -> dict[str, str]:
    """Return the cells of a target, as `target_entry` reads them.

    Args:
        target: The target.
        kind: `target` or `withdrawal`.
        source: Its source; None of a bundled text that is none.
    """
    where = (
        source_cells(source, target.locator)
        if source
        else {"title": target.source, "locator": str(target.locator)}
    )
    return {
        "ticker": target.ticker,
        "said_on": str(target.said_on),
        "metric": target.metric,
        "low": _cell(target.low),
        "high": _cell(target.high),
        "unit": target.unit,
        "due": str(target.due or ""),
        "due_text": target.due_text,
        "stance": target.stance.value,
        "added": str(target.added).lower(),
        "scope": target.scope,
        "withdrawn": str(kind == "withdrawal").lower(),
        "excerpt": target.excerpt,
        **where,
    }


def _range(cells: Cells) -> tuple[Decimal | None, Decimal | None]:
    low, high = cells.read("low", parse.amount), cells.read("high", parse.amount)
    if not cells.text("low") and not cells.text("high"):
        cells.fault("low", "neither low nor high is given", "write the number into both")
    if low is not None and high is not None and low > high:
        cells.fault("high", f"{high} is below low, {low}", "write the lower end into low")
    return low, high


def _cell(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"
