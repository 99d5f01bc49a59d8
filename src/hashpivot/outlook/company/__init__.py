"""The company: lines, contracts, fleet, overheads and funding, on any numbers: paths, plain ones or terms."""

from ._model import CompanyModel, ModelledQuarter
from ._paths import LINES, CompanyPaths, run_company
from .operations import TREND_HALF_LIFE
from .shared import NoChance, Recorder, StartLevels

__all__ = [
    "LINES",
    "TREND_HALF_LIFE",
    "CompanyModel",
    "CompanyPaths",
    "ModelledQuarter",
    "NoChance",
    "Recorder",
    "StartLevels",
    "run_company",
]
