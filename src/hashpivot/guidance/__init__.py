"""Guidance: what companies said they would reach, by when and how firmly, and whether it came true."""

from ._bundle import bundled_targets, bundled_withdrawals, write_targets
from ._contracts import ContractMention, find_contracts
from ._due import Due, find_dues, resolve_due
from ._flag_table import StatedFlag, bundled_flags, write_flags
from ._flags import Flag, find_flags
from ._judge import TrackRecord, judge_targets, track_record
from ._preliminary import Preliminary, find_preliminary
from ._remarks import contract_of, flag_of, preliminary_of, remarks_of, statement_remarks, target_of
from ._statements import Statements, amount_text, find_statements, range_text
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
    "Preliminary",
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
    "write_flags",
    "write_targets",
]
