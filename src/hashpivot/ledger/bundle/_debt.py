"""The table of debt instruments shipped with the package, as tagged in filings that were read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from importlib.resources.abc import Traversable
from typing import Any

from hashpivot.core import DEBT_TERMS, DebtInstrument, Locator, Source, TextFact

from ..disclosures import debt_fact
from ._csv import read_table

DEBT_COLUMNS = ("source", "name", "day", *DEBT_TERMS, "locators")


def read_debt(folder: Traversable, sources: Mapping[str, Source]) -> list[TextFact]:
    """Return the rows of `debt_instruments.csv` in a folder as text facts of their sources.

    Raises:
        BundleError: If the table is damaged or names no known source, with the file and line.
    """
    return read_table(folder / "debt_instruments.csv", DEBT_COLUMNS, lambda row: _fact(row, sources))


def debt_row(instrument: DebtInstrument, source: str) -> tuple[str, ...]:
    """Return an instrument as a row of the table."""
    terms = (getattr(instrument, name) for name in DEBT_TERMS)
    places = json.dumps({term: str(locator) for term, locator in instrument.locators}, sort_keys=True)
    return source, instrument.name, instrument.day.isoformat(), *map(_text, terms), places


def _fact(row: Sequence[str], sources: Mapping[str, Source]) -> TextFact:
    source, name, day, *terms, places = row
    values: dict[str, Any] = {
        term: _value(term, text) for term, text in zip(DEBT_TERMS, terms, strict=True) if text
    }
    locators = tuple((term, Locator.parse(text)) for term, text in json.loads(places).items())
    instrument = DebtInstrument(name, date.fromisoformat(day), **values, locators=locators)
    return debt_fact(instrument, sources[source])


def _text(value: Decimal | date | None) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else f"{value:f}"


def _value(term: str, text: str) -> Decimal | date:
    return date.fromisoformat(text) if term == "matures" else Decimal(text)
