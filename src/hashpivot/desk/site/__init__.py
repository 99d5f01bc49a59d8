"""The desk of a power site, and its results."""

from typing import TYPE_CHECKING

from hashpivot._lazy import lazy_names

if TYPE_CHECKING:
    from ._run import SiteInterval, SiteReplay, site_outputs
    from ._site import SiteDesk, replay_run
    from ._site_results import SiteAllocation, SiteBacktest, SiteForecast, SitePlan
    from ._site_summary import SiteExamples, SiteMarkets, SiteSummary

__all__ = [
    "SiteAllocation",
    "SiteBacktest",
    "SiteDesk",
    "SiteExamples",
    "SiteForecast",
    "SiteInterval",
    "SiteMarkets",
    "SitePlan",
    "SiteReplay",
    "SiteSummary",
    "replay_run",
    "site_outputs",
]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "._run": ("SiteInterval", "SiteReplay", "site_outputs"),
        "._site": ("SiteDesk", "replay_run"),
        "._site_results": ("SiteAllocation", "SiteBacktest", "SiteForecast", "SitePlan"),
        "._site_summary": ("SiteExamples", "SiteMarkets", "SiteSummary"),
    },
)
