"""Rows of filing dates: the day from which the public could know what a held source says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from hashpivot.core import Source, TextFact

from ..disclosures import FILING_DATE, FilingDate, canonical_json, filing_date_data
from ..store import Entry, record_base
from ._cells import Cells, Unfit
from ._columns import SUPERSEDES, RecordColumn, source_columns
from ._source import known_of_row, locator_of_row, source_of_row

FILING_DATE_ROW = (
    RecordColumn("of", "Key, accession, address or name of a held source", "0001558370-24-010495", True),
    RecordColumn("filed", "Day it was filed or published", "2024-08-01", required=True),
    *source_columns("EDGAR filing index", "Filing Date", "A"),
    SUPERSEDES,
)

_MOST_NAMED = 3


def filing_date_entry(cells: Cells) -> Entry | None:
    """Return the filing date of a row as a text fact; None if it is at fault."""
    filed = known_of_row(cells, "filed")
    dated = cells.read("of", lambda text: _held(text, cells.scene.sources))
    ticker = dated.ticker if dated else None
    source = source_of_row(cells, ticker, cells.scene.today, FILING_DATE)
    locator = locator_of_row(cells)
    if dated and filed:
        _check_order(cells, dated, filed)
    if cells.faults or not (filed and dated and source and locator):
        return None
    data = canonical_json(filing_date_data(FilingDate(_name(dated), filed)))
    fact = TextFact(dated.ticker, source.key, filed, FILING_DATE, locator, data)
    return Entry(cells.line, source, fact, cells.text("supersedes"))


def _held(text: str, sources: Mapping[str, Source]) -> Source:
    """The source that a text names, or one of several documents of the filing that it names."""
    named = {_name(source): source for source in sources.values() if text in _names(source)}
    if not named:
        raise Unfit(f"no source {text!r} is in the ledger", "hashpivot ledger export sources lists them")
    if len(named) > 1:
        keys = ", ".join(list(named)[:_MOST_NAMED])
        raise Unfit(f"{text!r} names {len(named)} sources", f"write one of: {keys}")
    return next(iter(named.values()))


def _name(source: Source) -> str:
    """What a filing date is kept under: the filing, where the source says which it is of."""
    return source.accession or record_base(source.key)


def _names(source: Source) -> tuple[str, ...]:
    return source.key, record_base(source.key), source.accession, source.url, source.name, source.sha256


def _check_order(cells: Cells, dated: Source, filed: date) -> None:
    end = dated.period_end or cells.scene.ends.get(dated.key)
    if end and filed < end:
        cells.fault("filed", f"{filed} is before its period ended, {end}", "write the day it was filed")
    if not dated.ticker:
        cells.fault("of", "this source belongs to no company")
