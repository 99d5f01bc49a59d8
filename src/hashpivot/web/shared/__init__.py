"""What a page is: its parameters, its addresses, and the desk it asks."""

from ._action import Files, WebAction
from ._background import Background
from ._cached_response import CachedResponse, PageRequest
from ._live_desk import LiveDesk, Work
from ._parameter import Parameter, read_parameters
from ._response_cache import Make, ResponseCache
from ._running import Running
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
    "Background",
    "CachedResponse",
    "Files",
    "LiveDesk",
    "Make",
    "PageRequest",
    "Parameter",
    "ResponseCache",
    "Running",
    "WebAction",
    "WebView",
    "Work",
    "address",
    "asked_alone",
    "names_in",
    "read_parameters",
    "same_day",
]
