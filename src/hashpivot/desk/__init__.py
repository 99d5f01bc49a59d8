"""The desk: everything hashpivot can say, as Python objects that show themselves."""

from typing import TYPE_CHECKING

from hashpivot._lazy import lazy_names

from ._desk import Desk
from ._lines import CompanyLines, RestatedLines
from .shared import DeskResult

if TYPE_CHECKING:
    from ._asked import AskedAmount, AskedAmounts
    from ._company import CompanyResult
    from ._coverage import CoverageResult
    from ._current import CurrentDesk
    from ._guided_growth import guided_growth
    from ._halving import HalvingResult
    from ._nowcast import NowcastBacktest, NowcastResult
    from ._outlook import OutlookInputs, OutlookResult, OutlooksResult, SweepResult
    from ._season import ComparisonResult, SeasonResult
    from ._season_report import season_report
    from ._state import desk_state
    from .bulk import (
        TIME_LIMIT,
        BulkAdd,
        BulkSummary,
        FileList,
        FileOutcome,
        FileState,
        ListedFile,
        WorkerFailure,
        list_files,
    )
    from .discover import DiscoverResult
    from .fetch import (
        DocumentFetched,
        FetchEvent,
        FetchPlanned,
        FetchState,
        FetchSummary,
        FilerFetched,
        FilerFound,
        FilerLost,
        NetworkFetch,
        PowerFetch,
        StoredDocuments,
        fetch_network,
        stored_documents,
    )
    from .health import HealthResult, SourcesResult
    from .ledger import (
        AddedFile,
        Document,
        FileAdder,
        LedgerTable,
        Recording,
        add_file,
        ledger_table,
        one_file,
        read_document,
        read_figures,
        record_table,
    )
    from .site import (
        SiteAllocation,
        SiteBacktest,
        SiteDesk,
        SiteForecast,
        SiteInterval,
        SiteMarkets,
        SitePlan,
        SiteReplay,
        replay_run,
        site_outputs,
    )
    from .trace import TracePage, TraceResult
    from .watch import DeskChanges, DeskWatch, WatchEvent, WatchStarted

__all__ = [
    "TIME_LIMIT",
    "AddedFile",
    "AskedAmount",
    "AskedAmounts",
    "BulkAdd",
    "BulkSummary",
    "CompanyLines",
    "CompanyResult",
    "ComparisonResult",
    "CoverageResult",
    "CurrentDesk",
    "Desk",
    "DeskChanges",
    "DeskResult",
    "DeskSearch",
    "DeskWatch",
    "DiscoverResult",
    "Document",
    "DocumentFetched",
    "FetchEvent",
    "FetchPlanned",
    "FetchState",
    "FetchSummary",
    "FileAdder",
    "FileList",
    "FileOutcome",
    "FileState",
    "FilerFetched",
    "FilerFound",
    "FilerLost",
    "HalvingResult",
    "HealthResult",
    "LedgerTable",
    "ListedFile",
    "NetworkFetch",
    "NowcastBacktest",
    "NowcastResult",
    "OutlookInputs",
    "OutlookResult",
    "OutlooksResult",
    "PowerFetch",
    "Recording",
    "RestatedLines",
    "SeasonResult",
    "SiteAllocation",
    "SiteBacktest",
    "SiteDesk",
    "SiteForecast",
    "SiteInterval",
    "SiteMarkets",
    "SitePlan",
    "SiteReplay",
    "SourcesResult",
    "StoredDocuments",
    "SweepResult",
    "TracePage",
    "TraceResult",
    "WatchEvent",
    "WatchStarted",
    "WorkerFailure",
    "add_file",
    "desk_state",
    "fetch_network",
    "guided_growth",
    "ledger_table",
    "list_files",
    "one_file",
    "read_document",
    "read_figures",
    "record_table",
    "replay_run",
    "season_report",
    "site_outputs",
    "stored_documents",
]

__getattr__, __dir__ = lazy_names(
    __name__,
    {  # what needs the season, lxml, or NumPy
        "._asked": ("AskedAmount", "AskedAmounts"),
        "._company": ("CompanyResult",),
        "._coverage": ("CoverageResult",),
        "._current": ("CurrentDesk",),
        "._state": ("desk_state",),
        "._guided_growth": ("guided_growth",),
        "._halving": ("HalvingResult",),
        ".health": ("HealthResult", "SourcesResult"),
        "._nowcast": ("NowcastBacktest", "NowcastResult"),
        "._outlook": ("OutlookInputs", "OutlookResult", "OutlooksResult", "SweepResult"),
        "._search": ("DeskSearch",),
        "._season": ("ComparisonResult", "SeasonResult"),
        "._season_report": ("season_report",),
        ".bulk": (
            "BulkAdd",
            "BulkSummary",
            "FileList",
            "FileOutcome",
            "FileState",
            "ListedFile",
            "TIME_LIMIT",
            "WorkerFailure",
            "list_files",
        ),
        ".discover": ("DiscoverResult",),
        ".fetch": (
            "DocumentFetched",
            "FetchEvent",
            "FetchPlanned",
            "FetchState",
            "FetchSummary",
            "FilerFetched",
            "FilerFound",
            "FilerLost",
            "NetworkFetch",
            "PowerFetch",
            "StoredDocuments",
            "fetch_network",
            "stored_documents",
        ),
        ".ledger": (
            "AddedFile",
            "Document",
            "FileAdder",
            "LedgerTable",
            "Recording",
            "add_file",
            "ledger_table",
            "one_file",
            "read_document",
            "read_figures",
            "record_table",
        ),
        ".site": (
            "SiteAllocation",
            "SiteBacktest",
            "SiteDesk",
            "SiteForecast",
            "SiteInterval",
            "SiteMarkets",
            "SitePlan",
            "SiteReplay",
            "replay_run",
            "site_outputs",
        ),
        ".trace": ("TracePage", "TraceResult"),
        ".watch": ("DeskChanges", "DeskWatch", "WatchEvent", "WatchStarted"),
    },
)
