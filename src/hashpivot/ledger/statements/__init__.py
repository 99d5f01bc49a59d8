"""Statements: reported ones ranked, quarters derived from them, and why some cannot be."""

from ._basis import BASIS_MARK, basis_of
from ._combine import SUM_NOTE, combine
from ._company_statements import CompanyStatements
from ._noted_slips import note_scale_slips
from ._ranking import Vintage, choose, rank
from ._reports_read import ExpectedReport, ReportsRead, title_of
from ._standing import SourceStanding, standing
from ._statement import DETAIL, Statement
from ._tie_status import TieStatus
from ._year_check import year_differences

__all__ = [
    "BASIS_MARK",
    "DETAIL",
    "SUM_NOTE",
    "CompanyStatements",
    "ExpectedReport",
    "ReportsRead",
    "SourceStanding",
    "Statement",
    "TieStatus",
    "Vintage",
    "basis_of",
    "choose",
    "combine",
    "note_scale_slips",
    "rank",
    "standing",
    "title_of",
    "year_differences",
]
