"""An announced AI contract, and the contracts in force on a day."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from hashpivot.core import short_repr

CONTRACT_KINDS = ("colocation", "cloud")
"""Halls and power for the customer's machines, or time on the company's own."""

_MONTH, _DAY = "0[1-9]|1[0-2]", "0[1-9]|[12][0-9]|3[01]"
_START = re.compile(rf"([0-9]{{4}})(?:-(?:Q([1-4])|H([12])|({_MONTH})(?:-({_DAY}))?))?")


@short_repr
@dataclass(frozen=True, slots=True)
class Contract:
    """One announced contract to house or rent AI machines.

    Args:
        ticker: The company that provides.
        announced: Day or month of the announcement, `2025-06-02` or `2024-08`.
        known: Day from which the public could know what the row says.
        counterparty: Customer, and site in brackets.
        kind: `colocation` or `cloud`.
        mw_gross: Megawatts at the meter, if disclosed.
        mw_critical_it: Megawatts of machines, if disclosed.
        term_years: Length without options, if disclosed.
        contract_value_usd: Announced value over the term, if disclosed.
        start: As announced: `2025-Q4`, `2026-08`, `2026-08-15`, `2026-H2`, `2026`; empty if not disclosed.
        capex_usd: Announced cost to build, if disclosed.
        group: Name of the deal, where several rows are stages of one; else empty.
        restates: True if it replaces all earlier rows of its group instead of adding to them.
        extends: True if it is of the same halls, for longer: it adds value, and no megawatts.
        share: The company's share of it, 1 unless it is a joint venture's.
        ended: Last day it was in force, if it is over.
        url: Where it was read; an accession number where no page is known.
        value_from: Day from which the value was known, where it is an earlier row's of the same deal.
    """

    ticker: str
    announced: str
    known: date
    counterparty: str
    kind: str
    mw_gross: Decimal | None
    mw_critical_it: Decimal | None
    term_years: Decimal | None
    contract_value_usd: Decimal | None
    start: str
    capex_usd: Decimal | None
    group: str
    restates: bool
    extends: bool
    share: Decimal
    ended: date | None
    url: str
    value_from: date | None = None

    @property
    def attributable_value_usd(self) -> Decimal | None:
        """The company's share of the announced value, if disclosed."""
        return None if self.contract_value_usd is None else self.contract_value_usd * self.share

    @property
    def quarterly_usd(self) -> Decimal | None:
        """Its share of the value spread evenly over the term, a quarter; None if either is not disclosed."""
        value, years = self.attributable_value_usd, self.term_years
        return value / (4 * years) if value and years else None

    @property
    def starts(self) -> tuple[date, date] | None:
        """First and last day of the announced start; None if none is disclosed."""
        found = _START.fullmatch(self.start)
        if not found:
            return None
        year, quarter, half, month, day = found.groups()
        first = int(month or (quarter and 3 * int(quarter) - 2) or (half and 6 * int(half) - 5) or 1)
        months = (month and 1) or (quarter and 3) or (half and 6) or 12
        last = first + months - 1
        final = monthrange(int(year), last)[1]
        if day:
            return (date(int(year), first, int(day)),) * 2 if int(day) <= final else None
        return date(int(year), first, 1), date(int(year), last, final)

    @property
    def attributable_mw_critical_it(self) -> Decimal | None:
        """The company's share of the megawatts of machines, if disclosed."""
        return None if self.mw_critical_it is None else self.mw_critical_it * self.share


def in_force(contracts: Iterable[Contract], day: date) -> tuple[Contract, ...]:
    """Return the contracts known by a day and not over, as far as known on it, by company and announcement.

    Safe to sum: a row that extends a deal has no megawatts of its own; a row that restates its deal stands
    for all earlier rows of it, and takes over their value and term where it gives none.
    """
    held: list[Contract] = []
    for contract in sorted((c for c in contracts if c.known <= day), key=lambda c: c.known):
        if contract.restates:
            stages = [c for c in held if c.group == contract.group]
            held = [c for c in held if c.group != contract.group]
            contract = _restating(contract, stages)
        if contract.extends:
            contract = replace(contract, mw_gross=Decimal(0), mw_critical_it=Decimal(0))
        held.append(contract)
    alive = (replace(c, ended=None) for c in held if c.ended is None or day <= c.ended)
    return tuple(sorted(alive, key=lambda c: (c.ticker, c.announced)))


def _restating(contract: Contract, stages: Sequence[Contract]) -> Contract:
    """The contract with the value of the stages it stands for, and the longest term, if it gives none."""
    term = max((c.term_years for c in stages if c.term_years is not None), default=None)
    contract = contract if contract.term_years is not None else replace(contract, term_years=term)
    valued = {c: c.contract_value_usd for c in stages if c.contract_value_usd is not None}
    if contract.contract_value_usd is not None or not valued:
        return contract
    since = max(c.value_from or c.known for c in valued)
    return replace(contract, contract_value_usd=sum(valued.values(), Decimal(0)), value_from=since)
