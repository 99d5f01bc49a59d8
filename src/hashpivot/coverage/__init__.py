"""Coverage: what the ledger holds by company and quarter, and the reports that would fill its holes."""

from hashpivot._lazy import lazy_names

from ._coverage import CompanyCoverage, Coverage, QuarterCoverage, coverage
from ._holding import CompanyHoldings, Held, Holding
from ._holes import VERDICT, Hole, Unlock
from ._needs import BASE, NEEDS, REVENUE, Need, NeededNumber
from ._newest import NewestReport, newest_report
from ._parts import CELL_PARTS, Part
from ._window import QUARTERS, parse_window
from ._words import cell_words, gives_words, share_words, unlock_words, with_others_words

__all__ = [
    "BASE",
    "CELL_PARTS",
    "NEEDS",
    "QUARTERS",
    "REVENUE",
    "VERDICT",
    "CompanyCoverage",
    "CompanyHoldings",
    "Coverage",
    "Held",
    "Holding",
    "Hole",
    "Need",
    "NeededNumber",
    "NewestReport",
    "Part",
    "QuarterCoverage",
    "Unlock",
    "cell_words",
    "coverage",
    "gives_words",
    "newest_report",
    "parse_window",
    "share_words",
    "unlock_words",
    "with_others_words",
]

__getattr__, __dir__ = lazy_names(__name__)
