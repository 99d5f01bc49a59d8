"""Errors of the desk as errors of a tool: in words, with what is near."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from mcp.server.mcpserver.exceptions import ToolError

from hashpivot.core import HashpivotError, terminal_text

P = ParamSpec("P")
R = TypeVar("R")

_LIMIT = 1500
"""Characters of an error's words."""


def told(tool: Callable[P, R]) -> Callable[P, R]:
    """Let a tool say what was wrong with what it was asked."""

    @wraps(tool)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return tool(*args, **kwargs)
        except HashpivotError as error:
            raise ToolError(terminal_text(f"{error.kind}: {error}")[:_LIMIT]) from None

    return call
