"""One company's quarter: what is known, its lines, and its nowcast."""

from ._company import CompanyNowcast, Input, LineNowcast, company_nowcast
from ._known import Known
from ._lines import CompanyDraws
from ._outcome import first_view, outcome, outcome_known
from ._quarter import CompanyQuarter

__all__ = [
    "CompanyDraws",
    "CompanyNowcast",
    "CompanyQuarter",
    "Input",
    "Known",
    "LineNowcast",
    "company_nowcast",
    "first_view",
    "outcome",
    "outcome_known",
]
