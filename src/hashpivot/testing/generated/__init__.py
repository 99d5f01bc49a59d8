"""Companies with made-up books, and the filings they would make: reports, releases, updates, amendments."""

from ._amounts import BalanceAmounts, MonthCounts, PeriodAmounts
from ._company_filings import company_filings, filer_of
from ._data_sets import DataSetNumber, DataSetSubmission, data_set_submission, data_set_tables, write_data_set
from ._generated_company import GeneratedCompany
from ._ledger_books import LedgerBooks, LedgerShape, ledger_companies, write_big_ledger
from ._many_reports import write_reports
from ._other_filings import other_filings
from ._universe import generated_universe, universe_filings

__all__ = [
    "BalanceAmounts",
    "DataSetNumber",
    "DataSetSubmission",
    "GeneratedCompany",
    "LedgerBooks",
    "LedgerShape",
    "MonthCounts",
    "PeriodAmounts",
    "company_filings",
    "data_set_submission",
    "data_set_tables",
    "filer_of",
    "generated_universe",
    "ledger_companies",
    "other_filings",
    "universe_filings",
    "write_big_ledger",
    "write_data_set",
    "write_reports",
]
