"""Disclosures: what companies announce and state besides figures: contracts, targets, risk flags."""

from ._contract import Contract, in_force
from ._debt import debt_fact, debt_of
from ._risk_flag import RiskFlag
from ._target import METRICS, TOTAL, Stance, Target, is_scope
from ._text_facts import canonical_json, flag_of, restore_fact, target_data, target_of

__all__ = [
    "METRICS",
    "TOTAL",
    "Contract",
    "RiskFlag",
    "Stance",
    "Target",
    "canonical_json",
    "debt_fact",
    "debt_of",
    "flag_of",
    "in_force",
    "is_scope",
    "restore_fact",
    "target_data",
    "target_of",
]
