"""Guidance: what companies said they would reach, by when and how firmly, and whether it came true."""

from ._bundle import bundled_targets, bundled_withdrawals, write_targets
from ._contracts import ContractMention, find_contracts
from ._due import Due, find_dues, resolve_due
from ._flag_table import StatedFlag, bundled_flags, write_flags
from ._flags import Flag, find_flags
from ._judge import TrackRecord, judge_targets, track_record
from ._remarks import flag_of, remarks_of, statement_remarks, target_of
from ._statements import Statements, amount_text, find_statements
from ._target import METRICS, Stance, Target
from ._targets import find_targets, find_withdrawals
from ._verdict import TOLERANCE, Judged, Verdict

__all__ = [
    "METRICS",
    "TOLERANCE",
    "ContractMention",
    "Due",
    "Flag",
    "Judged",
    "Stance",
    "StatedFlag",
    "Statements",
    "Target",
    "TrackRecord",
    "Verdict",
    "amount_text",
    "bundled_flags",
    "bundled_targets",
    "bundled_withdrawals",
    "find_contracts",
    "find_dues",
    "find_flags",
    "find_statements",
    "find_targets",
    "find_withdrawals",
    "flag_of",
    "judge_targets",
    "remarks_of",
    "resolve_due",
    "statement_remarks",
    "target_of",
    "track_record",
    "write_flags",
    "write_targets",
]
