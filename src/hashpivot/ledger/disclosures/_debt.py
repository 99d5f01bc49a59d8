"""Debt instruments as text facts of the ledger, and back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from hashpivot.core import DEBT_TERMS, DebtInstrument, Locator, Source, TextFact, joined

from ._text_facts import canonical_json, restore_fact


def debt_fact(instrument: DebtInstrument, source: Source) -> TextFact:
    """Return an instrument as the text fact, of the kind `debt`, of the report that tags it."""
    terms = {name: _text(getattr(instrument, name)) for name in DEBT_TERMS}
    places = {term: str(locator) for term, locator in instrument.locators}
    data = {"name": instrument.name, "day": instrument.day.isoformat(), **terms, "locators": places}
    locator = joined(tuple(locator for _, locator in instrument.locators))
    return TextFact(source.ticker, source.key, source.known, "debt", locator, canonical_json(data))


@lru_cache(4096)
def debt_of(fact: TextFact) -> DebtInstrument:
    """Return the instrument of a fact of the kind `debt`.

    Raises:
        LedgerError: If the fact is no such one.
    """
    return restore_fact(fact, ("debt",), _debt)


def _debt(fact: TextFact, data: dict[str, Any]) -> DebtInstrument:
    terms = {name: _value(name, data[name]) for name in DEBT_TERMS}
    places = tuple((term, Locator.parse(text)) for term, text in data["locators"].items())
    return DebtInstrument(data["name"], date.fromisoformat(data["day"]), **terms, locators=places)


def _text(value: Decimal | date | None) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else f"{value:f}"


def _value(name: str, text: str | None) -> Any:
    if text is None:
        return None
    return date.fromisoformat(text) if name == "matures" else Decimal(text)
