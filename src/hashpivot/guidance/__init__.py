"""Guidance: what companies said they would reach, by when and how firmly, and whether it came true."""

from typing import TYPE_CHECKING

from hashpivot._lazy import lazy_names
from hashpivot.ledger import METRICS, RiskFlag, Stance, Target, flag_of, target_of

if TYPE_CHECKING:
    from .judging import TOLERANCE, Judged, TrackRecord, Verdict, judge_targets, track_record
    from .mentions import (
        ContractMention,
        Disclosures,
        Preliminary,
        RiskMention,
        SplitMention,
        amount_text,
        contract_of,
        preliminary_of,
        range_text,
        split_of,
        statement_remarks,
    )
    from .statements import (
        find_contracts,
        find_disclosures,
        find_preliminary,
        find_risk_mentions,
        find_splits,
        remarks_of,
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

__getattr__, __dir__ = lazy_names(
    __name__,
    {  # what reads a text compiles many patterns; what judges and shows needs none
        ".judging": (
            "TOLERANCE",
            "Judged",
            "TrackRecord",
            "Verdict",
            "judge_targets",
            "track_record",
        ),
        ".mentions": (
            "ContractMention",
            "Disclosures",
            "Preliminary",
            "RiskMention",
            "SplitMention",
            "amount_text",
            "contract_of",
            "preliminary_of",
            "range_text",
            "split_of",
            "statement_remarks",
        ),
        ".statements": (
            "find_contracts",
            "find_disclosures",
            "find_preliminary",
            "find_risk_mentions",
            "find_splits",
            "remarks_of",
        ),
        ".targets": (
            "find_targets",
            "find_withdrawals",
        ),
        ".words": (
            "Due",
            "find_dues",
            "resolve_due",
        ),
    },
)
