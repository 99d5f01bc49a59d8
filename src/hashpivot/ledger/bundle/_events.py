"""The table of company events shipped with the package, each with its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.resources.abc import Traversable

from hashpivot.core import Line, Locator, Source, TextFact

from ..disclosures import EVENT, CompanyEvent, EventKind, canonical_json, event_data
from ._csv import read_table

EVENT_COLUMNS = (
    "ticker", "kind", "effective", "known", "line", "scale", "ehs", "mw", "counterparty", "note",
    "title", "url", "accession", "form", "grade", "locator",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BundledEvent:
    """An event as a text fact, and the source it names."""

    fact: TextFact
    source: Source


def read_events(folder: Traversable, sources: Mapping[str, Source]) -> list[BundledEvent]:
    """Return the rows of `events.csv` in a folder; of a filing that is a source already, that one is named.

    Raises:
        BundleError: If the table is damaged, with the file and line.
    """
    held = {(s.ticker, name): s for s in sources.values() for name in (s.url, s.accession) if name}
    return read_table(folder / "events.csv", EVENT_COLUMNS, lambda row: _event(row, held))


def _event(row: Sequence[str], held: Mapping[tuple[str, str], Source]) -> BundledEvent:
    ticker, kind, effective, known, line, scale, ehs, mw, counterparty, note = row[:10]
    title, url, accession, form, grade, locator = row[10:]
    since = date.fromisoformat(known)
    source = held.get((ticker, accession)) or held.get((ticker, url))
    if source is None or source.known != since:
        basis = "filed" if accession else "dated"
        key = f"event:{ticker}:{accession or url or title}"
        source = Source(key, ticker, form, since, basis, grade, accession, url, name=title)
    event = CompanyEvent(
        ticker,
        EventKind(kind),
        date.fromisoformat(effective),
        since,
        line=Line(line) if line else None,
        scale=_amount(scale),
        ehs=_amount(ehs),
        mw=_amount(mw),
        counterparty=counterparty,
        note=note,
        source=source.key,
        locator=Locator.parse(locator),
    )
    data = canonical_json(event_data(event))
    return BundledEvent(TextFact(ticker, source.key, since, EVENT, event.locator, data), source)


def _amount(text: str) -> Decimal | None:
    return Decimal(text) if text else None
