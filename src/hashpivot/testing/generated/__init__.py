"""Companies with made-up books, and the filings they would make: reports, releases, updates, amendments."""

from ._amounts import BalanceAmounts, MonthCounts, PeriodAmounts
from ._company_filings import company_filings, filer_of
from ._generated_company import GeneratedCompany
from ._other_filings import other_filings
from ._universe import generated_universe, universe_filings

__all__ = [
    "BalanceAmounts",
    "GeneratedCompany",
    "MonthCounts",
    "PeriodAmounts",
    "company_filings",
    "filer_of",
    "generated_universe",
    "other_filings",
    "universe_filings",
]
