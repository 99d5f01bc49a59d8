"""A company's AI contracts, newest first: those in force and what earlier announcements became."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from hashpivot.core import short_repr
from hashpivot.ledger import Contract, View
from hashpivot.season import known_contracts


class ContractState(StrEnum):
    """Where an announced contract stands."""

    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    ENDED = "ended"

    @property
    def words(self) -> str:
        """How a page writes it."""
        return self.value.replace("_", " ")


@short_repr
@dataclass(frozen=True, slots=True)
class ContractEntry:
    """An announced contract and where it stands.

    Args:
        contract: As announced.
        state: In force, superseded or ended.
        since: Day of the announcement that supersedes it, or its last day; None if it is in force.
    """

    contract: Contract
    state: ContractState
    since: date | None = None

    def to_dict(self) -> dict[str, Any]:
        """Stable keys; see docs/json.md. What the announcement does not give is null."""
        contract = self.contract
        return {
            "announced": contract.announced,
            "known": contract.known.isoformat(),
            "counterparty": contract.counterparty,
            "kind": contract.kind,
            "state": self.state.value,
            "since": self.since.isoformat() if self.since else None,
            "deal": contract.group or None,
            "extends": contract.extends,
            "share": float(contract.share),
            "critical_it_mw": _number(contract.mw_critical_it),
            "gross_mw": _number(contract.mw_gross),
            "term_years": _number(contract.term_years),
            "value_usd": _number(contract.contract_value_usd),
            "capex_usd": _number(contract.capex_usd),
            "start": contract.start or None,
            "url": contract.url or None,
        }


def contract_record(view: View, ticker: str, day: date) -> tuple[ContractEntry, ...]:
    """Return every contract announced by a day, newest first, each with where it stands on that day."""
    announced = [c for c in view.announced(ticker) if c.known <= day]
    announced.sort(key=lambda contract: contract.known)
    entries = [_entry(contract, announced[n:], day) for n, contract in enumerate(announced, 1)]
    rows = {(c.counterparty, c.announced) for c in announced}
    told = known_contracts(view, ticker, day).contracts
    added = [c for c in told if (c.counterparty, c.announced) not in rows]
    entries += [ContractEntry(contract, ContractState.IN_FORCE) for contract in added]
    return tuple(sorted(entries, key=lambda e: (e.contract.known, e.contract.announced), reverse=True))


def _entry(contract: Contract, after: Sequence[Contract], day: date) -> ContractEntry:
    """Where a contract stands, by those that became known after it or on its day in a later row."""
    later = [c for c in after if c.restates and c.group == contract.group and contract.group]
    if later:
        return ContractEntry(contract, ContractState.SUPERSEDED, later[0].known)
    if contract.ended and day > contract.ended:
        return ContractEntry(contract, ContractState.ENDED, contract.ended)
    return ContractEntry(contract, ContractState.IN_FORCE)


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
