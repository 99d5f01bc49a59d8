"""What a text discloses: targets, withdrawals, contracts, risks, preliminary results and splits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from hashpivot.core import json_number, short_repr
from hashpivot.ledger import Target

from ._contract_mention import ContractMention
from ._preliminary_result import Preliminary
from ._risk_mention import RiskMention
from ._split_mention import SplitMention


@short_repr
@dataclass(frozen=True, slots=True)
class Disclosures:
    """What one text discloses, each kind in the order of the text.

    Args:
        targets: What the company means to reach.
        withdrawals: What it says it will not reach.
        contracts: Contracts it announces.
        flags: Risks it states as existing.
        preliminary: Results it gives as ranges or approximately, before its books are closed.
        splits: Stock splits that have happened.
    """

    targets: tuple[Target, ...] = ()
    withdrawals: tuple[Target, ...] = ()
    contracts: tuple[ContractMention, ...] = ()
    flags: tuple[RiskMention, ...] = ()
    preliminary: tuple[Preliminary, ...] = ()
    splits: tuple[SplitMention, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """`{"targets", "withdrawals", "contracts", "flags", "preliminary", "splits"}`; see docs/json.md."""
        return {
            "targets": [_target(target) for target in self.targets],
            "withdrawals": [_target(target) for target in self.withdrawals],
            "contracts": [_contract(contract) for contract in self.contracts],
            "flags": [_flag(flag) for flag in self.flags],
            "preliminary": [_preliminary(result) for result in self.preliminary],
            "splits": [_split(split) for split in self.splits],
        }


def _target(target: Target) -> dict[str, Any]:
    return {
        "metric": target.metric, "low": _number(target.low), "high": _number(target.high),
        "unit": target.unit, "due": _day(target.due), "due_text": target.due_text or None,
        "stance": target.stance.value, "added": target.added, "scope": target.scope or None,
        "said_on": _day(target.said_on), "locator": str(target.locator), "excerpt": target.excerpt,
    }  # fmt: skip


def _contract(found: ContractMention) -> dict[str, Any]:
    return {
        "role": found.role, "counterparty": found.counterparty,
        "critical_it_mw": _number(found.mw_critical_it), "mw": _number(found.mw),
        "gpus": _number(found.gpus), "term_years": _number(found.term_years),
        "value_usd": _number(found.value_usd), "start": _day(found.start),
        "start_text": found.start_text or None, "locator": found.locator, "excerpt": found.excerpt,
    }  # fmt: skip


def _preliminary(found: Preliminary) -> dict[str, Any]:
    return {
        "measure": found.measure, "low": _number(found.low), "high": _number(found.high), "unit": "usd",
        "start": _day(found.start), "end": _day(found.end),
        "locator": found.locator, "excerpt": found.excerpt,
    }  # fmt: skip


def _flag(flag: RiskMention) -> dict[str, Any]:
    return {
        "kind": flag.kind, "name": flag.name, "count": flag.count,
        "locator": flag.locator, "excerpt": flag.excerpt,
    }  # fmt: skip


def _split(found: SplitMention) -> dict[str, Any]:
    return {
        "ratio": _number(found.ratio), "day": _day(found.day), "locator": found.locator,
        "excerpt": found.excerpt,
    }  # fmt: skip


def _number(value: Decimal | None) -> int | float | None:
    return None if value is None else json_number(value)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
