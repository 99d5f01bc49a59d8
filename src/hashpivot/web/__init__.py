"""The web desk: every page is an answer of `Desk` in one frame, with a JSON twin from the same object."""

from typing import TYPE_CHECKING

from hashpivot._lazy import lazy_names

if TYPE_CHECKING:
    from ._app import web_app
    from ._patient_protocol import PatientProtocol
    from .access import Access, TrustedProxy
    from .shared import Parameter, WebView
    from .views import WEB_VIEWS

__all__ = ["WEB_VIEWS", "Access", "Parameter", "PatientProtocol", "TrustedProxy", "WebView", "web_app"]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "._app": ("web_app",),
        "._patient_protocol": ("PatientProtocol",),
        ".access": ("Access", "TrustedProxy"),
        ".shared": ("Parameter", "WebView"),
        ".views": ("WEB_VIEWS",),
    },
)
