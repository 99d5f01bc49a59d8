"""The debt instrument: one loan, note or credit line as a report tags it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ..base import json_number, short_repr
from ._locator import Locator

DEBT_TERMS = (
    "carrying_usd",
    "principal_usd",
    "limit_usd",
    "rate_low",
    "rate_high",
    "matures",
    "conversion_price_usd",
)
"""The terms of a debt instrument that a report may tag."""


@short_repr
@dataclass(frozen=True, slots=True)
class DebtInstrument:
    """One loan, note or credit line on the day of a balance sheet.

    A term the report does not tag is None.

    Args:
        name: As the report calls it, in words: `Convertible notes payable`.
        day: The day of the balance sheet.
        carrying_usd: Owed at carrying value.
        principal_usd: Owed at face value.
        limit_usd: Most that may be drawn.
        rate_low: Interest a year, the lowest of a range; 0.0075 for 0.75%.
        rate_high: The highest of the range, the same where there is none.
        matures: Last day of its term.
        conversion_price_usd: Of one share, for convertible debt.
        locators: Where each term stands, by its name here.
    """

    name: str
    day: date
    carrying_usd: Decimal | None = None
    principal_usd: Decimal | None = None
    limit_usd: Decimal | None = None
    rate_low: Decimal | None = None
    rate_high: Decimal | None = None
    matures: date | None = None
    conversion_price_usd: Decimal | None = None
    locators: tuple[tuple[str, Locator], ...] = ()

    @property
    def owed_usd(self) -> Decimal | None:
        """At carrying value, else at face value."""
        return self.principal_usd if self.carrying_usd is None else self.carrying_usd

    @property
    def converts(self) -> bool:
        """True if it can be exchanged for shares, by its name or by a conversion price."""
        return self.conversion_price_usd is not None or "convertible" in self.name.lower()

    def to_dict(self) -> dict[str, Any]:
        """Stable keys: amounts as numbers, days as text, `locators` by term; a term not tagged is None."""
        terms = {name: getattr(self, name) for name in DEBT_TERMS}
        plain = {name: _plain(value) for name, value in terms.items()}
        places = {term: str(locator) for term, locator in self.locators}
        return {"name": self.name, "day": self.day.isoformat(), **plain, "locators": places}


def _plain(value: Decimal | date | None) -> object:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else json_number(value)
