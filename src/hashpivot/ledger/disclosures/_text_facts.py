"""Targets and risk flags as text facts of the ledger, and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from hashpivot.core import LedgerError, TextFact

from ._risk_flag import RiskFlag
from ._target import METRICS, Stance, Target, is_scope

T = TypeVar("T")
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"))


def canonical_json(data: Mapping[str, Any]) -> str:
    """Return the data of a text fact as canonical JSON: ASCII, keys sorted, no white space."""
    return _CANONICAL.encode(data)


def target_data(target: Target) -> dict[str, Any]:
    """Return a target as the data of a text fact of the kind `target` or `withdrawal`."""
    low, high = (None if bound is None else f"{bound:f}" for bound in (target.low, target.high))
    return {
        "metric": target.metric, "low": low, "high": high, "unit": target.unit,
        "due": target.due.isoformat() if target.due else None, "due_text": target.due_text,
        "stance": target.stance.value, "excerpt": target.excerpt, "added": target.added,
        "scope": target.scope,
    }  # fmt: skip


def restore_fact(fact: TextFact, kinds: tuple[str, ...], make: Callable[[TextFact, dict[str, Any]], T]) -> T:
    """Return what `make` makes of a text fact and its data.

    Raises:
        LedgerError: If the fact is of another kind, or its data are not such.
    """
    try:
        if fact.kind not in kinds:
            raise ValueError(f"it is a {fact.kind}")
        return make(fact, json.loads(fact.data))
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError) as error:
        raise LedgerError(
            f"remark {fact.id} is no {kinds[0]}: {error}", hint="add the filing to a new ledger"
        ) from None


@lru_cache(4096)
def target_of(fact: TextFact) -> Target:
    """Return the target of a fact of the kind `target` or `withdrawal`.

    Raises:
        LedgerError: If the fact is no such one.
    """
    return restore_fact(fact, ("target", "withdrawal"), _target)


@lru_cache(4096)
def flag_of(fact: TextFact) -> RiskFlag:
    """Return the risk flag of a fact of the kind `flag`, or one of an empty kind for `text`: read, no risk.

    Raises:
        LedgerError: If the fact is no such one.
    """
    return restore_fact(fact, ("flag", "text"), _flag)


def _target(fact: TextFact, data: dict[str, Any]) -> Target:
    if data["metric"] not in METRICS:
        raise ValueError(f"{data['metric']!r} is no metric")
    scope = data.get("scope", "")  # facts written by earlier versions have none
    if not is_scope(scope):
        raise ValueError(f"{scope!r} is no line")
    low, high = (None if data[name] is None else Decimal(data[name]) for name in ("low", "high"))
    return Target(
        data["metric"], low, high, data["unit"], date.fromisoformat(data["due"]) if data["due"] else None,
        data["due_text"], Stance(data["stance"]), fact.locator, data["excerpt"],
        fact.known, data["added"], fact.ticker, scope, fact.source,
    )  # fmt: skip


def _flag(fact: TextFact, data: dict[str, Any]) -> RiskFlag:
    kind, name, count = (
        (data["kind"], data["name"], int(data["count"])) if fact.kind == "flag" else ("", "", 0)
    )
    return RiskFlag(fact.ticker, fact.known, data["form"], kind, name, count, fact.source, str(fact.locator))
