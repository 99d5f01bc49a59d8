"""The company: lines, contracts, fleet, overheads and funding, on any numbers: paths, plain ones or terms."""

from ._chance import NoChance
from ._model import CompanyModel, CompanyQuarter
from ._paths import LINES, CompanyPaths, run_company
from ._record import Recorder

__all__ = [
    "LINES",
    "CompanyModel",
    "CompanyPaths",
    "CompanyQuarter",
    "NoChance",
    "Recorder",
    "run_company",
]
