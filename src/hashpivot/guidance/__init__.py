"""Guidance: what companies said they would reach, by when and how firmly, and whether it came true."""

from hashpivot.ledger import METRICS, Stance, StatedFlag, Target, flag_of, target_of

from .record import TOLERANCE, Judged, TrackRecord, Verdict, judge_targets, track_record
from .statements import (
    ContractMention,
    Flag,
    Preliminary,
    Statements,
    amount_text,
    contract_of,
    find_contracts,
    find_flags,
    find_preliminary,
    find_statements,
    preliminary_of,
    range_text,
    remarks_of,
    statement_remarks,
)
from .targets import find_targets, find_withdrawals
from .words import Due, find_dues, resolve_due

__all__ = [
    "METRICS",
    "TOLERANCE",
    "ContractMention",
    "Due",
    "Flag",
    "Judged",
    "Preliminary",
    "Stance",
    "StatedFlag",
    "Statements",
    "Target",
    "TrackRecord",
    "Verdict",
    "amount_text",
    "contract_of",
    "find_contracts",
    "find_dues",
    "find_flags",
    "find_preliminary",
    "find_statements",
    "find_targets",
    "find_withdrawals",
    "flag_of",
    "judge_targets",
    "preliminary_of",
    "range_text",
    "remarks_of",
    "resolve_due",
    "statement_remarks",
    "target_of",
    "track_record",
]
