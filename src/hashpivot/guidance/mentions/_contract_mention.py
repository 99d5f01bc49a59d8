"""A contract as a text announces it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

PARTY = ("role", "counterparty")
TERMS = (*PARTY, "term_years", "mw_critical_it", "mw", "gpus", "value_usd")
"""Fields that distinguish one contract from another, those of the party first."""


@dataclass(frozen=True, slots=True)
class ContractMention:
    """A contract as one paragraph describes it; None or empty where it does not say.

    Args:
        role: `provider`, or `customer` where others house the company's machines.
        counterparty: Name, or how it is called (`a new customer`).
        mw_critical_it, mw: Megawatts of machines, and otherwise.
        gpus: Number of processors.
        term_years: Length without options.
        value_usd: Announced value.
        start: Last day of the period it begins in, None if not disclosed.
        start_text: Its words.
        locator: Of the sentence that announces the signing.
        excerpt: At most 160 characters of it.
    """

    role: str
    counterparty: str
    mw_critical_it: Decimal | None
    mw: Decimal | None
    gpus: Decimal | None
    term_years: Decimal | None
    value_usd: Decimal | None
    start: date | None
    start_text: str
    locator: str
    excerpt: str

    @property
    def terms(self) -> tuple[object, ...]:
        """What distinguishes one contract from another."""
        return tuple(getattr(self, name) for name in TERMS)
