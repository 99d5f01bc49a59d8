"""What can be wrong with a site, its prices, or the machine it runs on."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from hashpivot.core import HashpivotError, InvalidInput


class InvalidSite(InvalidInput):
    """A site's description cannot be: names the key and what it may be."""


class InvalidPrices(InvalidInput):
    """A table of prices cannot be used: names the column or the row."""


class Unsolvable(HashpivotError):
    """No operation of the site keeps all its limits."""


class MissingSolver(HashpivotError):
    """An optional library is not installed."""


def optional(name: str, needed_for: str) -> Any:
    """Import a library of the extra `site`.

    Raises:
        MissingSolver: If it is not installed.
    """
    try:
        return import_module(name)
    except ImportError:
        package = name.split(".")[0]
        hint = 'run pip install "hashpivot[site]"'
        raise MissingSolver(f"{needed_for} needs {package}, which is not installed", hint=hint) from None


def available(name: str) -> bool:
    """Whether an optional library is installed."""
    return find_spec(name) is not None
