"""Hash rate at work: the evidence of a company's figures and the posterior by month."""

from ._drift import recent_growth
from ._evidence import Evidence, Kind, SetAside, evidence_of, lines_shown, mines_only, mining_figure
from ._parameters import Parameters
from ._path import Path, PathModel

__all__ = [
    "Evidence",
    "Kind",
    "Parameters",
    "Path",
    "PathModel",
    "SetAside",
    "evidence_of",
    "lines_shown",
    "mines_only",
    "mining_figure",
    "recent_growth",
]
