"""Guidance: what companies said they would reach, by when and how firmly, and whether it came true."""

from hashpivot._lazy import lazy_names
from hashpivot.ledger import METRICS, RiskFlag, Stance, Target, flag_of, target_of

from .judging import TOLERANCE, Judged, TrackRecord, Verdict, judge_targets, track_record
from .statements import (
    ContractMention,
    Disclosures,
    Preliminary,
    RiskMention,
    SplitMention,
    amount_text,
    contract_of,
    find_contracts,
    find_disclosures,
    find_preliminary,
    find_risk_mentions,
    find_splits,
    preliminary_of,
    range_text,
    remarks_of,
    split_of,
    statement_remarks,
)
from .targets import find_targets, find_withdrawals
from .words import Due, find_dues, resolve_due

__all__ = [
    "METRICS",
    "TOLERANCE",
    "ContractMention",
    "Disclosures",
    "Due",
    "Judged",
    "Preliminary",
    "RiskFlag",
    "RiskMention",
    "SplitMention",
    "Stance",
    "Target",
    "TrackRecord",
    "Verdict",
    "amount_text",
    "contract_of",
    "find_contracts",
    "find_disclosures",
    "find_dues",
    "find_preliminary",
    "find_risk_mentions",
    "find_splits",
    "find_targets",
    "find_withdrawals",
    "flag_of",
    "judge_targets",
    "preliminary_of",
    "range_text",
    "remarks_of",
    "resolve_due",
    "split_of",
    "statement_remarks",
    "target_of",
    "track_record",
]

__getattr__, __dir__ = lazy_names(__name__)
