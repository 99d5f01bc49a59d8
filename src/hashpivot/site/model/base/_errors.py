"""What can be wrong with a site, its prices, or the machine it runs on."""

from __future__ import annotations

from importlib.util import find_spec

from hashpivot.core import HashpivotError, InvalidInput


class InvalidSite(InvalidInput):
    """A site's description cannot be: names the key and what it may be."""


class NotForThisSite(InvalidSite):
    """An answer is not computed for a site of this kind; other answers are."""


class InvalidPrices(InvalidInput):
    """A table of prices cannot be used: names the column or the row."""


class Unsolvable(HashpivotError):
    """No operation of the site keeps all its limits."""


def available(name: str) -> bool:
    """Whether an optional library is installed."""
    return find_spec(name) is not None
