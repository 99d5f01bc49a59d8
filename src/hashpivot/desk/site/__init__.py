"""The desk of a power site, and its results."""

from typing import TYPE_CHECKING

from hashpivot._lazy import lazy_names

if TYPE_CHECKING:
    from ._site import SiteDesk
    from ._site_results import SiteAllocation, SiteBacktest, SiteForecast, SitePlan
    from ._site_summary import SiteExamples, SiteMarkets, SiteSummary

__all__ = [
    "SiteAllocation",
    "SiteBacktest",
    "SiteDesk",
    "SiteExamples",
    "SiteForecast",
    "SiteMarkets",
    "SitePlan",
    "SiteSummary",
]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "._site": ("SiteDesk",),
        "._site_results": ("SiteAllocation", "SiteBacktest", "SiteForecast", "SitePlan"),
        "._site_summary": ("SiteExamples", "SiteMarkets", "SiteSummary"),
    },
)
