"""Discover: filers with mining, AI or chip revenue in the SEC's data sets, and who of them nobody lists."""

from ._contracts import ContractedAmount
from ._data_sets import DataSet, TableFile, find_data_sets
from ._discover import LIMITS, Discovery, discover
from ._evidence import LineAmount, LineEvidence
from ._ranking import Category, Filer
from ._scan import MEMORY_MB, ScanFailure, ScanProgress, SetReading

__all__ = [
    "LIMITS",
    "MEMORY_MB",
    "Category",
    "ContractedAmount",
    "DataSet",
    "Discovery",
    "Filer",
    "LineAmount",
    "LineEvidence",
    "ScanFailure",
    "ScanProgress",
    "SetReading",
    "TableFile",
    "discover",
    "find_data_sets",
]
