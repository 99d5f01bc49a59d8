"""Point-in-time views: figures chosen, derived, set out by line, and traced to their sources."""

from ._company_statements import CompanyStatements
from ._quarter_lines import QuarterLines
from ._ranking import Vintage
from ._restatements import Restatement, restatements
from ._statement import DETAIL, Statement
from ._successors import successors
from ._tie_status import TieStatus
from ._trace import Trace
from ._view import View

__all__ = [
    "DETAIL",
    "CompanyStatements",
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
