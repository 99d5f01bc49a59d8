"""Tables of the ledger as files, CSV or Parquet: figures, sources, contracts, targets, splits, events."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from hashpivot.core import Figure, InvalidInput, near_keys, optional_library, short_repr, write_bytes

from ..disclosures import EVENT, RECORDED_CONTRACT, event_of, recorded_contract, target_of
from ..store import SOURCE_COLUMNS, Figures, source_row
from ._columns import SUPERSEDES
from ._contract import contract_cells, recorded_contract_cells
from ._event import event_cells
from ._figure import figure_cells
from ._kinds import RECORD_KINDS
from ._split import SPLIT, split_cells
from ._target import target_cells

Row = dict[str, str]

_DAYS = frozenset({"known", "start", "end", "ended", "said_on", "due", "day", "period_end", "effective"})
_AMOUNTS = frozenset(
    {"value", "mw_gross", "mw_critical_it", "term_years", "contract_value_usd", "capex_usd", "share"}
    | {"low", "high", "ratio", "scale", "ehs", "mw"}
)
_SWITCHES = frozenset({"restates", "extends", "added", "withdrawn"})
_SCALE = 12
"""Digits behind the point in Parquet, as many as a recorded amount may have."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows are exported.

    Args:
        tickers: Of these companies; of all if empty.
        measures: Figures of these measures; of all if empty.
    """

    tickers: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()

    def takes(self, ticker: str) -> bool:
        """True if a company's rows are wanted."""
        return not self.tickers or ticker in self.tickers


@short_repr
@dataclass(frozen=True, slots=True)
class ExportTable:
    """One table that can be exported.

    Args:
        name: As commands call it.
        columns: Its columns.
        rows: Returns its rows as text, of figures as of a day.
        text_columns: Those that hold text although another table's column of the name does not.
    """

    name: str
    columns: tuple[str, ...]
    rows: Callable[[Figures, Filter], Iterator[Row]]
    text_columns: frozenset[str] = field(default_factory=frozenset)


def export_table(name: str) -> ExportTable:
    """Return a table by its name.

    Raises:
        InvalidInput: If there is none, with the nearest as a hint.
    """
    if name not in EXPORTS:
        raise InvalidInput(f"{name!r} is no table of the ledger", hint=near_keys(name, EXPORTS))
    return EXPORTS[name]


def export_rows(
    table: ExportTable, figures: Figures, as_of: date | None = None,
    *, tickers: Iterable[str] = (), measures: Iterable[str] = (),
) -> list[Row]:  # fmt: skip
    """Return the rows of a table as text by column, as known on a day.

    Args:
        table: The table.
        figures: What the ledger holds.
        as_of: The day; today if not given.
        tickers: Companies; all if none is given.
        measures: Measures of figures; all if none is given.
    """
    wanted = Filter(frozenset(tickers), frozenset(measures))
    return list(table.rows(_as_of(figures.dated(), as_of), wanted))


def csv_text(table: ExportTable, rows: Sequence[Row]) -> str:
    """Return rows as CSV with a header."""
    text = io.StringIO()
    writer = csv.DictWriter(text, table.columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def write_table(table: ExportTable, rows: Sequence[Row], path: Path, *, parquet: bool = False) -> None:
    """Write rows to a file, whole or not at all.

    Parquet has dates as dates, amounts as decimals and switches as booleans; what is empty is null.

    Raises:
        MissingLibrary: If it is Parquet and pyarrow is not installed (extra `parquet`).
        UnwritableFile: If the file cannot be written.
    """
    write_bytes(_parquet(table, rows) if parquet else csv_text(table, rows).encode("utf-8"), path)


def _parquet(table: ExportTable, rows: Sequence[Row]) -> bytes:
    parquet = optional_library("pyarrow.parquet", "a Parquet file", "parquet")
    arrow = optional_library("pyarrow", "a Parquet file", "parquet")
    columns = {name: _array(arrow, table, name, rows) for name in table.columns}
    file = io.BytesIO()
    parquet.write_table(arrow.table(columns), file)
    return file.getvalue()


def _array(arrow: Any, table: ExportTable, name: str, rows: Sequence[Row]) -> Any:
    """One column with its type."""
    kind, parse = _typed(arrow, "" if name in table.text_columns else name)
    return arrow.array([parse(row[name]) if row.get(name) else None for row in rows], kind)


def _typed(arrow: Any, name: str) -> tuple[Any, Callable[[str], object]]:
    if name in _DAYS:
        return arrow.date32(), date.fromisoformat
    if name in _AMOUNTS:
        return arrow.decimal128(38, _SCALE), lambda text: round(Decimal(text), _SCALE)
    if name in _SWITCHES:
        return arrow.bool_(), "true".__eq__
    if name == "decimals":
        return arrow.int32(), int
    return arrow.string(), str


def _as_of(figures: Figures, day: date | None) -> Figures:
    """What counts on a day; contracts recorded by hand stand in the text facts alone."""
    current = figures.current(day)
    contracts = tuple(c for c in figures.contracts if day is None or c.known <= day)
    sources = {key: source for key, source in figures.sources.items() if day is None or source.known <= day}
    return Figures(sources, current.figures, current.remarks, contracts)


def _figures(held: Figures, wanted: Filter) -> Iterator[Row]:
    for figure in held.figures:
        if wanted.takes(figure.ticker) and (not wanted.measures or figure.measure in wanted.measures):
            yield {**figure_cells(figure, held.sources[figure.source]), **_identity(figure, held)}


def _splits(held: Figures, wanted: Filter) -> Iterator[Row]:
    for figure in held.figures:
        if figure.measure == SPLIT and wanted.takes(figure.ticker):
            yield {**split_cells(figure, held.sources[figure.source]), **_identity(figure, held)}


def _identity(figure: Figure, held: Figures) -> Row:
    return {
        "id": figure.id,
        "start": str(figure.start or ""),
        "end": str(figure.end),
        "kind": figure.kind.value,
        "source": figure.source,
        "known_basis": held.sources[figure.source].known_basis,
    }


def _contracts(held: Figures, wanted: Filter) -> Iterator[Row]:
    for contract in held.contracts:
        if wanted.takes(contract.ticker):
            yield {**contract_cells(contract), "url": contract.url}
    for fact in held.remarks:
        if fact.kind == RECORDED_CONTRACT and wanted.takes(fact.ticker):
            source = held.sources[fact.source]
            yield {**recorded_contract_cells(recorded_contract(fact), source, fact), "id": fact.id}


def _targets(held: Figures, wanted: Filter) -> Iterator[Row]:
    for fact in held.remarks:
        if fact.kind in ("target", "withdrawal") and wanted.takes(fact.ticker):
            cells = target_cells(target_of(fact), fact.kind, held.sources.get(fact.source))
            yield {**cells, "id": fact.id, "source": fact.source}


def _events(held: Figures, wanted: Filter) -> Iterator[Row]:
    for fact in held.remarks:
        if fact.kind == EVENT and wanted.takes(fact.ticker):
            yield {**event_cells(event_of(fact), held.sources[fact.source]), "id": fact.id}


def _sources(held: Figures, wanted: Filter) -> Iterator[Row]:
    for source in held.sources.values():
        if wanted.takes(source.ticker):
            yield dict(zip(SOURCE_COLUMNS, source_row(source), strict=True))


def _record_columns(kind: str) -> tuple[str, ...]:
    """Columns of a kind's table as exported: its own, then those that only an export has."""
    recorded = RECORD_KINDS[kind]
    own = (column.name for column in recorded.columns if column.name != SUPERSEDES.name)
    return (*own, *recorded.exported)


def _table(name: str, rows: Callable[[Figures, Filter], Iterator[Row]]) -> ExportTable:
    text = frozenset({"kind", "start"}) if name == "contracts" else frozenset()
    return ExportTable(name, _record_columns(name), _only(_record_columns(name), rows), text)


def _only(
    columns: Sequence[str], rows: Callable[[Figures, Filter], Iterator[Row]]
) -> Callable[[Figures, Filter], Iterator[Row]]:
    """The rows of a table with its columns alone."""

    def cut(held: Figures, wanted: Filter) -> Iterator[Row]:
        for row in rows(held, wanted):
            yield {name: row.get(name, "") for name in columns}

    return cut


EXPORTS: Mapping[str, ExportTable] = {
    table.name: table
    for table in (
        _table("figures", _figures),
        ExportTable("sources", SOURCE_COLUMNS, _sources),
        _table("contracts", _contracts),
        _table("targets", _targets),
        _table("splits", _splits),
        _table("events", _events),
    )
}
"""The tables, by name."""
