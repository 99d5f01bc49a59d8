"""Libraries that only some work needs, brought by an extra of the package."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from ._errors import HashpivotError


class MissingLibrary(HashpivotError):
    """An optional library is not installed."""


def optional_library(name: str, needed_for: str, extra: str) -> Any:
    """Import a library that an extra of the package brings.

    Args:
        name: The module.
        needed_for: What needs it, to begin a sentence with.
        extra: The extra.

    Raises:
        MissingLibrary: If it is not installed, naming the extra.
    """
    try:
        return import_module(name)
    except ImportError:
        hint = f'run pip install "hashpivot[{extra}]"'
        package = name.split(".")[0]
        raise MissingLibrary(f"{needed_for} needs {package}, which is not installed", hint=hint) from None
