"""The currency of a filing's statements, and the dollars tagged beside another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from hashpivot.filings import Fact

_FEWEST = 2
"""Amounts in both currencies that make a translated column: one alone may be a figure of a note."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """The facts to be read.

    Args:
        facts: All of them; where dollars are tagged beside another currency, without the amounts in that.
        currency: Of the amounts to be read.
        translated_from: The statements' own currency if `currency` is that of a convenience translation.
    """

    facts: tuple[Fact, ...]
    currency: str
    translated_from: str = ""


def read_amounts(facts: Sequence[Fact]) -> Amounts:
    """Return the facts in dollars if the statements are in dollars, or are also tagged in dollars.

    A convenience translation is the company's own number; one of ours would not be.
    """
    counts = Counter(fact.unit for fact in facts if is_currency(fact.unit))
    currency = next((unit for unit, _ in counts.most_common(1)), "USD")
    if currency == "USD" or not _translated(facts, currency):
        return Amounts(tuple(facts), currency)
    kept = tuple(fact for fact in facts if fact.unit == "USD" or not is_currency(fact.unit.partition("/")[0]))
    return Amounts(kept, "USD", currency)


def is_currency(unit: str) -> bool:
    """True for an ISO code; bitcoin is none."""
    return len(unit) == 3 and unit.isupper() and unit != "BTC"


def _translated(facts: Sequence[Fact], currency: str) -> bool:
    """True if amounts over a period are tagged in both currencies, one of the whole company among them."""
    of_periods = [f for f in facts if f.start is not None and f.value is not None]
    dollars, others = (
        {(f.concept, f.context.key) for f in of_periods if f.unit == unit} for unit in ("USD", currency)
    )
    whole = {(f.concept, f.context.key) for f in of_periods if not f.context.dims}
    both = dollars & others
    return len(both) >= _FEWEST and bool(both & whole)
