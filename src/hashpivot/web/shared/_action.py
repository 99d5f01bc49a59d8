"""An action: what a form has done, sent by POST; it leads to a page that shows the outcome."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ._parameter import Parameter
from ._view import Arguments

if TYPE_CHECKING:
    from ._live_desk import Work

Files = Mapping[str, bytes]
"""Contents of the files a form sent, by the name of their field."""


@dataclass(frozen=True)
class WebAction:
    """One action; its route is made from it.

    Args:
        name: Unique.
        path: Its address, parameters of the path in braces.
        about: What it does, one sentence without a full stop.
        act: Does it and returns the address of the page that shows the outcome, one of ours.
        parameters: Of path and form.
        files: Names of the fields that may hold a file.
        most_bytes: Longest body of a request.
    """

    name: str
    path: str
    about: str
    act: Callable[[Work, Arguments, Files], str]
    parameters: tuple[Parameter, ...] = ()
    files: tuple[str, ...] = ()
    most_bytes: int = 16_384
