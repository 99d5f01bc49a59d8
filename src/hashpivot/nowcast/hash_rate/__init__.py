"""Effective hash rate: the evidence of a company's figures, the model and its posterior by month."""

from ._estimate_by_month import HashRateModel
from ._evidence import (
    Excluded,
    HashRateEvidence,
    evidence_of,
    lines_shown,
    mines_only,
    mining_figure,
)
from ._fleet_growth import recent_growth
from ._kind import EvidenceKind
from ._parameters import Parameters
from ._posterior import HashRatePosterior

__all__ = [
    "EvidenceKind",
    "Excluded",
    "HashRateEvidence",
    "HashRateModel",
    "HashRatePosterior",
    "Parameters",
    "evidence_of",
    "lines_shown",
    "mines_only",
    "mining_figure",
    "recent_growth",
]
