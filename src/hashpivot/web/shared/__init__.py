"""What a page is: its parameters, its addresses, and the desk it asks."""

from ._action import Files, WebAction
from ._cached_response import CachedResponse, PageRequest, in_order
from ._jobs import Job, JobCancelled, Jobs, TooManyJobs, TooMuchWork, UnknownJob
from ._live_desk import LiveDesk, Work
from ._made import Made
from ._own_pages import own_body, web_text
from ._parameter import Parameter, read_parameters
from ._response_cache import Make, ResponseCache
from ._uploads import Uploads
from ._view import (
    ARRANGEMENT,
    AS_OF,
    CHART,
    CHART_ENDINGS,
    TABLE_ENDINGS,
    WATCH,
    Arguments,
    WebView,
    address,
    asked_alone,
    names_in,
    same_day,
)

__all__ = [
    "ARRANGEMENT",
    "AS_OF",
    "CHART",
    "CHART_ENDINGS",
    "TABLE_ENDINGS",
    "WATCH",
    "Arguments",
    "CachedResponse",
    "Files",
    "Job",
    "JobCancelled",
    "Jobs",
    "LiveDesk",
    "Made",
    "Make",
    "PageRequest",
    "Parameter",
    "ResponseCache",
    "TooManyJobs",
    "TooMuchWork",
    "UnknownJob",
    "Uploads",
    "WebAction",
    "WebView",
    "Work",
    "address",
    "asked_alone",
    "in_order",
    "names_in",
    "own_body",
    "read_parameters",
    "same_day",
    "web_text",
]
