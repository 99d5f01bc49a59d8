"""The web desk: every page is an answer of `Desk` in one frame, with a JSON twin from the same object."""

from typing import TYPE_CHECKING

from hashpivot._lazy import lazy_names

if TYPE_CHECKING:
    from ._access import Access
    from ._app import web_app
    from ._parameter import Parameter
    from ._view import WebView
    from ._views import WEB_VIEWS

__all__ = ["WEB_VIEWS", "Access", "Parameter", "WebView", "web_app"]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "._access": ("Access",),
        "._app": ("web_app",),
        "._parameter": ("Parameter",),
        "._view": ("WebView",),
        "._views": ("WEB_VIEWS",),
    },
)
