"""The stand-in for ERCOT, a made-up market for it, and the faults only ERCOT has."""

from ._ercot_faults import (
    changed_report,
    cut_zip,
    flag_absent,
    flag_never_set,
    page_missing,
    report_column_renamed,
    too_many_requests,
    unauthorized,
)
from ._ercot_report import ERCOT_REPORTS, ErcotReport
from ._ercot_service import ErcotService
from ._made_up_market import ercot_postings, made_up_value
from ._posting import ErcotPosting

__all__ = [
    "ERCOT_REPORTS",
    "ErcotPosting",
    "ErcotReport",
    "ErcotService",
    "changed_report",
    "cut_zip",
    "ercot_postings",
    "flag_absent",
    "flag_never_set",
    "made_up_value",
    "page_missing",
    "report_column_renamed",
    "too_many_requests",
    "unauthorized",
]
