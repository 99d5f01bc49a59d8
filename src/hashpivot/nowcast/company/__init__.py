"""One company's quarter: what is known, its lines, and its nowcast."""

from ._baselines import Baselines
from ._build import company_nowcast
from ._context import CompanyQuarter
from ._ebitda import adjusted_ebitda, treasury_of
from ._events import acquired
from ._information import Information
from ._line_draws import CompanyDraws
from ._outcome import first_view, outcome, outcome_known
from ._results import CompanyNowcast, LineNowcast, NowcastInput

__all__ = [
    "Baselines",
    "CompanyDraws",
    "CompanyNowcast",
    "CompanyQuarter",
    "Information",
    "LineNowcast",
    "NowcastInput",
    "acquired",
    "adjusted_ebitda",
    "company_nowcast",
    "first_view",
    "outcome",
    "outcome_known",
    "treasury_of",
]
