"""The desk for an analyst's assistant: tools over the Model Context Protocol, each of one `Desk` method.

Needs the extra `mcp`; `hashpivot mcp` starts it on standard input and output.
"""

from typing import TYPE_CHECKING

from hashpivot._lazy import lazy_names

if TYPE_CHECKING:
    from ._server import assistant_server, serve_assistant

__all__ = [
    "assistant_server",
    "serve_assistant",
]

__getattr__, __dir__ = lazy_names(
    __name__,
    {  # what needs mcp
        "._server": ("assistant_server", "serve_assistant"),
    },
)
