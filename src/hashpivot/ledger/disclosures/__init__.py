"""Disclosures: what companies announce and state besides figures: contracts, targets, risk flags."""

from ._contract import CONTRACT_KINDS, Contract, in_force
from ._debt import debt_fact, debt_of
from ._event import EVENT, CompanyEvent, EventKind, event_data, event_of
from ._recorded import (
    FILING_DATE,
    RECORDED_CONTRACT,
    FilingDate,
    contract_data,
    filing_date_data,
    recorded_contract,
    recorded_filing_date,
)
from ._risk_flag import RiskFlag
from ._target import METRIC_UNITS, METRICS, TOTAL, Stance, Target, is_scope
from ._text_facts import canonical_json, flag_of, restore_fact, target_data, target_of

__all__ = [
    "CONTRACT_KINDS",
    "EVENT",
    "FILING_DATE",
    "METRICS",
    "METRIC_UNITS",
    "RECORDED_CONTRACT",
    "TOTAL",
    "CompanyEvent",
    "Contract",
    "EventKind",
    "FilingDate",
    "RiskFlag",
    "Stance",
    "Target",
    "canonical_json",
    "contract_data",
    "debt_fact",
    "debt_of",
    "event_data",
    "event_of",
    "filing_date_data",
    "flag_of",
    "in_force",
    "is_scope",
    "recorded_contract",
    "recorded_filing_date",
    "restore_fact",
    "target_data",
    "target_of",
]
