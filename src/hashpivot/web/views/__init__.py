"""Every page of the web desk: the one list that routes, navigation and twins are made from."""

from ..shared import WebAction, WebView
from ._common import SEARCH
from ._company import COMPANY_VIEWS
from ._compare import COMPARE_VIEWS
from ._coverage import COVERAGE_VIEWS
from ._figure import FIGURE_ACTIONS, FIGURE_VIEWS
from ._halving import HALVING_VIEWS
from ._health import HEALTH_VIEWS
from ._job import JOB_ACTIONS, JOB_VIEWS, job_body
from ._nowcast import NOWCAST_VIEWS
from ._outlook import OUTLOOK_VIEWS
from ._search import SEARCH_VIEWS
from ._season import SEASON_VIEWS
from ._sources import SOURCES_VIEWS
from ._start import START_VIEWS

__all__ = ["SEARCH", "WEB_ACTIONS", "WEB_VIEWS"]
from ._site import SITE_ACTIONS, SITE_VIEWS

__all__ = ["WEB_ACTIONS", "WEB_VIEWS", "job_body"]

WEB_VIEWS: tuple[WebView, ...] = (
    *START_VIEWS,
    *SEASON_VIEWS,
    *COMPANY_VIEWS,
    *COMPARE_VIEWS,
    *COVERAGE_VIEWS,
    *NOWCAST_VIEWS,
    *OUTLOOK_VIEWS,
    *SITE_VIEWS,
    *HALVING_VIEWS,
    *FIGURE_VIEWS,
    *SOURCES_VIEWS,
    *HEALTH_VIEWS,
    *SEARCH_VIEWS,
    *JOB_VIEWS,
)
"""All pages, in the order of the navigation."""

WEB_ACTIONS: tuple[WebAction, ...] = (*FIGURE_ACTIONS, *JOB_ACTIONS, *SITE_ACTIONS)
"""All that pages can have done."""
