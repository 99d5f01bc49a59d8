"""The desk: everything hashpivot can say, as Python objects that show themselves."""

from typing import TYPE_CHECKING

from hashpivot._lazy import lazy_names

from ._desk import Desk
from ._lines import CompanyLines, RestatedLines
from ._result import DeskResult

if TYPE_CHECKING:
    from ._added import AddedFile, add_file
    from ._company import CompanyResult
    from ._coverage import CoverageResult
    from ._document import Document, one_file, read_document, read_figures
    from ._guided_growth import guided_growth
    from ._halving import HalvingResult
    from ._ledger_table import LedgerTable, ledger_table
    from ._nowcast import NowcastBacktest, NowcastResult
    from ._outlook import OutlookInputs, OutlookResult, SweepResult
    from ._recorded import Recording, record_table
    from ._season import ComparisonResult, SeasonResult
    from ._season_report import season_report
    from ._site import SiteDesk
    from ._site_results import SiteAllocation, SiteBacktest, SiteForecast, SitePlan

__all__ = [
    "AddedFile",
    "CompanyLines",
    "CompanyResult",
    "ComparisonResult",
    "CoverageResult",
    "Desk",
    "DeskResult",
    "Document",
    "HalvingResult",
    "LedgerTable",
    "NowcastBacktest",
    "NowcastResult",
    "OutlookInputs",
    "OutlookResult",
    "Recording",
    "RestatedLines",
    "SeasonResult",
    "SiteAllocation",
    "SiteBacktest",
    "SiteDesk",
    "SiteForecast",
    "SitePlan",
    "SweepResult",
    "add_file",
    "guided_growth",
    "ledger_table",
    "one_file",
    "read_document",
    "read_figures",
    "record_table",
    "season_report",
]

__getattr__, __dir__ = lazy_names(
    __name__,
    {  # what needs the season, lxml, or NumPy
        "._added": ("AddedFile", "add_file"),
        "._company": ("CompanyResult",),
        "._coverage": ("CoverageResult",),
        "._document": ("Document", "one_file", "read_document", "read_figures"),
        "._guided_growth": ("guided_growth",),
        "._halving": ("HalvingResult",),
        "._ledger_table": ("LedgerTable", "ledger_table"),
        "._nowcast": ("NowcastBacktest", "NowcastResult"),
        "._outlook": ("OutlookInputs", "OutlookResult", "SweepResult"),
        "._recorded": ("Recording", "record_table"),
        "._season": ("ComparisonResult", "SeasonResult"),
        "._site": ("SiteDesk",),
        "._site_results": ("SiteAllocation", "SiteBacktest", "SiteForecast", "SitePlan"),
        "._season_report": ("season_report",),
    },
)
