"""Point-in-time views: figures chosen, derived, set out by line, and traced to their sources."""

from ..statements import DETAIL, CompanyStatements, ExpectedReport, Statement, TieStatus, Vintage
from ._quarter_lines import QuarterLines
from ._restatements import Restatement, restatements
from ._successors import successors
from ._trace import Trace
from ._view import View

__all__ = [
    "DETAIL",
    "CompanyStatements",
    "ExpectedReport",
    "QuarterLines",
    "Restatement",
    "Statement",
    "TieStatus",
    "Trace",
    "View",
    "Vintage",
    "restatements",
    "successors",
]
